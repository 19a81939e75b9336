using Dapper;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// How incidents stood at each time: every save also adds the rows that it changed to their history. Of two saves at the same moment the
/// later counts: ids are ordered.
/// </summary>
internal static partial class IncidentStore
{
    /// <param name="changed">Its exposures, and the programs of its links, whose rows were changed.</param>
    public static Task RecordRevisionAsync(UnitOfWork tx, Guid incident, params IEnumerable<Guid> changed) =>
        tx.ExecuteAsync("IncidentRevision_Insert",
            new { IncidentId = incident, Ids = IdList.Of(changed), RecordedAt = tx.Now, RevisionId = OrderedId.Next(tx.Now) });

    /// <summary>What is known of an incident at a time. Null: there is none, or the viewer may not see it now.</summary>
    public static async Task<IncidentAsOf?> LoadAsOfAsync(ISql sql, Actor viewer, string code, DateTimeOffset asOf)
    {
        if (await LoadVisibleAsync(sql, viewer, code) is not { } now) return null;
        var (recorded, steps, row) = await RecordedAsync(sql, now.State.Id, now.State.Timestamps.Declared, asOf);
        var changes = now.State.SevChanges.Where(c => c.At <= asOf).ToList();
        var then = new IncidentAsOf
        {
            Now = now.State,
            Recorded = recorded,
            Sev = changes.Count > 0 ? changes[^1].To : now.DeclaredSev,
            SevChanges = changes,
            Status = StatusOf(now.State, steps, asOf),
        };
        if (row is null) return then;
        return await sql.TogetherAsync(
            ["IncidentCycleRevision_AsOf", "ExposureRevision_AsOf", "IncidentProgramRevision_AsOf", "IncidentPerson_AsOf"],
            new { now.State.Id, AsOf = asOf },
            async rows =>
            {
                // Initializers run in order: that of the queries.
                var state = row.ToState(now.State) with
                {
                    Cycles = [.. (await rows.ReadAsync<CycleRow>()).Select(r => r.ToCycle())],
                    Exposures = [.. (await rows.ReadAsync<ExposureRow>()).Select(r => r.ToExposure())],
                    Involvements = [.. (await rows.ReadAsync<InvolvementRow>()).Select(r => r.ToInvolvement())],
                    People = [.. (await rows.ReadAsync<PersonRow>()).Select(r => r.ToHolder())],
                    SevChanges = changes,
                    Assessments = [.. now.State.Assessments.Where(a => a.At <= asOf)],
                };
                return then with { Status = state.Status, State = state, LastUpdateAt = row.LastUpdateAt, UpdateDueAt = row.UpdateDueAt };
            });
    }

    /// <summary>What was recorded of an incident by a time, for those who may see it.</summary>
    public static async Task<RecordedTimes> RecordedTimesAsync(ISql sql, IncidentFacts incident, DateTimeOffset asOf) =>
        (await RecordedAsync(sql, incident.Id, incident.DeclaredAt, asOf)).Times;

    private static Task<(RecordedTimes Times, IReadOnlyList<StepRow> Steps, RevisionRow? Row)> RecordedAsync(
        ISql sql, Guid id, DateTimeOffset declaredAt, DateTimeOffset asOf) => sql.TogetherAsync(
        ["IncidentRevision_Since", "Incident_Steps", "IncidentRevision_AsOf"],
        new { Id = id, AsOf = asOf },
        async rows =>
        {
            var since = await rows.ReadFirstAsync<SinceRow>();
            var steps = (await rows.ReadAsync<StepRow>()).AsList();
            var row = await rows.ReadFirstOrDefaultAsync<RevisionRow>();
            var declared = steps.Where(s => s.Kind == "declared").Select(s => s.RecordedAt).DefaultIfEmpty(declaredAt).Min();
            var times = new RecordedTimes
            {
                Declared = since.RecordedAt <= declared ? since.RecordedAt : declared,
                Since = since.RecordedAt <= declared ? null : since.RecordedAt,
                PartsSince = since.PartsRecordedAt,
                KnownAt = row is null ? null : row.DetectedAt ?? row.DeclaredAt,
            };
            return (times, (IReadOnlyList<StepRow>)steps, row);
        });

    // Before its states were recorded, its steps tell the status.
    private static IncidentStatus StatusOf(IncidentState now, IReadOnlyList<StepRow> steps, DateTimeOffset asOf)
    {
        // Nothing follows a merge; before it, others may have been merged into this one.
        if (now.Status == IncidentStatus.Merged && steps.Count > 0 && steps[^1].RecordedAt <= asOf) return IncidentStatus.Merged;
        return steps.LastOrDefault(s => s.Kind != "merged" && s.RecordedAt <= asOf)?.Kind switch
        {
            "contained" => IncidentStatus.Contained,
            "resolved" => IncidentStatus.Resolved,
            "closed" => IncidentStatus.Closed,
            _ => IncidentStatus.Investigating,
        };
    }

    private sealed record SinceRow
    {
        public required DateTimeOffset RecordedAt { get; init; }
        public required DateTimeOffset? PartsRecordedAt { get; init; }
    }

    private sealed record StepRow
    {
        public required string Kind { get; init; }
        public required DateTimeOffset RecordedAt { get; init; }
    }

    private sealed record RevisionRow
    {
        public required string Title { get; init; }
        public required int Sev { get; init; }
        public required string Status { get; init; }
        public required string Confidentiality { get; init; }
        public required DateTimeOffset? ExposureStartedAt { get; init; }
        public required DateTimeOffset? DetectedAt { get; init; }
        public required DateTimeOffset? FlaggedAt { get; init; }
        public required DateTimeOffset? AcknowledgedAt { get; init; }
        public required DateTimeOffset DeclaredAt { get; init; }
        public required DateTimeOffset? ClosedAt { get; init; }
        public required DateTimeOffset? LastUpdateAt { get; init; }
        public required DateTimeOffset? UpdateDueAt { get; init; }

        public IncidentState ToState(IncidentState now) => new()
        {
            Id = now.Id,
            Code = now.Code,
            Title = Title,
            Sev = (Sev)Sev,
            Status = Enum.Parse<IncidentStatus>(Status),
            Confidentiality = Enum.Parse<Confidentiality>(Confidentiality),
            Timestamps = new IncidentTimestamps
            {
                ExposureStarted = ExposureStartedAt,
                Detected = DetectedAt,
                Flagged = FlaggedAt,
                Acknowledged = AcknowledgedAt,
                Declared = DeclaredAt,
                Closed = ClosedAt,
            },
            Cycles = [],
        };
    }
}

/// <summary>What is known of an incident at a time.</summary>
internal sealed record IncidentAsOf
{
    /// <summary>As it stands now: for its id and code only.</summary>
    public required IncidentState Now { get; init; }

    public required RecordedTimes Recorded { get; init; }
    public required Sev Sev { get; init; }
    public required IReadOnlyList<SevChange> SevChanges { get; init; }
    public required IncidentStatus Status { get; init; }

    /// <summary>Without summary; null where its states were not recorded yet.</summary>
    public IncidentState? State { get; init; }
    public DateTimeOffset? LastUpdateAt { get; init; }
    public DateTimeOffset? UpdateDueAt { get; init; }
}

/// <summary>Since when what of an incident is recorded.</summary>
internal sealed record RecordedTimes
{
    /// <summary>When the declaration was recorded: before, the incident was not known.</summary>
    public required DateTimeOffset Declared { get; init; }

    /// <summary>Its title, timestamps, scope and clocks; null: since its declaration.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Its roles, obligations and tasks; null: since its declaration.</summary>
    public required DateTimeOffset? PartsSince { get; init; }

    /// <summary>When it was detected, else declared, as known at the time that was asked for; null: not recorded.</summary>
    public required DateTimeOffset? KnownAt { get; init; }
}
