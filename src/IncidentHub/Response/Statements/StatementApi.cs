using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Statements;

internal sealed record StatementBody([Required] StatementAudience? Audience, [Required] string? Title, [Required] string? Body);

/// <summary>The whole text; it becomes the next version.</summary>
internal sealed record StatementTextBody([Required] string? Title, [Required] string? Body, int? ExpectedVersion);

internal sealed record PublishBody(int? ExpectedVersion);

internal sealed record WithdrawStatementBody([Required] string? Reason, int? ExpectedVersion);

/// <summary>Statements over HTTP.</summary>
internal static class StatementApi
{
    public static void MapStatementApi(this WebApplication app)
    {
        var statements = app.MapApi("/api/v1/statements");
        statements.MapGet("", ListAsync).Requires(Act.ReadIncidents)
            .WithSummary("Statements of incidents with their drafts, the newest first.");
        statements.MapGet("/{code}", GetAsync).Requires(Act.ReadIncidents).WithSummary("One statement with every version of its text.");
        statements.MapPut("/{code}", ReviseAsync).Requires(Act.DraftStatement)
            .WithSummary("Saves a new version. What is published stays published until the new version is.");
        statements.MapPost("/{code}/publish", PublishAsync).Requires(Act.PublishStatement)
            .WithSummary("Approves and publishes the last version, by a person other than its writer.");
        statements.MapPost("/{code}/withdraw", WithdrawAsync).Requires(Act.PublishStatement)
            .WithSummary("Takes back what is published. Every version stays on record.");
        statements.MapGet("/{code}/texts", ListTextsAsync).ListsTexts("in every version of the statement");
        statements.MapPost("/{code}/redact", RedactAsync).Redacts("every version of the statement");
        var ofIncident = app.MapApi("/api/v1/incidents");
        ofIncident.MapGet("/{code}/collection", SuggestAsync).Requires(Act.DraftStatement)
            .WithSummary("A text to begin with: what is collected, what was exposed and whom to ask, from the record. Not published.");
        ofIncident.MapPost("/{code}/statements", DraftAsync).Requires(Act.DraftStatement)
            .WithSummary("Writes a statement of an incident, as a draft.");
    }

    private static async Task<Results<Ok<Page<StatementView>>, Refused>> ListAsync(
        HttpContext http, StatementQueries queries, string? incident, StatementStatus? status, string? cursor, int? limit,
        CancellationToken ct) =>
        (await queries.ListAsync(new() { Incident = incident, Status = status }, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<StatementView>, Refused>> GetAsync(
        string code, HttpContext http, StatementQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<StatementView>, Refused>> DraftAsync(
        string code, StatementBody body, HttpContext http, StatementCommands commands, StatementQueries queries, CancellationToken ct)
    {
        if (body.Audience is not { } audience) return new Refused(Refusal.Invalid("audience", "Employees, Collection or External."));
        var drafted = await commands.DraftAsync(code, new(audience, body.Title, body.Body), http.Actor(), ct);
        if (drafted.Refusal is { } refused) return new Refused(refused);
        return (await queries.FindAsync(drafted.Value, http.Actor(), ct)).ToCreated(s => $"/api/v1/statements/{s.Code}", s => s);
    }

    private static async Task<Results<Ok<SuggestedStatement>, Refused>> SuggestAsync(
        string code, HttpContext http, CollectionDrafts drafts, CancellationToken ct) =>
        (await drafts.OfAsync(code, http.Actor(), ct)).ToOk();

    private static Task<Results<Ok<StatementView>, Refused>> ReviseAsync(
        string code, StatementTextBody body, HttpContext http, StatementCommands commands, CancellationToken ct) =>
        RunAsync(code, new ReviseStatement(body.Title!, body.Body!), body.ExpectedVersion, http, commands, ct);

    private static async Task<Results<Ok<StatementView>, Refused>> PublishAsync(
        string code, PublishBody body, HttpContext http, StatementCommands commands, CancellationToken ct) =>
        (await commands.PublishAsync(code, http.Expected(body.ExpectedVersion), http.Actor(), ct)).ToOk(View);

    private static Task<Results<Ok<StatementView>, Refused>> WithdrawAsync(
        string code, WithdrawStatementBody body, HttpContext http, StatementCommands commands, CancellationToken ct) =>
        RunAsync(code, new WithdrawStatement(body.Reason!), body.ExpectedVersion, http, commands, ct);

    private static async Task<Results<Ok<StatementView>, Refused>> RunAsync(
        string code, StatementCommand command, int? expectedVersion, HttpContext http, StatementCommands commands, CancellationToken ct) =>
        (await commands.RunAsync(code, command, http.Expected(expectedVersion), http.Actor(), ct)).ToOk(View);

    private static StatementView View(StatementRecord record) => StatementView.Of(record.Row, record.State);

    private static Task<Results<Ok<RedactionPreview>, Refused>> ListTextsAsync(
        string code, string? q, HttpContext http, StatementRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.ListAsync(place, code, q, http, redactions, ct);

    private static Task<Results<Ok<RedactedView>, Refused>> RedactAsync(
        string code, RedactTextsBody body, HttpContext http, StatementRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.RunAsync(place, code, body, http, redactions, ct);
}
