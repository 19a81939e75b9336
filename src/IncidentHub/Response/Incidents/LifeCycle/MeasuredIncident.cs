using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>An incident's level and timestamps, for measures.</summary>
/// <param name="Programs">Codes of the programs that are linked to it.</param>
internal sealed record MeasuredIncident(Guid Id, DateTimeOffset ChangedAt, Sev Sev, bool IsMerged, bool IsRestricted,
    IReadOnlyList<string> Programs, IncidentTimestamps Once, IReadOnlyList<Cycle> Cycles)
{
    /// <summary>
    /// Published query for the hub's own statistics: incidents changed after a cursor, the oldest change first. No check of permissions;
    /// names and texts are not included.
    /// </summary>
    public static async Task<IReadOnlyList<MeasuredIncident>> ChangedAfterAsync(ISql sql, DateTimeOffset at, Guid id, int limit)
    {
        var rows = await sql.QueryAsync<Row>("MeasuredIncident_Changed", new { AfterAt = at, AfterId = id, Limit = limit });
        return [.. rows.GroupBy(r => r.Id).Select(g => Of([.. g.OrderBy(r => r.Number)]))];
    }

    /// <summary>How many there are in all.</summary>
    public static Task<long> CountAsync(ISql sql) => sql.ScalarAsync<long>("MeasuredIncident_Count");

    private static MeasuredIncident Of(IReadOnlyList<Row> rows)
    {
        var i = rows[0];
        var once = new IncidentTimestamps { Flagged = i.FlaggedAt, Acknowledged = i.AcknowledgedAt, Declared = i.DeclaredAt };
        var cycles = rows.Select(r => new Cycle
        {
            Number = r.Number,
            PolicyVersion = r.PolicyVersion,
            Reason = "",
            Opened = r.OpenedAt,
            PauseOrdered = r.PauseOrderedAt,
            CollectionStopped = r.CollectionStoppedAt,
            Contained = r.ContainedAt,
            Resolved = r.ResolvedAt,
        });
        return new(i.Id, i.ChangedAt, (Sev)i.Sev, i.Status == nameof(IncidentStatus.Merged),
            i.Confidentiality != nameof(Confidentiality.Open), i.Programs.Split(' ', StringSplitOptions.RemoveEmptyEntries), once,
            [.. cycles]);
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required int Sev { get; init; }
        public required string Status { get; init; }
        public required string Confidentiality { get; init; }
        public required string Programs { get; init; }
        public required DateTimeOffset? FlaggedAt { get; init; }
        public required DateTimeOffset? AcknowledgedAt { get; init; }
        public required DateTimeOffset DeclaredAt { get; init; }
        public required int Number { get; init; }
        public required int PolicyVersion { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset? PauseOrderedAt { get; init; }
        public required DateTimeOffset? CollectionStoppedAt { get; init; }
        public required DateTimeOffset? ContainedAt { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
    }
}
