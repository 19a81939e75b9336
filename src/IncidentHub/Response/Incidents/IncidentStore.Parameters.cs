using System.Text.Json;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>The parameters of the statements.</summary>
internal static partial class IncidentStore
{
    private static bool Has(IncidentState state, RoleHolder holder) =>
        state.People.Any(p => p.Role == holder.Role && p.PersonId == holder.PersonId);

    private static HashSet<string> Words(IncidentState state) =>
        SearchWords.Of(state.Code, state.Title, string.Join(' ', state.Involvements.Where(i => i.IsActive).Select(i => i.ProgramCode)),
            state.Summary);

    private static Task InsertWordsAsync(UnitOfWork tx, IncidentState state) =>
        tx.ExecuteAsync("IncidentWord_Insert", new { IncidentId = state.Id, Words = JsonSerializer.Serialize(Words(state)) });

    /// <summary>After texts were removed past its commands.</summary>
    public static async Task RewriteWordsAsync(UnitOfWork tx, Guid id)
    {
        if (await LoadAsync(tx, id) is not { } incident) return;
        await tx.ExecuteAsync("IncidentWord_Delete", new { IncidentId = id });
        await InsertWordsAsync(tx, incident.State);
    }

    private static object Row(IncidentState s, DateTimeOffset? lastUpdateAt, DateTimeOffset? updateDueAt, ChangeNote change,
        int expectedVersion, int? number, Guid? flagId) => new
        {
            s.Id,
            s.Code,
            Number = number,
            s.Title,
            s.Summary,
            Sev = (int)s.Sev,
            Status = s.Status.ToString(),
            s.IsOpen,
            Confidentiality = s.Confidentiality.ToString(),
            s.MergedIntoId,
            FlagId = flagId,
            Cycle = s.Current.Number,
            Programs = string.Join(' ', s.Involvements.Where(i => i.IsActive).Select(i => i.ProgramCode)),
            ExposureStartedAt = s.Timestamps.ExposureStarted,
            DetectedAt = s.Timestamps.Detected,
            FlaggedAt = s.Timestamps.Flagged,
            AcknowledgedAt = s.Timestamps.Acknowledged,
            DeclaredAt = s.Timestamps.Declared,
            ClosedAt = s.Timestamps.Closed,
            LastUpdateAt = lastUpdateAt,
            UpdateDueAt = updateDueAt,
            s.Version,
            ChangedAt = change.At,
            ChangedBy = change.By,
            ChangedWhat = change.What,
            ExpectedVersion = expectedVersion,
        };

    private static object CycleArgs(Guid incident, Cycle c) => new
    {
        IncidentId = incident,
        c.Number,
        c.PolicyVersion,
        c.Reason,
        OpenedAt = c.Opened,
        PauseOrderedAt = c.PauseOrdered,
        CollectionStoppedAt = c.CollectionStopped,
        ContainedAt = c.Contained,
        ResolvedAt = c.Resolved,
    };

    private static object AssessmentArgs(Guid incident, SeverityAssessment a, int ordinal) => new
    {
        IncidentId = incident,
        Ordinal = ordinal,
        a.Cycle,
        Identifiability = a.Inputs.Identifiability?.ToString(),
        Confidentiality = a.Inputs.Confidentiality?.ToString(),
        Integrity = a.Inputs.Integrity.ToString(),
        Availability = a.Inputs.Availability.ToString(),
        a.Inputs.Malicious,
        a.Inputs.ContextAdjustment,
        a.Reason,
        AssessedAt = a.At,
        AssessedBy = a.By,
    };

    private static object AdviceArgs(Guid incident, AdviceRecord a, int ordinal) => new
    {
        IncidentId = incident,
        Ordinal = ordinal,
        a.Cycle,
        Step = a.Step.ToString(),
        Score = a.Sum,
        SuggestedSev = (int?)a.Suggests,
        Sev = (int)a.Sev,
        a.Reason,
        RecordedAt = a.At,
        RecordedBy = a.By,
    };

    private static object SetAsideArgs(Guid incident, SetAsideLink l, int ordinal) => new
    {
        IncidentId = incident,
        Ordinal = ordinal,
        SubjectType = l.Subject.ToString(),
        SubjectId = l.Id,
        SubjectName = l.Name,
        Kind = l.Kind?.ToString(),
        l.Reason,
        SetAsideAt = l.At,
        SetAsideBy = l.By,
    };

    private static object PersonArgs(Guid incident, RoleHolder p, DateTimeOffset now) =>
        new { IncidentId = incident, Role = p.Role.ToString(), p.PersonId, At = now, RevisionId = OrderedId.Next(now) };

    private static object InvolvementArgs(Guid incident, ProgramInvolvement l, int ordinal) =>
        new { IncidentId = incident, l.ProgramId, l.ProgramCode, Ordinal = ordinal, Kind = l.Kind.ToString(), l.Note, l.WithdrawnReason };

    private static object ExposureArgs(Guid incident, Exposure e, int ordinal) => new
    {
        e.Id,
        IncidentId = incident,
        e.DatasetId,
        e.DatasetName,
        Ordinal = ordinal,
        Categories = string.Join(' ', e.Categories),
        PromisedScope = e.Promised?.Scope.ToString(),
        PromisedName = e.Promised?.Name,
        ActualScope = e.Actual?.Scope.ToString(),
        ActualName = e.Actual?.Name,
        ExposedFrom = e.From,
        ExposedUntil = e.Until,
        Encrypted = e.Encrypted.ToString(),
        e.Records,
        e.Subjects,
        RecipientsKnown = e.RecipientsKnown.ToString(),
        EvidenceOfAccess = e.Evidence.ToString(),
        e.Note,
        e.WithdrawnReason,
    };
}
