using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Published reader: the actors of entries on an incident's timeline.</summary>
internal static class TimelineActors
{
    /// <summary>
    /// Who recorded entries of <paramref name="kind"/> since the last entry of <paramref name="since"/>, or since the beginning where there
    /// is none.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> SinceAsync(ISql sql, Guid incidentId, string kind, string since) =>
        [.. (await sql.QueryAsync<ActorRow>("Timeline_ActorsSince", new { IncidentId = incidentId, Kind = kind, Since = since }))
            .Select(r => r.ActorId)];

    private sealed record ActorRow
    {
        public required Guid ActorId { get; init; }
    }
}
