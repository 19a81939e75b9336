using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Catalog.Programs;

/// <summary>Programs and their safeguards over HTTP.</summary>
internal static class ProgramApi
{
    public static void MapProgramApi(this WebApplication app)
    {
        var programs = app.MapApi("/api/v1/programs");
        programs.MapGet("/", ListAsync).Requires(Act.ReadPrograms).WithSummary("Programs, by code.");
        programs.MapGet("/{code}", GetAsync).Requires(Act.ReadPrograms).WithSummary("A program with its safeguards.");
        programs.MapPost("/", RegisterAsync).Requires(Act.RegisterProgram).WithSummary("Registers a program, as a draft.");
        programs.MapPut("/{code}", EditAsync).Requires(Act.EditProgram)
            .WithSummary("Replaces all fields of the program; those left out become empty.");
        programs.MapPost("/{code}/launch", LaunchAsync).Requires(Act.EditProgram)
            .WithSummary("Launches the program: it collects from now on, unless it is paused.");
        programs.MapPost("/{code}/safeguards", AddSafeguardAsync).Requires(Act.EditProgram).WithSummary("Records a safeguard.");
        programs.MapPost("/{code}/safeguards/{number:int}/verify", VerifySafeguardAsync).Requires(Act.VerifySafeguard)
            .WithSummary("Records the result of verifying a safeguard, with evidence. It counts for the period of the safeguard.");
        programs.MapPut("/{code}/safeguards/{number:int}/period", SetPeriodAsync).Requires(Act.EditProgram)
            .WithSummary("Sets for how many days a verification of the safeguard counts.");
    }

    private static async Task<Results<Ok<Page<ProgramLine>>, Refused>> ListAsync(
        HttpContext http, ProgramQueries queries, ProgramLifecycle? lifecycle, bool? mine, string? category, string? region, string? q,
        DateTimeOffset? updatedSince, string? cursor, int? limit, CancellationToken ct)
    {
        var filter = new ProgramFilter
        {
            Lifecycle = lifecycle,
            Mine = mine ?? false,
            Category = category,
            Region = region,
            Text = q,
            UpdatedSince = updatedSince,
        };
        return (await queries.ListAsync(filter, cursor, limit, http.Actor(), ct)).ToOk(page => page.Map(ProgramLine.Of));
    }

    private static async Task<Results<Ok<ProgramView>, Refused>> GetAsync(
        string code, HttpContext http, ProgramQueries queries, TimeProvider clock, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk(page => ProgramView.Of(page, clock.GetUtcNow()));

    private static async Task<Results<Created<ProgramView>, Refused>> RegisterAsync(
        ProgramBody body, HttpContext http, ProgramCommands commands, ProgramPeople people, TimeProvider clock, CancellationToken ct)
    {
        var details = await body.ToDetailsAsync(people);
        if (details.Refusal is { } why) return new Refused(AccessTable.Deny(http.Actor(), Act.RegisterProgram) ?? why);
        var made = await commands.RegisterAsync(new RegisterProgram(Guid.Empty, body.Code ?? "", details.Value), http.Actor(), ct);
        return made.ToCreated(
            p => $"/api/v1/programs/{p.State.Code}", p => ProgramView.Of(new ProgramPage(p, []), clock.GetUtcNow()));
    }

    private static async Task<Results<Ok<ProgramView>, Refused>> EditAsync(
        string code, EditedProgramBody body, HttpContext http, ProgramCommands commands, ProgramQueries queries, ProgramPeople people,
        TimeProvider clock, CancellationToken ct)
    {
        if (body.Code is not null && Codes.Upper(body.Code) != Codes.Upper(code))
            return new Refused(Refusal.Invalid("code", "The code of a program never changes. Leave it out."));
        var details = await body.ToDetailsAsync(people);
        if (details.Refusal is { } why) return new Refused(await commands.RefuseAsync(code, Act.EditProgram, why, http.Actor(), ct));
        var edited = await commands.RunAsync(code, new EditProgram(details.Value), http.Expected(body.ExpectedVersion), http.Actor(), ct);
        return edited.IsOk ? await GetAsync(code, http, queries, clock, ct) : new Refused(edited.Refusal!);
    }

    private static async Task<Results<Ok<ProgramView>, Refused>> LaunchAsync(
        string code, VersionBody? body, HttpContext http, ProgramCommands commands, ProgramQueries queries, TimeProvider clock,
        CancellationToken ct)
    {
        var launched = await commands.RunAsync(code, new LaunchProgram(), http.Expected(body?.ExpectedVersion), http.Actor(), ct);
        return launched.IsOk ? await GetAsync(code, http, queries, clock, ct) : new Refused(launched.Refusal!);
    }

    private static async Task<Results<Created<SafeguardView>, Refused>> AddSafeguardAsync(
        string code, SafeguardBody body, HttpContext http, SafeguardCommands commands, TimeProvider clock, CancellationToken ct)
    {
        var command = new AddSafeguard(Guid.Empty, Guid.Empty, body.Text ?? "", body.Source ?? "", body.CommittedOn, body.VerifyEveryDays);
        return (await commands.AddAsync(code, command, http.Actor(), ct))
            .ToCreated(s => SafeguardView.Of(s.Safeguard, clock.GetUtcNow()));
    }

    private static async Task<Results<Ok<SafeguardView>, Refused>> SetPeriodAsync(
        string code, int number, PeriodBody body, HttpContext http, SafeguardCommands commands, TimeProvider clock, CancellationToken ct) =>
        (await commands.RunAsync(new(code, number), new SetVerificationPeriod(body.VerifyEveryDays ?? 0),
            http.Expected(body.ExpectedVersion), http.Actor(), ct)).ToOk(s => SafeguardView.Of(s.Safeguard, clock.GetUtcNow()));

    private static async Task<Results<Ok<SafeguardView>, Refused>> VerifySafeguardAsync(
        string code, int number, VerificationBody body, HttpContext http, SafeguardCommands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (body.Holds is not { } holds) return new Refused(Refusal.Invalid("holds", "Enter true (verified) or false (broken)."));
        var actor = http.Actor();
        var command = new VerifySafeguard(holds, body.Evidence ?? "", actor.Id);
        return (await commands.RunAsync(new(code, number), command, http.Expected(body.ExpectedVersion), actor, ct))
            .ToOk(s => SafeguardView.Of(s.Safeguard, clock.GetUtcNow()));
    }
}
