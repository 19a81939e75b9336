using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Decisions;

/// <summary>The records of each event of a decision, in addition to the entry in its own log.</summary>
internal static class DecisionHistory
{
    /// <summary>
    /// The entry on each incident's timeline is about the decision's other incidents, too: evidence and reasons may mention one that
    /// fewer people may see. If there is an incident, the program's activity shows only that the event happened, and only to those who may
    /// see the incident.
    /// </summary>
    public static JournalEntry Of(Decision decision, DomainEvent happened)
    {
        var line = DecisionLogEntry.Of(decision, happened);
        var incidents = decision.Incidents;
        var entry = new TimelineEntry
        {
            Kind = "decision",
            Title = $"{decision.Code}: {line.Title}",
            Data = new { decision.Code, line.Kind },
        };
        return new()
        {
            Action = $"decision.{line.Kind}",
            Subject = $"decision {decision.Code}",
            About = [.. incidents, .. line.About],
            Detail = line.Detail ?? new { line.Title, line.Body },
            Timeline =
            [
                entry with { ProgramId = decision.State.ProgramId, Body = incidents.Count == 0 ? line.Body : null, About = incidents },
                .. incidents.Select(id => entry with
                {
                    IncidentId = id,
                    Title = $"{decision.Code}, {decision.ProgramCode}: {line.Title}",
                    PublicTitle = $"{decision.Code}, {decision.ProgramCode}: {line.Title}",
                    Body = line.Body,
                    About = [.. incidents.Where(other => other != id).Union(line.About)],
                }),
            ],
            Topics = [$"decision:{decision.Id}", .. decision.State.Named.Select(n => n.PersonId)
                .Concat(decision.State.OpinionRequests.SelectMany(r => r.People).Select(p => p.PersonId)).Distinct()
                .Select(LiveFeed.SightOf)],
            SubjectTopics = [new(incidents, "decisions", "programs")],
        };
    }

    /// <summary>Somebody downloads the document of an opinion. A damaged one is recorded and not handed out.</summary>
    /// <param name="found">The digest of the stored content; null where it is missing.</param>
    public static JournalEntry OfDownload(Decision decision, Opinion opinion, string? found) => new()
    {
        Action = found == opinion.Document!.Sha256 ? "decision.opinion-downloaded" : "decision.opinion-damaged",
        Subject = $"decision {decision.Code}",
        About = decision.Incidents,
        Detail = new { opinion.Number, opinion.Document.Sha256, Found = found },
    };
}

/// <summary>The names of an event of a decision in its log, on the timelines and in the audit log.</summary>
/// <param name="Body">For those who may see all of its subjects; contains references.</param>
internal sealed record DecisionLogEntry(string Kind, string Title, string? Body = null, object? Detail = null)
{
    /// <summary>The kind of the entry after which the decision does not cover the pauses of an incident any more.</summary>
    public const string HandedOver = "pauses-handed-over";

    private const int MaxTitle = 300;

    /// <summary>Incidents that the body references.</summary>
    public IReadOnlyList<Guid> About { get; init; } = [];

    public static DecisionLogEntry Of(Decision decision, DomainEvent happened)
    {
        var line = Line(decision, happened);
        return line with { Title = TextRules.Cut(line.Title, MaxTitle) };
    }

    private static DecisionLogEntry Line(Decision decision, DomainEvent happened) => happened switch
    {
        DecisionOpened => new("opened", $"Decision for {decision.ProgramCode} opened", null, new
        {
            decision.ProgramCode,
            decision.State.WorstSev,
            decision.State.Requirement.ToResume,
            Pauses = decision.State.Pauses.Select(p => p.PauseId),
        }),
        PauseCovered e => new("pause-covered", "A further pause was added", null, new { e.PauseId }),
        DecisionDueAgain e => new("due-again", $"Decision for {decision.ProgramCode} is due again", null, e),
        IncidentMoved e => new("incident-merged", "Its incident was merged into another", null, e),
        ApproversNamed e => new("approvers-named", "Approvers named",
            string.Join(", ", e.People.Select(p => $"{p.PersonName} as {p.As.Title()}")), e.People),
        AudienceNarrowed e => new("audience-narrowed", "Its incident was restricted", null, e),
        PausesHandedOver e => new(HandedOver, "Pauses have a decision of their own now, and all criteria are open again", e.Reason, e)
        {
            About = [e.IncidentId],
        },
        RequirementRaised e => new("requirement-raised",
            $"Approvals required to resume: {string.Join(", ", e.Requirement.ToResume.Select(a => a.Title()))}", e.WorstSev?.Label(), e),
        CriteriaAdded e => new("criteria-added", "Criteria added", string.Join(", ", e.Kinds.Select(k => k.Title()))),
        CriterionMet e => new("criterion-met", $"Met: {e.Kind.Title()}", e.Evidence, e),
        CriterionWaived e => new("criterion-waived", $"Waived: {e.Kind.Title()}", e.Reason, e),
        CriterionReopened e => new("criterion-reopened", $"Reopened: {e.Kind.Title()}", e.Reason, e),
        AllCriteriaReopened e => new("criteria-reopened", "All criteria reopened", e.Reason, e) { About = e.About },
        TemplateChanged { Template: CriteriaTemplate.PlacedInError } e =>
            new("placed-in-error", "Claimed to be placed in error. The short checklist applies", e.Reason, e),
        TemplateChanged e => new("placed-in-error-withdrawn", "Claim of error withdrawn. The full checklist applies", e.Reason, e),
        RecommendationProposed e =>
            new("proposed", $"Recommended: {e.Recommendation.Outcome.Title()}", e.Recommendation.Rationale, e.Recommendation),
        RecommendationSentBack e => new("sent-back", "Recommendation void", e.Reason, e),
        ApprovalsVoided e =>
            new("approvals-voided", $"Approvals void: {string.Join(", ", e.Approvals.Select(a => a.ActorName))}", e.Reason, e),
        RecommendationApproved e => new("approved", $"Approved as {e.Approval.As.Title()}", e.Approval.Comment, e.Approval),
        RecommendationRejected e => new("rejected", "Recommendation rejected", e.Reason, e),
        // The texts of opinions stand in their own column alone: the audit log has the digest of their rows.
        OpinionRequested { Request: var r } => new("opinion-requested", $"Opinion requested: {r.Role.Title()}",
            r.People.Count == 0 ? null : $"Asked: {string.Join(", ", r.People.Select(p => p.PersonName))}", r),
        OpinionRequestWithdrawn { Request: var r } => new("opinion-request-withdrawn",
            $"Request for an opinion withdrawn: {r.Role.Title()}", null, r),
        OpinionGiven { Opinion: var o } => new("opinion-given", $"Opinion of the {o.Role.Title().ToLowerInvariant()}: {o.Position.Title()}",
            o.OnBehalf ? $"Recorded for them by {o.RecordedByName}" : null, FactsOf(o)),
        DecisionTaken e => new("taken", $"Decided: {e.Outcome.Title()}", decision.State.Recommendation?.Rationale,
            new
            {
                e.Outcome,
                e.Digest,
                decision.State.Recommendation,
                decision.State.Approvals,
                Opinions = decision.State.StandingOpinions().Select(FactsOf),
            }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a decision."),
    };

    private static object FactsOf(Opinion o) => new
    {
        o.Id,
        o.Number,
        o.Role,
        o.Position,
        o.GivenAt,
        o.Document,
        o.OnBehalf,
    };
}
