using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

/// <summary>An incident as the API and the page show it. A null measure is not applicable: a timestamp is missing.</summary>
internal sealed record IncidentView
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required int Sev { get; init; }
    public required string SevName { get; init; }
    public required int DeclaredSev { get; init; }
    public required IncidentStatus Status { get; init; }
    public required Confidentiality Confidentiality { get; init; }

    /// <summary>Code of the incident that it was merged into, if the viewer may see that one.</summary>
    public required string? MergedInto { get; init; }
    public required IncidentTimestamps Timestamps { get; init; }
    public required IReadOnlyList<CycleView> Cycles { get; init; }
    public required IReadOnlyList<SevChangeView> SevChanges { get; init; }
    public required IReadOnlyList<RoleView> People { get; init; }

    /// <summary>The legal holds, including released ones, the newest first.</summary>
    public required IReadOnlyList<HoldView> LegalHolds { get; init; }

    /// <summary>Who has opened it by break-glass, while it lasts.</summary>
    public required IReadOnlyList<OpenedIncident> OpenedBy { get; init; }
    public required IReadOnlyList<ExposureView> Exposures { get; init; }
    public required IReadOnlyList<ProgramLinkView> Programs { get; init; }
    public required ClocksView Clocks { get; init; }

    /// <summary>The level that the breach score of the exposures suggests; null without an exposure.</summary>
    public required AdviceView? Advice { get; init; }

    /// <summary>What was suggested and what was chosen, in order.</summary>
    public required IReadOnlyList<AdviceRecordView> AdviceHistory { get; init; }

    /// <summary>The assessments that people added to the exposures, in order: the last one counts.</summary>
    public required IReadOnlyList<AssessmentView> Assessments { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required int Version { get; init; }
}

/// <param name="SecondsToPause">From the opening to the first pause.</param>
/// <param name="SecondsToProvenStop">From the first pause to the proof of the last collector.</param>
internal sealed record CycleView(
    int Number, int PolicyVersion, string Reason, DateTimeOffset Opened, DateTimeOffset? PauseOrdered, DateTimeOffset? CollectionStopped,
        DateTimeOffset? Contained, DateTimeOffset? Resolved,
    double? SecondsToPause, double? SecondsToProvenStop, double? SecondsToContain, double? SecondsToResolve)
{
    public static CycleView Of(Cycle c) => new(
        c.Number, c.PolicyVersion, c.Reason, c.Opened, c.PauseOrdered, c.CollectionStopped, c.Contained, c.Resolved,
        Measures.ToPause(c)?.TotalSeconds, Measures.ToProvenStop(c)?.TotalSeconds, Measures.ToContain(c)?.TotalSeconds,
            Measures.ToResolve(c)?.TotalSeconds);
}

internal sealed record SevChangeView(int Cycle, int From, int To, string Reason, DateTimeOffset At, string By);

internal sealed record RoleView(IncidentRole Role, [property: System.Text.Json.Serialization.JsonIgnore] Guid PersonId, string Name);

internal sealed record ExposureView(
    Guid Id, [property: System.Text.Json.Serialization.JsonIgnore] Guid DatasetId, string Dataset, IReadOnlyList<string> Categories,
    Audience? PromisedAudience, Audience? ActualAudience, DateTimeOffset? From, DateTimeOffset? Until, Known Encrypted,
    long? Records, long? Subjects, Known RecipientsKnown, EvidenceOfAccess Evidence, string Note, string? WithdrawnReason)
{
    /// <summary>As the breach score and texts interpret it: without the dataset's id.</summary>
    public Exposure ToExposure() => new()
    {
        Id = Id,
        DatasetId = DatasetId,
        DatasetName = Dataset,
        Categories = Categories,
        Promised = PromisedAudience,
        Actual = ActualAudience,
        From = From,
        Until = Until,
        Encrypted = Encrypted,
        Records = Records,
        Subjects = Subjects,
        RecipientsKnown = RecipientsKnown,
        Evidence = Evidence,
        Note = Note,
        WithdrawnReason = WithdrawnReason,
    };

    public static ExposureView Of(Exposure e) => new(
        e.Id, e.DatasetId, e.DatasetName, e.Categories, e.Promised, e.Actual, e.From, e.Until, e.Encrypted, e.Records, e.Subjects,
        e.RecipientsKnown, e.Evidence, e.Note, e.WithdrawnReason);
}

internal sealed record ProgramLinkView([property: System.Text.Json.Serialization.JsonIgnore] Guid ProgramId, string Program,
    Involvement Kind, string Note, string? WithdrawnReason)
{
    public static ProgramLinkView Of(ProgramInvolvement l) => new(l.ProgramId, l.ProgramCode, l.Kind, l.Note, l.WithdrawnReason);
}

/// <summary>The clocks of the current cycle, by its version of the policy.</summary>
/// <param name="AcknowledgeWithin">The limit, such as «30 min».</param>
/// <param name="FirstUpdateWithin">From the opening of the cycle to its first update; null: none is required.</param>
/// <param name="UpdateEvery">From each update to the next.</param>
/// <param name="SecondsToAcknowledge">The measured time; null is not applicable.</param>
internal sealed record ClocksView(string AcknowledgeWithin, string? FirstUpdateWithin, string? UpdateEvery,
    double? SecondsToAcknowledge, bool? AcknowledgedInTime, DateTimeOffset? LastUpdateAt, DateTimeOffset? NextUpdateDueAt, PauseMode Pause)
{
    public static ClocksView Of(IncidentTimestamps m, SevLevel level, DateTimeOffset? lastUpdateAt, DateTimeOffset? updateDueAt)
    {
        bool? inTime = m.Flagged is { } flagged && m.Acknowledged is { } acknowledged
            ? acknowledged <= level.Acknowledge.After(flagged) : null;
        return new(level.Acknowledge.ToString(), level.FirstUpdate?.ToString(), level.UpdateEvery?.ToString(),
            Measures.ToAcknowledge(m)?.TotalSeconds, inTime, lastUpdateAt, updateDueAt, level.Pause);
    }
}

/// <summary>The ENISA breach score with its terms; unknown facts count as the worst case. It is advice, not the level.</summary>
/// <param name="Sum">«3.25 = DPC 3 × EI 1 + CB 0.25».</param>
/// <param name="Factors">The terms, with what each follows from.</param>
/// <param name="Overridden">Whether somebody kept the SEV although the advice suggests another one.</param>
/// <param name="Dpc">Class of the data, 1–4. <paramref name="Ei"/>: identifiability, 0.25–1. <paramref name="Cb"/>: circumstances of the
/// breach, 0–2.</param>
internal sealed record AdviceView(decimal Score, string Sum, int Dpc, decimal Ei, decimal Cb, BreachLevel Level, int SuggestsSev,
    bool ManyPeople, bool Unintelligible, string Text, IReadOnlyList<AdviceFactor> Factors, bool Overridden)
{
    public static AdviceView? Of(IncidentState incident) => SeverityAdvice.Of(incident) is { } s
        ? new(s.Se, s.Sum, s.Dpc, s.Ei, s.Cb, s.Level, (int)s.Suggests, s.ManyPeople, s.Unintelligible, SeverityAdvice.Describe(s),
            SeverityAdvice.Factors(incident.Exposures, SeverityAdvice.Inputs(incident)), AdviceHistory.IsOverridden(incident))
        : null;
}

/// <summary>The advice at one time and the SEV that the incident had.</summary>
/// <param name="Sum">Null where there was no advice.</param>
internal sealed record AdviceRecordView(
    int Cycle, AdviceStep Step, string? Sum, int? SuggestsSev, int Sev, string? Reason, DateTimeOffset At, string By)
{
    public static AdviceRecordView Of(AdviceRecord a) =>
        new(a.Cycle, a.Step, a.Sum, (int?)a.Suggests, (int)a.Sev, a.Reason, a.At, a.By);
}

internal sealed record AssessmentView(
    int Cycle, Identifiability? Identifiability, Loss? Confidentiality, Loss Integrity, Loss Availability, bool Malicious,
        int ContextAdjustment, string Label, string Reason, DateTimeOffset At, string By)
{
    public static AssessmentView Of(SeverityAssessment a) => new(
        a.Cycle, a.Inputs.Identifiability, a.Inputs.Confidentiality, a.Inputs.Integrity, a.Inputs.Availability, a.Inputs.Malicious,
            a.Inputs.ContextAdjustment, a.Inputs.Label, a.Reason, a.At, a.By);
}
