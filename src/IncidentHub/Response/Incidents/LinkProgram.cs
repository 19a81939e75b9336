using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Links a program; the pause policy runs again.</summary>
internal sealed record LinkProgram(string Code, string Program, Involvement Kind, string? Note, int? ExpectedVersion);

internal sealed record ChangeProgramLink(string Code, string Program, Involvement Kind, string Reason, int? ExpectedVersion);

/// <summary>Takes a link back; it stays on record with the reason.</summary>
internal sealed record WithdrawProgramLink(string Code, string Program, string Reason, int? ExpectedVersion);

internal sealed class LinkProgramHandler(IncidentWork work, ProgramReader programs)
{
    public Task<Result<IncidentChanged>> HandleAsync(LinkProgram c, Actor actor, CancellationToken ct = default) =>
        WithProgramAsync(c.Code, c.ExpectedVersion, c.Program, actor, p =>
            new IncidentCommand.AddInvolvement(
                new() { ProgramId = p.Id, ProgramCode = p.Code, Kind = c.Kind, Note = c.Note?.Trim() ?? "" }), ct);

    public Task<Result<IncidentChanged>> HandleAsync(ChangeProgramLink c, Actor actor, CancellationToken ct = default) =>
        WithProgramAsync(c.Code, c.ExpectedVersion, c.Program, actor, p =>
            new IncidentCommand.ChangeInvolvement(p.Id, c.Kind, c.Reason), ct);

    public Task<Result<IncidentChanged>> HandleAsync(WithdrawProgramLink c, Actor actor, CancellationToken ct = default) =>
        WithProgramAsync(c.Code, c.ExpectedVersion, c.Program, actor, p => new IncidentCommand.WithdrawInvolvement(p.Id, c.Reason), ct);

    /// <summary>The program, or the refusal at <paramref name="field"/>.</summary>
    internal static async Task<Result<ProgramFacts>> FindAsync(ISql sql, ProgramReader programs, string code, string field) =>
        await programs.FindByCodeAsync(sql, (code ?? "").Trim().ToUpperInvariant()) is { } program
            ? program
            : Refusal.Invalid(field, string.IsNullOrWhiteSpace(code) ? "Choose a program." : "There is no program with this code.");

    private Task<Result<IncidentChanged>> WithProgramAsync(
        string code, int? version, string program, Actor actor, Func<ProgramFacts, IncidentCommand> command, CancellationToken ct) =>
        work.ChangeAsync(
        code, version, Act.ChangeIncident, actor,
        async (tx, _) => await FindAsync(tx, programs, program, "program") is var found && found.IsOk
            ? command(found.Value) : found.Refusal!,
        ct,
        WriteLane.Pause);
}
