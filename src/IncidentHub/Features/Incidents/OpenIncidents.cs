using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Incidents;

/// <summary>An open incident in a line: for home, the dashboard and other short lists.</summary>
/// <param name="Since">When its current cycle opened.</param>
internal sealed record OpenIncident(string Code, string Title, Sev Sev, IncidentStatus Status, int Cycle, DateTimeOffset Since, DateTimeOffset? UpdateDueAt);

/// <summary>Published queries: what is open now, as far as the viewer may see it. None of them grows with the closed ones.</summary>
internal static class OpenIncidents
{
    /// <summary>How many are open, by SEV; levels without one are missing.</summary>
    public static async Task<IReadOnlyDictionary<Sev, int>> BySevAsync(ISql sql, Actor viewer) =>
        (await sql.QueryAsync<SevRow>("OpenIncident_BySev", Visibility.Of(viewer))).ToDictionary(r => (Sev)r.Sev, r => (int)r.Incidents);

    /// <summary>The most severe first, within a level the longest open.</summary>
    public static async Task<IReadOnlyList<OpenIncident>> WorstFirstAsync(ISql sql, Actor viewer, int limit) =>
        [.. (await sql.QueryAsync<Row>("OpenIncident_WorstFirst", Visibility.Of(viewer, new { Limit = limit }))).Select(r => r.ToItem())];

    /// <summary>Those whose next update is due by then, the most urgent first; only the ones that a person commands, where one is named.</summary>
    public static async Task<IReadOnlyList<OpenIncident>> UpdatesDueAsync(ISql sql, Actor viewer, DateTimeOffset by, Guid? commanderId, int limit) =>
        [.. (commanderId is { } commander
            ? await sql.QueryAsync<Row>("OpenIncident_UpdatesDue", Visibility.Of(viewer, new { By = by, CommanderId = commander, Limit = limit }), "Commander")
            : await sql.QueryAsync<Row>("OpenIncident_UpdatesDue", Visibility.Of(viewer, new { By = by, Limit = limit }))).Select(r => r.ToItem())];

    private sealed record SevRow
    {
        public required int Sev { get; init; }
        public required long Incidents { get; init; }
    }

    private sealed record Row
    {
        public required string Code { get; init; }
        public required string Title { get; init; }
        public required int Sev { get; init; }
        public required string Status { get; init; }
        public required int Cycle { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset? UpdateDueAt { get; init; }

        public OpenIncident ToItem() => new(Code, Title, (Sev)Sev, Enum.Parse<IncidentStatus>(Status), Cycle, OpenedAt, UpdateDueAt);
    }
}
