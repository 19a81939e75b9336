using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Reviews;

/// <summary>Which incidents had the same causes.</summary>
internal sealed class SharedCauses : ISharedCauses
{
    /// <summary>The newest incidents of each cause that are looked at: a cause may be named in thousands of reviews.</summary>
    private const int Candidates = 500;

    public async Task<IReadOnlyList<SeenBeforeView>> FindAsync(ISql sql, Guid incidentId, int most, Actor viewer)
    {
        var rows = await sql.QueryAsync<Row>("IncidentReviewCause_SeenBefore",
            Visibility.Of(viewer, new { IncidentId = incidentId, Limit = Candidates, Shown = most }));
        // The groups keep the order of the rows.
        return [.. rows.GroupBy(r => r.Id).Select(g => new SeenBeforeView(g.First().ToIncident(), [], [], [.. g.Select(r => r.Cause)]))];
    }

    private sealed record Row : RelatedIncidentRow
    {
        public required string Cause { get; init; }
    }
}
