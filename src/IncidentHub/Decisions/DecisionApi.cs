using System.ComponentModel.DataAnnotations;
using System.Text;
using IncidentHub.Decisions.Record;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Decisions;

/// <summary>The evidence that the criterion is met.</summary>
internal sealed record EvidenceBody([Required] string? Evidence, int? ExpectedVersion);

internal sealed record DecisionReasonBody([Required] string? Reason, int? ExpectedVersion);

/// <param name="Owner">The account of the person responsible.</param>
internal sealed record ConditionBody([Required] string? What, [Required] string? Owner, [Required] DateTimeOffset? DueAt);

/// <param name="Share">Percentage of the collectors that resume; increasing, below 100.</param>
/// <param name="SoakSeconds">Time until the next stage, in seconds. After the last stage all collectors resume.</param>
internal sealed record StageBody([Required] int? Share, [Required] long? SoakSeconds);

/// <param name="Until">Only with StayPausedUntil.</param>
/// <param name="Conditions">Only with ResumeWithConditions.</param>
/// <param name="Stages">Only for a resume; if omitted, all collectors resume at once.</param>
internal sealed record ProposalBody([Required] DecisionOutcome? Outcome, [Required] string? Rationale, DateTimeOffset? Until,
    IReadOnlyList<ConditionBody?>? Conditions, int? ExpectedVersion, IReadOnlyList<StageBody?>? Stages = null);

/// <param name="As">The capacity; required only if the actor has several.</param>
/// <param name="Digest">Digest of what was read; the approval is refused if it has changed since.</param>
internal sealed record ApprovalBody(Approver? As, string? Digest, string? Comment, int? ExpectedVersion);

/// <summary>Decisions over HTTP.</summary>
internal static class DecisionApi
{
    public static void MapDecisionApi(this WebApplication app)
    {
        var decisions = app.MapApi("/api/v1/decisions");
        decisions.MapGet("", ListAsync).Requires(Act.ReadDecisions).WithSummary("Decisions, the newest first: open, awaiting you, closed.");
        decisions.MapGet("/{code}", GetAsync).Requires(Act.ReadDecisions)
            .WithSummary("A decision with its criteria, recommendation, approvals and history. A decided one is its record.");
        decisions.MapGet("/{code}/record", RecordAsync).Requires(Act.ReadDecisions).Produces<string>(200, SignedRecord.MediaType)
            .WithSummary("The signed record of a decision that was made: verified by the command decision verify.");
        decisions.MapGet("/{code}/texts", ListTextsAsync).ListsTexts("in the decision and its opinions, with the documents of these");
        decisions.MapPost("/{code}/redact", RedactAsync)
            .Redacts("the texts of the decision; its outcome, its approvals and its recorded digest stay");
        decisions.MapPost("/{code}/criteria/{kind}/meet", MeetAsync).Requires(Act.EditCriteria)
            .WithSummary("Marks a criterion as met, with evidence.");
        decisions.MapPost("/{code}/criteria/{kind}/waive", WaiveAsync).Requires(Act.EditCriteria)
            .WithSummary("Waives a criterion, with a reason that the approvers see.");
        decisions.MapPost("/{code}/criteria/{kind}/reopen", ReopenAsync).Requires(Act.EditCriteria)
            .WithSummary("Reopens a criterion, with a reason.");
        decisions.MapPost("/{code}/placed-in-error", ClaimErrorAsync).Requires(Act.EditCriteria)
            .WithSummary("Claims that the pause was placed in error: the short checklist applies, the required approvals stay.");
        decisions.MapPost("/{code}/not-placed-in-error", DropErrorClaimAsync).Requires(Act.EditCriteria)
            .WithSummary("Withdraws the claim of error: the full checklist applies again.");
        decisions.MapPost("/{code}/propose", ProposeAsync).Requires(Act.ProposeDecision)
            .WithSummary("Recommends an outcome. It replaces a standing recommendation, whose approvals become void.");
        decisions.MapPost("/{code}/withdraw", WithdrawAsync).Requires(Act.ProposeDecision)
            .WithSummary("Withdraws the recommendation, by its proposer.");
        decisions.MapPost("/{code}/approve", ApproveAsync).Requires(Act.ApproveDecision)
            .WithSummary("Approves the recommendation. The last approval takes effect at once.");
        decisions.MapPost("/{code}/reject", RejectAsync).Requires(Act.ApproveDecision)
            .WithSummary("Rejects the recommendation. One rejection is enough.");
    }

    private static async Task<Results<Ok<Page<DecisionLine>>, Refused>> ListAsync(
        HttpContext http, DecisionQueries queries, DecisionFilter? shelf, string? program, string? cursor, int? limit,
        CancellationToken ct) =>
        (await queries.ListAsync(shelf ?? DecisionFilter.All, program, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<DecisionView>, Refused>> GetAsync(
        string code, HttpContext http, DecisionQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk(d => d.View);

    private static async Task<IResult> RecordAsync(string code, HttpContext http, RecordExport export, CancellationToken ct)
    {
        var made = await export.MakeAsync(code, http.Actor(), ct);
        if (made.Refusal is { } refused) return new Refused(refused);
        return TypedResults.File(Encoding.UTF8.GetBytes(made.Value), SignedRecord.MediaType, $"decision-{Codes.Upper(code)}.jsonl");
    }

    private static Task<Results<Ok<DecisionView>, Refused>> MeetAsync(
        string code, string kind, EvidenceBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        CriterionAsync(http, commands, queries, code, kind, k => new MeetCriterion(k, body.Evidence!, [], []), body.ExpectedVersion);

    private static Task<Results<Ok<DecisionView>, Refused>> WaiveAsync(
        string code, string kind, DecisionReasonBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        CriterionAsync(http, commands, queries, code, kind, k => new WaiveCriterion(k, body.Reason!, []), body.ExpectedVersion);

    private static Task<Results<Ok<DecisionView>, Refused>> ReopenAsync(
        string code, string kind, DecisionReasonBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        CriterionAsync(http, commands, queries, code, kind, k => new ReopenCriterion(k, body.Reason!), body.ExpectedVersion);

    private static Task<Results<Ok<DecisionView>, Refused>> ClaimErrorAsync(
        string code, DecisionReasonBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        RunAsync(http, commands, queries, code, new ClaimPlacedInError(body.Reason!), body.ExpectedVersion);

    private static Task<Results<Ok<DecisionView>, Refused>> DropErrorClaimAsync(
        string code, DecisionReasonBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        RunAsync(http, commands, queries, code, new WithdrawErrorClaim(body.Reason!), body.ExpectedVersion);

    private static async Task<Results<Ok<DecisionView>, Refused>> ProposeAsync(
        string code, ProposalBody body, HttpContext http, ProposalReader proposals, DecisionCommands commands, DecisionQueries queries)
    {
        var command = await proposals.ReadAsync(body, http.RequestAborted);
        return command.IsOk
            ? await RunAsync(http, commands, queries, code, command.Value, body.ExpectedVersion)
            : new Refused(await commands.RefuseAsync(code, Act.ProposeDecision, command.Refusal!, http.Actor(), http.RequestAborted));
    }

    private static Task<Results<Ok<DecisionView>, Refused>> WithdrawAsync(
        string code, DecisionReasonBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        RunAsync(http, commands, queries, code, new WithdrawRecommendation(body.Reason!), body.ExpectedVersion);

    private static Task<Results<Ok<DecisionView>, Refused>> ApproveAsync(
        string code, ApprovalBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        RunAsync(http, commands, queries, code, new ApproveRecommendation(body.As, body.Digest, body.Comment), body.ExpectedVersion);

    private static Task<Results<Ok<DecisionView>, Refused>> RejectAsync(
        string code, DecisionReasonBody body, HttpContext http, DecisionCommands commands, DecisionQueries queries) =>
        RunAsync(http, commands, queries, code, new RejectRecommendation(body.Reason!), body.ExpectedVersion);

    private static Task<Results<Ok<RedactionPreview>, Refused>> ListTextsAsync(
        string code, string? q, HttpContext http, DecisionRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.ListAsync(place, code, q, http, redactions, ct);

    private static Task<Results<Ok<RedactedView>, Refused>> RedactAsync(
        string code, RedactTextsBody body, HttpContext http, DecisionRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.RunAsync(place, code, body, http, redactions, ct);

    private static async Task<Results<Ok<DecisionView>, Refused>> CriterionAsync(
        HttpContext http, DecisionCommands commands, DecisionQueries queries, string code, string kind,
        Func<CriterionKind, DecisionCommand> command, int? version) =>
        Codes.TryRead<CriterionKind>(kind, out var known)
            ? await RunAsync(http, commands, queries, code, command(known), version)
            : new Refused(Refusal.Invalid("kind", Codes.Allowed(typeof(CriterionKind))));

    private static async Task<Results<Ok<DecisionView>, Refused>> RunAsync(
        HttpContext http, DecisionCommands commands, DecisionQueries queries, string code, DecisionCommand command, int? version)
    {
        var changed = await commands.RunAsync(code, command, http.Expected(version), http.Actor(), http.RequestAborted);
        return changed.IsOk
            ? (await queries.FindAsync(changed.Value.Label, http.Actor(), http.RequestAborted)).ToOk(d => d.View)
            : new Refused(changed.Refusal!);
    }
}
