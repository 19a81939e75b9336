using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Http;

namespace IncidentHub.Catalog.Programs;

/// <summary>A promise as the API takes it.</summary>
internal sealed record PromiseBody(string? Text, string? Source, DateOnly? PromisedOn);

/// <summary>What a look at a promise found.</summary>
internal sealed record VerificationBody(bool? Holds, string? Evidence, int? ExpectedVersion);

/// <summary>The version that was read; without it nothing is checked.</summary>
internal sealed record VersionBody(int? ExpectedVersion);

internal static class ProgramApi
{
    public static void MapProgramApi(this WebApplication app)
    {
        var programs = app.MapApi("/api/v1/programs");
        programs.MapGet("/", async (HttpContext http, ProgramQueries queries, ProgramLifecycle? lifecycle, bool? mine, string? category,
            string? region, string? q, DateTimeOffset? updatedSince, string? cursor, int? limit, CancellationToken ct) =>
            (await queries.ListAsync(new ProgramFilter
            {
                Lifecycle = lifecycle,
                Mine = mine ?? false,
                Category = category,
                Region = region,
                Text = q,
                UpdatedSince = updatedSince
            }, cursor, limit, http.Actor(), ct))
                .ToHttp(page => TypedResults.Ok(page.Map(ProgramLine.Of))))
            .Produces<Page<ProgramLine>>().WithSummary("Programs, by code.");

        programs.MapGet(
            "/{code}", async (HttpContext http, ProgramQueries queries, TimeProvider clock, string code, CancellationToken ct) =>
            (await queries.FindAsync(code, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(ProgramView.Of(page, clock.GetUtcNow()))))
            .Produces<ProgramView>().WithSummary("A program with its safeguards.");

        programs.MapPost("/", async (HttpContext http, RegisterProgramHandler handler, ProgramPeople people, TimeProvider clock,
            ProgramBody body, CancellationToken ct) =>
        {
            var details = await body.ToDetailsAsync(people);
            if (details.Refusal is { } why) return why.ToHttp();
            return (await handler.HandleAsync(new RegisterProgram(Guid.Empty, body.Code ?? "", details.Value), http.Actor(), ct))
                .ToHttp(p =>
                    TypedResults.Created($"/api/v1/programs/{p.State.Code}", ProgramView.Of(new ProgramPage(p, []), clock.GetUtcNow())));
        }).Produces<ProgramView>(201).WithSummary("Registers a program, as a draft.");

        programs.MapPut("/{code}", async (HttpContext http, ChangeProgramHandler handler, ProgramQueries queries, ProgramPeople people,
            TimeProvider clock, string code, ProgramBody body, CancellationToken ct) =>
        {
            var details = await body.ToDetailsAsync(people);
            if (details.Refusal is { } why) return why.ToHttp();
            return await ChangeAsync(http, handler, queries, clock,
                new ChangeProgram(code, new EditProgram(details.Value), body.ExpectedVersion), ct);
        }).Produces<ProgramView>().WithSummary("Replaces all fields of the program; those left out become empty.");

        programs.MapPost("/{code}/launch", (HttpContext http, ChangeProgramHandler handler, ProgramQueries queries, TimeProvider clock,
            string code, VersionBody? body, CancellationToken ct) =>
            ChangeAsync(http, handler, queries, clock, new ChangeProgram(code, new LaunchProgram(), body?.ExpectedVersion), ct))
            .Produces<ProgramView>().WithSummary("Launches the program: it collects from now on, unless it is paused.");

        programs.MapPost("/{code}/safeguards", async (HttpContext http, SafeguardHandler handler, TimeProvider clock, string code,
            PromiseBody body, CancellationToken ct) =>
            (await handler.HandleAsync(new RecordPromise(code, body.Text ?? "", body.Source ?? "", body.PromisedOn), http.Actor(), ct))
                .ToHttp(s => TypedResults.Created($"/api/v1/programs/{code}", SafeguardView.Of(s, clock.GetUtcNow()))))
            .Produces<SafeguardView>(201).WithSummary("Records a safeguard.");

        programs.MapPost("/{code}/safeguards/{number:int}/verify",
            async (HttpContext http, SafeguardHandler handler, TimeProvider clock, string code, int number, VerificationBody body,
            CancellationToken ct) =>
            body.Holds is { } holds
                ? (await handler.HandleAsync(new CheckPromise(code, number, holds, body.Evidence ?? "", body.ExpectedVersion), http.Actor(),
                    ct)).ToHttp(s => TypedResults.Ok(SafeguardView.Of(s, clock.GetUtcNow())))
                : Domain.Refusal.Invalid("holds", "Enter true (verified) or false (broken).").ToHttp())
            .Produces<SafeguardView>()
                .WithSummary("Records the result of verifying a safeguard, with evidence. A verification counts for 90 days.");
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, ChangeProgramHandler handler, ProgramQueries queries,
        TimeProvider clock, ChangeProgram change, CancellationToken ct)
    {
        var changed = await handler.HandleAsync(change, http.Actor(), ct);
        if (changed.Refusal is { } why) return why.ToHttp();
        return (await queries.FindAsync(change.Code, http.Actor(), ct))
            .ToHttp(page => TypedResults.Ok(ProgramView.Of(page, clock.GetUtcNow())));
    }
}
