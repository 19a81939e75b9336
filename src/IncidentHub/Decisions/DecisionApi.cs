using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Http;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Decisions;

/// <summary>What shows that the criterion holds.</summary>
internal sealed record EvidenceBody(string? Evidence, int? ExpectedVersion);

internal sealed record ReasonBody(string? Reason, int? ExpectedVersion);

/// <param name="Owner">The account of who is to do it.</param>
internal sealed record ConditionBody(string? What, string? Owner, DateTimeOffset? DueAt);

/// <param name="Share">Percent of the collectors that collect again; rising, below 100.</param>
/// <param name="SoakSeconds">How long before the next stage. After the last one all collect again.</param>
internal sealed record StageBody(int? Share, long? SoakSeconds);

/// <param name="Until">Only with StayPausedUntil.</param>
/// <param name="Conditions">Only with ResumeWithConditions.</param>
/// <param name="Stages">Only where it is resumed; left out, all collectors collect again at once.</param>
internal sealed record ProposalBody(DecisionOutcome? Outcome, string? Rationale, DateTimeOffset? Until,
    IReadOnlyList<ConditionBody?>? Conditions, int? ExpectedVersion, IReadOnlyList<StageBody?>? Stages = null);

/// <param name="As">In which capacity; needed only where there are several.</param>
/// <param name="Digest">Of what you read; the approval is refused where it has changed since.</param>
internal sealed record ApprovalBody(Approver? As, string? Digest, string? Comment, int? ExpectedVersion);

internal static class DecisionApi
{
    public static void MapDecisionApi(this WebApplication app)
    {
        var decisions = app.MapApi("/api/v1/decisions");
        decisions.MapGet(
            "", async (HttpContext http, DecisionQueries queries, DecisionShelf? shelf, string? program, string? cursor, int? limit) =>
                (await queries.ListAsync(shelf ?? DecisionShelf.All, program, cursor, limit, http.Actor(), http.RequestAborted))
                    .ToHttp(TypedResults.Ok))
            .Produces<Page<DecisionLine>>().WithSummary("Decisions, the newest first: open, awaiting you, closed.");
        decisions.MapGet("/{code}", async (HttpContext http, DecisionQueries queries, string code) =>
                (await queries.FindAsync(code, http.Actor(), http.RequestAborted)).ToHttp(d => TypedResults.Ok(d.View)))
            .Produces<DecisionView>()
                .WithSummary("A decision with its criteria, recommendation, approvals and history. A decided one is its record.");
        decisions.MapPost("/{code}/criteria/{kind}/meet", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries,
            string code, string kind, EvidenceBody body) =>
                CriterionAsync(http, handler, queries, code, kind, k => new MeetCriterion(k, body.Evidence!, [], []), body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Marks a criterion as met, with evidence.");
        decisions.MapPost("/{code}/criteria/{kind}/waive", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries,
            string code, string kind, ReasonBody body) =>
                CriterionAsync(http, handler, queries, code, kind, k => new WaiveCriterion(k, body.Reason!, []), body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Waives a criterion, with a reason that the approvers see.");
        decisions.MapPost("/{code}/criteria/{kind}/reopen", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries,
            string code, string kind, ReasonBody body) =>
                CriterionAsync(http, handler, queries, code, kind, k => new ReopenCriterion(k, body.Reason!), body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Reopens a criterion, with a reason.");
        decisions.MapPost("/{code}/placed-in-error", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries,
            string code, ReasonBody body) =>
                ChangeAsync(http, handler, queries, code, new ClaimPlacedInError(body.Reason!), body.ExpectedVersion))
            .Produces<DecisionView>()
                .WithSummary("Claims that the pause was placed in error: the short checklist applies, the required approvals stay.");
        decisions.MapPost("/{code}/not-placed-in-error", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries,
            string code, ReasonBody body) =>
                ChangeAsync(http, handler, queries, code, new DropErrorClaim(body.Reason!), body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Withdraws the claim of error: the full checklist applies again.");
        decisions.MapPost("/{code}/propose", async (HttpContext http, ProposalReader proposals, ChangeDecisionHandler handler,
            DecisionQueries queries, string code, ProposalBody body) =>
            {
                var command = await proposals.ReadAsync(body, http.RequestAborted);
                return command.IsOk
                    ? await ChangeAsync(http, handler, queries, code, command.Value, body.ExpectedVersion) : command.Refusal!.ToHttp();
            })
            .Produces<DecisionView>()
                .WithSummary("Recommends an outcome. It replaces a standing recommendation, whose approvals become void.");
        decisions.MapPost("/{code}/withdraw", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries,
            string code, ReasonBody body) =>
                ChangeAsync(http, handler, queries, code, new WithdrawRecommendation(body.Reason!), body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Withdraws the recommendation, by its proposer.");
        decisions.MapPost("/{code}/approve", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries, string code,
            ApprovalBody body) =>
                ChangeAsync(http, handler, queries, code, new ApproveRecommendation(body.As, body.Digest, body.Comment),
                    body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Approves the recommendation. The last approval takes effect at once.");
        decisions.MapPost(
            "/{code}/reject", (HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries, string code, ReasonBody body) =>
                ChangeAsync(http, handler, queries, code, new RejectRecommendation(body.Reason!), body.ExpectedVersion))
            .Produces<DecisionView>().WithSummary("Rejects the recommendation. One rejection is enough.");
    }

    private static Task<IResult> CriterionAsync(
        HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries, string code, string kind,
            Func<CriterionKind, DecisionCommand> command, int? version) =>
        Enum.TryParse<CriterionKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known) && !int.TryParse(kind, out _)
            ? ChangeAsync(http, handler, queries, code, command(known), version)
            : Task.FromResult(Refusal.Invalid("kind", $"One of {string.Join(", ", Enum.GetNames<CriterionKind>())}.").ToHttp());

    private static async Task<IResult> ChangeAsync(
        HttpContext http, ChangeDecisionHandler handler, DecisionQueries queries, string code, DecisionCommand command, int? version)
    {
        var changed = await handler.HandleAsync(new ChangeDecision(code, command, version), http.Actor(), http.RequestAborted);
        return changed.IsOk
            ? (await queries.FindAsync(changed.Value.Code, http.Actor(), http.RequestAborted, again: true))
                .ToHttp(d => TypedResults.Ok(d.View))
            : changed.Refusal!.ToHttp();
    }
}
