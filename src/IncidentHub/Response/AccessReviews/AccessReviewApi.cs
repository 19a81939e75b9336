using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.AccessReviews;

/// <summary>Access reviews over HTTP.</summary>
internal static class AccessReviewApi
{
    public static void MapAccessReviewApi(this WebApplication app)
    {
        var ofIncident = app.MapApi("/api/v1/incidents");
        ofIncident.MapGet("/{code}/access-reviews", ListAsync).Requires(Act.ReadIncidents)
            .WithSummary("The access reviews of an incident that the caller may see, the newest first.");
        ofIncident.MapPost("/{code}/access-reviews", LoadAsync).Requires(Act.LoadAccessReview)
            .WithSummary("Loads an access log, which is kept as evidence, and sets it against the promised audience of a dataset.");
        ofIncident.MapPost("/{code}/access-reviews/preview", PreviewAsync).Requires(Act.LoadAccessReview).WithMetadata(new ReadsOnly())
            .WithSummary("The first rows of a log, as a mapping reads them.");
        var reviews = app.MapApi("/api/v1/access-reviews");
        reviews.MapGet("/{code}", GetAsync).Requires(Act.ReadIncidents)
            .WithSummary("One access review: progress, result, conclusion. For who loaded it, people named on it, privacy and counsel.");
        reviews.MapGet("/{code}/accounts", AccountsAsync).Requires(Act.ReadIncidents)
            .WithSummary("The accounts outside of the promised audience, people or service accounts.");
        reviews.MapGet("/{code}/accounts/{number:int}/accesses", AccessesAsync).Requires(Act.ReadIncidents)
            .WithSummary("Every access of one of these accounts, in the order of the log.");
        reviews.MapPost("/{code}/cancel", CancelAsync).Requires(Act.LoadAccessReview).WithSummary("Stops reading the log.");
        reviews.MapPost("/{code}/resume", ResumeAsync).Requires(Act.LoadAccessReview)
            .WithSummary("Goes on reading the log where it was stopped.");
        reviews.MapPost("/{code}/sign-off", SignOffAsync).Requires(Act.SignOffAccessReview).WithSummary(
            "Signs a conclusion off: privacy, and not who loaded the log. It becomes the exposure's evidence of access.");
    }

    private static async Task<Results<Ok<Page<ReviewView>>, Refused>> ListAsync(
        string code, string? cursor, int? limit, HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.ListAsync(code, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<ReviewView>, Refused>> LoadAsync(
        string code, LoadReviewBody body, HttpContext http, ReviewCommands commands, CancellationToken ct) =>
        (await commands.LoadAsync(code, body, http.Actor(), ct))
            .ToCreated(r => $"/api/v1/access-reviews/{r.Code}", r => ReviewView.Of(r, []));

    private static async Task<Results<Ok<LogPreview>, Refused>> PreviewAsync(
        string code, PreviewBody body, HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.PreviewAsync(code, body, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<ReviewView>, Refused>> GetAsync(
        string code, HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<Page<OutsideAccount>>, Refused>> AccountsAsync(
        string code, bool? services, string? cursor, int? limit, HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.AccountsAsync(code, services, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<Page<AccessView>>, Refused>> AccessesAsync(
        string code, int number, string? cursor, int? limit, HttpContext http, ReviewQueries queries, CancellationToken ct) =>
        (await queries.AccessesAsync(code, number, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<ReviewView>, Refused>> CancelAsync(
        string code, VersionBody? body, HttpContext http, ReviewCommands commands, CancellationToken ct) =>
        (await commands.CancelAsync(code, http.Expected(body?.ExpectedVersion), http.Actor(), ct)).ToOk(r => ReviewView.Of(r, []));

    private static async Task<Results<Ok<ReviewView>, Refused>> ResumeAsync(
        string code, VersionBody? body, HttpContext http, ReviewCommands commands, CancellationToken ct) =>
        (await commands.ResumeAsync(code, http.Expected(body?.ExpectedVersion), http.Actor(), ct)).ToOk(r => ReviewView.Of(r, []));

    private static async Task<Results<Ok<ReviewView>, Refused>> SignOffAsync(
        string code, SignOffBody body, HttpContext http, ReviewCommands commands, CancellationToken ct) =>
        body.Conclusion is { } conclusion
            ? (await commands.SignOffAsync(code, conclusion, body.Note ?? "", http.Expected(body.ExpectedVersion), http.Actor(), ct))
                .ToOk(r => ReviewView.Of(r, []))
            : new Refused(Refusal.Invalid("conclusion", Codes.Allowed(typeof(Domain.AccessReviews.ReviewConclusion))));
}
