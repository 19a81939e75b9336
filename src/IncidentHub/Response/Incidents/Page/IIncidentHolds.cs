using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>A hold as the API and the page show it.</summary>
/// <param name="ReleasedAt">Null while the hold is active.</param>
internal sealed record HoldView(Guid Id, string Reason, DateTimeOffset PlacedAt, string PlacedBy, DateTimeOffset? ReleasedAt,
    string? ReleasedBy, string? ReleaseReason)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Stands => ReleasedAt is null;
}

/// <summary>The legal holds of an incident. Implemented by the feature LegalHolds.</summary>
internal interface IIncidentHolds
{
    /// <summary>All of them, the newest first. For those who may see the incident.</summary>
    Task<IReadOnlyList<HoldView>> OfIncidentAsync(ISql sql, Guid incidentId);

    /// <summary>
    /// Whether a hold stands on one of these incidents, or on one that one of these things belongs to: tasks, entries of timelines and
    /// series are shared by several.
    /// </summary>
    Task<bool> CoverAnyAsync(ISql sql, IReadOnlyCollection<Guid> incidentsOrThings);
}
