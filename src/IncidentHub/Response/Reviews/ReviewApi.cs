using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Reviews;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Reviews;

/// <summary>The whole review.</summary>
/// <param name="Causes">Ids of causes of the list.</param>
internal sealed record ReviewBody([Required] IReadOnlyList<Guid>? Causes, string? Factors, string? WentWell, string? Lessons,
    int? ExpectedVersion);

internal sealed record CompleteReviewBody(int? ExpectedVersion);

internal sealed record ReopenReviewBody([Required] string? Reason, int? ExpectedVersion);

internal sealed record CauseBody([Required] string? Name, string? Description);

/// <param name="Retired">Whether it is not offered any more. Reviews that named it keep it.</param>
internal sealed record ChangeCauseBody(string? Name, string? Description, bool? Retired, int? ExpectedVersion);

/// <summary>Reviews and causes over HTTP.</summary>
internal static class ReviewApi
{
    public static void MapReviewApi(this WebApplication app)
    {
        app.MapApi("/api/v1/reviews").MapGet("", ListAsync).Requires(Act.ReadIncidents)
            .WithSummary("Reviews of closed incidents: those due, those late, or those completed.");
        var review = app.MapApi("/api/v1/incidents/{code}/reviews");
        review.MapGet("", GetAsync).Requires(Act.ReadIncidents).WithSummary("The review of an incident; empty where nothing was written.");
        review.MapPut("", SaveAsync).Requires(Act.WriteReview).WithSummary("Saves the review, which may be incomplete.");
        review.MapPost("/complete", CompleteAsync).Requires(Act.WriteReview)
            .WithSummary("Completes the review of a closed incident: it names a cause and what is learned.");
        review.MapPost("/reopen", ReopenAsync).Requires(Act.WriteReview).WithSummary("Reopens a completed review, with a reason.");
        var causes = app.MapApi("/api/v1/causes");
        causes.MapGet("", CausesAsync).Requires(Act.ReadIncidents)
            .WithSummary("The causes that reviews name, with the number of incidents in the last twelve months.");
        causes.MapGet("/{id:guid}", CauseAsync).Requires(Act.ReadIncidents).WithSummary("One cause.");
        causes.MapPost("", AddAsync).Requires(Act.EditCauses).WithSummary("Adds a cause.");
        causes.MapPatch("/{id:guid}", ChangeAsync).Requires(Act.EditCauses).WithSummary("Changes a cause, retires it, or offers it again.");
    }

    private static async Task<Results<Ok<Page<ReviewLine>>, Refused>> ListAsync(
        HttpContext http, ReviewQueries queries, ReviewFilter? show, string? cursor, int? limit, CancellationToken ct) =>
        (await queries.ListAsync(show ?? ReviewFilter.Due, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<ReviewView>, Refused>> GetAsync(
        string code, HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk();

    private static Task<Results<Ok<ReviewView>, Refused>> SaveAsync(
        string code, ReviewBody body, HttpContext http, ReviewCommands commands, ReviewQueries queries, CancellationToken ct) =>
        body.Causes is not { } causes
            ? Task.FromResult<Results<Ok<ReviewView>, Refused>>(
                new Refused(Refusal.Invalid("causes", "Give the causes; an empty list for none.")))
            : AnswerAsync(code, http, queries, commands.RunAsync(code, new SaveReview(causes, body.Factors, body.WentWell, body.Lessons),
                http.Expected(body.ExpectedVersion), http.Actor(), ct));

    private static Task<Results<Ok<ReviewView>, Refused>> CompleteAsync(
        string code, CompleteReviewBody body, HttpContext http, ReviewCommands commands, ReviewQueries queries, CancellationToken ct) =>
        AnswerAsync(code, http, queries, commands.CompleteAsync(code, http.Expected(body.ExpectedVersion), http.Actor(), ct));

    private static Task<Results<Ok<ReviewView>, Refused>> ReopenAsync(
        string code, ReopenReviewBody body, HttpContext http, ReviewCommands commands, ReviewQueries queries, CancellationToken ct) =>
        AnswerAsync(code, http, queries,
            commands.RunAsync(code, new ReopenReview(body.Reason), http.Expected(body.ExpectedVersion), http.Actor(), ct));

    private static async Task<Results<Ok<ReviewView>, Refused>> AnswerAsync(
        string code, HttpContext http, ReviewQueries queries, Task<Result<ReviewRecord>> running) =>
        (await running).Refusal is { } refused ? new Refused(refused)
            : (await queries.FindAsync(code, http.Actor(), http.RequestAborted)).ToOk();

    private static async Task<Results<Ok<Page<CauseView>>, Refused>> CausesAsync(
        HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.CausesAsync(http.Actor(), ct)).ToOk(Page<CauseView>.All);

    private static async Task<Results<Ok<CauseView>, Refused>> CauseAsync(
        Guid id, HttpContext http, ReviewQueries queries, CancellationToken ct) => (await queries.CauseAsync(id, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<CauseView>, Refused>> AddAsync(
        CauseBody body, HttpContext http, CauseCommands commands, CancellationToken ct) =>
        (await commands.AddAsync(body.Name, body.Description, http.Actor(), ct)).ToCreated(c => $"/api/v1/causes/{c.Id}", View);

    private static async Task<Results<Ok<CauseView>, Refused>> ChangeAsync(
        Guid id, ChangeCauseBody body, HttpContext http, CauseCommands commands, CancellationToken ct) =>
        (await commands.RunAsync(
            id, new ChangeCause(body.Name, body.Description, body.Retired), http.Expected(body.ExpectedVersion), http.Actor(), ct))
            .ToOk(c => View(c.State));

    private static CauseView View(CauseState c) => new(c.Id, c.Name, c.Description, c.IsRetired, 0, c.Version);
}
