using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Statements;

internal sealed record QuestionBody([Required] string? Text);

/// <param name="Text">What somebody is about to flag.</param>
internal sealed record SimilarBody([Required] string? Text);

internal sealed record SimilarNotices(IReadOnlyList<NoticeLine> Items);

internal sealed record AnswerBody([Required] string? Answer, int? ExpectedVersion);

/// <summary>The employee pages of incidents over HTTP.</summary>
internal static class NoticeApi
{
    public static void MapNoticeApi(this WebApplication app)
    {
        var notices = app.MapApi("/api/v1/notices");
        notices.MapGet("", ListAsync).Requires(Act.ReadNotices)
            .WithSummary("Incidents about which something was published for employees, the last published first.");
        // In the body, not in the URL: what somebody types before a flag, perhaps without a name, stands in no log.
        notices.MapPost("/similar", SimilarAsync).Requires(Act.ReadNotices).WithMetadata(new ReadsOnly())
            .WithSummary("Up to three incidents about which something like this text was published for employees. The text is not stored.");
        notices.MapGet("/{code}", GetAsync).Requires(Act.ReadNotices)
            .WithSummary("What was published for employees about an incident: statements, status, answered questions.");
        notices.MapPost("/{code}/questions", AskAsync).Requires(Act.AskQuestion)
            .WithSummary("Asks a question. It is shown once it is answered.");
        notices.MapPost("/{code}/questions/{id:guid}/answer", AnswerAsync).Requires(Act.AnswerQuestion)
            .WithSummary("Answers a question for everybody who may read the page, or corrects the answer.");
    }

    private static async Task<Results<Ok<Page<NoticeLine>>, Refused>> ListAsync(
        HttpContext http, NoticeQueries queries, string? cursor, int? limit, CancellationToken ct) =>
        (await queries.ListAsync(cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<SimilarNotices>, Refused>> SimilarAsync(
        SimilarBody body, HttpContext http, NoticeQueries queries, CancellationToken ct) =>
        (await queries.SimilarAsync(body.Text ?? "", http.Actor(), ct)).ToOk(found => new SimilarNotices(found));

    private static async Task<Results<Ok<NoticeView>, Refused>> GetAsync(
        string code, HttpContext http, NoticeQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<QuestionView>, Refused>> AskAsync(
        string code, QuestionBody body, HttpContext http, QuestionCommands commands, CancellationToken ct) =>
        (await commands.AskAsync(code, body.Text, http.Actor(), ct)).ToCreated(View);

    private static async Task<Results<Ok<QuestionView>, Refused>> AnswerAsync(
        string code, Guid id, AnswerBody body, HttpContext http, QuestionCommands commands, CancellationToken ct) =>
        (await commands.RunAsync(new(code, id), new AnswerQuestion(body.Answer!), http.Expected(body.ExpectedVersion), http.Actor(), ct))
            .ToOk(q => View(q.State));

    private static QuestionView View(QuestionState q) =>
        new(q.Id, q.Text, q.AskedBy, q.AskedAt, q.Answer?.Text, q.Answer?.By, q.Answer?.At, q.Version);
}
