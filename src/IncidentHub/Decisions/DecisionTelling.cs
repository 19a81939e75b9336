using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Decisions;

/// <summary>Writes what happened to a decision into its own log, the timelines and the audit log, and tells open pages.</summary>
internal static class DecisionTelling
{
    private const int MaxTitle = 300;
    private static readonly IncidentReader Incidents = new();

    private sealed record Told(string Kind, string Title, string? Body = null, object? Payload = null);

    public static async Task TellAsync(UnitOfWork tx, Decision decision, IReadOnlyList<DomainEvent> events, Actor actor)
    {
        var incidents = decision.State.Pauses.Select(p => p.IncidentId).OfType<Guid>().Distinct().ToList();
        var restricted = events.Count == 0 || incidents.Count < 2 ? [] : await RestrictedAsync(tx, incidents);
        foreach (var told in events.Select(e => Tell(decision, e))
            .Select(t => t.Title.Length <= MaxTitle ? t : t with { Title = t.Title[..(MaxTitle - 1)] + "…" }))
        {
            await tx.ExecuteAsync("DecisionLog_Insert", new
            {
                DecisionId = decision.Id,
                At = tx.Now,
                ActorId = actor.Id,
                ActorName = actor.Name,
                told.Kind,
                told.Title,
                told.Body,
            });
            await AuditWriter.AppendAsync(tx, actor, $"decision.{told.Kind}", $"decision {decision.Code}",
                told.Payload ?? new { told.Title, told.Body });
            await AppendToTimelinesAsync(tx, decision, told, incidents, restricted, actor);
        }
        if (events.Count > 0) tx.Touch("decisions", $"decision:{decision.Id}", "programs", $"program:{decision.State.ProgramId}");
    }

    /// <summary>
    /// On the timeline of each incident behind the decision; in full where the readers of that incident may see every other one that stands
    /// behind it. The program's says no more than that it happened: whether its readers may know of the incident is not decided here.
    /// </summary>
    private static async Task AppendToTimelinesAsync(
        UnitOfWork tx, Decision decision, Told told, IReadOnlyList<Guid> incidents, IReadOnlyList<Guid> restricted, Actor actor)
    {
        var entry = new TimelineAppend
        {
            Kind = "decision",
            HappenedAt = tx.Now,
            Title = $"{decision.Code}: {told.Title}",
            Data = new { decision.Code, told.Kind },
        };
        await TimelineWriter.AppendAsync(
            tx, actor, entry with { ProgramId = decision.State.ProgramId, Body = incidents.Count == 0 ? told.Body : null });
        foreach (var incident in incidents)
        {
            // Evidence and reasons may speak of another incident that fewer people may see.
            var inFull = restricted.All(r => r == incident);
            var title = $"{decision.Code}, {decision.ProgramCode}: {told.Title}";
            await TimelineWriter.AppendAsync(
                tx, actor, entry with { IncidentId = incident, Title = title, Body = inFull ? told.Body : null });
        }
    }

    private static async Task<IReadOnlyList<Guid>> RestrictedAsync(UnitOfWork tx, IEnumerable<Guid> incidents)
    {
        var restricted = new List<Guid>();
        foreach (var id in incidents)
        {
            if (await Incidents.FindAsync(tx, id) is { Confidentiality: Confidentiality.Restricted }) restricted.Add(id);
        }
        return restricted;
    }

    private static Told Tell(Decision decision, DomainEvent e) => e switch
    {
        DecisionOpened => new("opened", $"Decision for {decision.ProgramCode} opened", null,
            new
            {
                decision.ProgramCode,
                decision.State.WorstSev,
                decision.State.Requirement.ToResume,
                Pauses = decision.State.Pauses.Select(p => p.PauseId)
            }),
        PauseCovered c => new("pause-covered", "A further pause was added", null, new { c.PauseId }),
        DecisionAskedAgain a => new("asked-again", $"Decision for {decision.ProgramCode} is due again", null, a),
        IncidentMoved m => new("incident-merged", "Its incident was merged into another", null, m),
        RequirementRaised r =>
            new("requirement-raised", $"Approvals required to resume: {string.Join(", ", r.Requirement.ToResume.Select(a => a.Title()))}",
            r.WorstSev?.Label(), r),
        CriteriaAdded a => new("criteria-added", "Criteria added", string.Join(", ", a.Kinds.Select(k => k.Title()))),
        CriterionMet m => new("criterion-met", $"Met: {m.Kind.Title()}", m.Evidence, m),
        CriterionWaived w => new("criterion-waived", $"Waived: {w.Kind.Title()}", w.Reason, w),
        CriterionReopened r => new("criterion-reopened", $"Reopened: {r.Kind.Title()}", r.Reason, r),
        AllCriteriaReopened r => new("criteria-reopened", "All criteria reopened", r.Reason, r),
        TemplateChanged { Template: CriteriaTemplate.PlacedInError } t =>
            new("placed-in-error", "Claimed to be placed in error. The short checklist applies", t.Reason, t),
        TemplateChanged t => new("placed-in-error-dropped", "Claim of error withdrawn. The full checklist applies", t.Reason, t),
        RecommendationProposed p =>
            new("proposed", $"Recommended: {p.Recommendation.Outcome.Title()}", p.Recommendation.Rationale, p.Recommendation),
        RecommendationSentBack b => new("sent-back", "Recommendation void", b.Reason, b),
        ApprovalsVoided v =>
            new("approvals-voided", $"Approvals void: {string.Join(", ", v.Approvals.Select(a => a.ActorName))}", v.Reason, v),
        RecommendationApproved a => new("approved", $"Approved as {a.Approval.As.Title()}", a.Approval.Comment, a.Approval),
        RecommendationRejected r => new("rejected", "Recommendation rejected", r.Reason, r),
        DecisionTaken t =>
            new("taken", $"Decided: {t.Outcome.Title()}", decision.State.Recommendation?.Rationale,
            new { t.Outcome, t.Digest, decision.State.Recommendation, decision.State.Approvals }),
        _ => throw new ArgumentOutOfRangeException(nameof(e), e, "An event of another concept."),
    };
}
