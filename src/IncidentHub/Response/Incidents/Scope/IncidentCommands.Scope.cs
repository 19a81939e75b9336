using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

internal sealed partial class IncidentCommands
{
    /// <summary>Links a program, by its code, and records the safeguards that the incident shows to be broken.</summary>
    public async Task<Result<IncidentRecord>> LinkProgramAsync(string code, ProgramLinkBody stated, int? expectedVersion, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<IncidentRecord>(
            async tx =>
            {
                var opened = await OpenAsync(tx, code, Act.ChangeIncident, expectedVersion, actor);
                if (!opened.IsOk) return opened;
                var link = await LinkAsync(tx, stated, "");
                if (link.Refusal is { } refused) return refused;
                var (involvement, broken) = link.Value;
                // In the order of locks: safeguards before the incident and the switch. A refusal of the link undoes it.
                var incident = opened.Value.State;
                await safeguards.BreakAsync(tx, involvement.ProgramId, broken, incident.Id, incident.Code, actor);
                return await ApplyAsync(tx, opened.Value, new IncidentCommand.AddInvolvement(involvement), actor);
            },
            WriteLane.Pause, ct);
    }

    /// <summary>Changes how a program is involved.</summary>
    public Task<Result<IncidentRecord>> ChangeProgramAsync(string code, string program, Involvement kind, string reason,
        int? expectedVersion, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, program, p => new IncidentCommand.ChangeInvolvement(p.Id, kind, reason), expectedVersion, actor, ct);

    /// <summary>Withdraws the link to a program; the link is kept with the reason.</summary>
    public Task<Result<IncidentRecord>> WithdrawProgramAsync(string code, string program, string reason, int? expectedVersion,
        Actor actor, CancellationToken ct = default) =>
        RunAsync(code, program, p => new IncidentCommand.WithdrawInvolvement(p.Id, reason), expectedVersion, actor, ct);

    /// <summary>Records that a dataset was exposed.</summary>
    public Task<Result<IncidentRecord>> AddExposureAsync(string code, ExposureBody stated, Actor actor, CancellationToken ct = default) =>
        RunAsync(
            code,
            async (tx, _) => await exposures.ReadAsync(tx, stated) is var read && read.IsOk
                ? new IncidentCommand.AddExposure(read.Value) : read.Refusal!,
            // A new exposure stops staged resumes.
            stated.ExpectedVersion, actor, WriteLane.Pause, ct);

    /// <summary>Replaces the facts of an exposure: omitted values become unknown.</summary>
    public Task<Result<IncidentRecord>> ChangeExposureAsync(string code, Guid exposureId, ExposureBody stated, Actor actor,
        CancellationToken ct = default) => RunAsync(
        code, (_, incident) => Task.FromResult(ChangeOf(incident, exposureId, stated)), stated.ExpectedVersion, actor,
        WriteLane.Normal, ct);

    /// <summary>The program, or the refusal at <paramref name="field"/>.</summary>
    internal static async Task<Result<ProgramFacts>> FindProgramAsync(ISql sql, ProgramReader programs, string code, string field) =>
        await programs.FindByCodeAsync(sql, code ?? "") is { } program
            ? program
            : Refusal.Invalid(field, string.IsNullOrWhiteSpace(code) ? "Choose a program." : "There is no program with this code.");

    private static Result<IncidentCommand> ChangeOf(IncidentState incident, Guid exposureId, ExposureBody stated)
    {
        if (ExposureReading.Check(stated) is { } unreadable) return unreadable;
        if (incident.Exposures.FirstOrDefault(e => e.Id == exposureId && e.IsActive) is not { } known)
            return Refusal.NotFound("The exposure");
        var blank = new Exposure
        {
            Id = known.Id,
            DatasetId = known.DatasetId,
            DatasetName = known.DatasetName,
            Evidence = known.Evidence,
        };
        return new IncidentCommand.ChangeExposure(ExposureReading.Fill(stated, blank));
    }

    private Task<Result<IncidentRecord>> RunAsync(string code, string program, Func<ProgramFacts, IncidentCommand> command,
        int? expectedVersion, Actor actor, CancellationToken ct) => RunAsync(
        code,
        async (tx, _) => await FindProgramAsync(tx, programs, program, "program") is var found && found.IsOk
            ? command(found.Value) : found.Refusal!,
        expectedVersion, actor, WriteLane.Pause, ct);
}
