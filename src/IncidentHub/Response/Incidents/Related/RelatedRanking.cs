using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Incidents whose completed review names a cause that the review of an incident names. Answered by Reviews.</summary>
internal interface ISharedCauses
{
    /// <param name="most">How many incidents, those with most causes in common first, then the newest. Those the viewer may see.</param>
    Task<IReadOnlyList<SeenBeforeView>> FindAsync(ISql sql, Guid incidentId, int most, Actor viewer);
}

/// <summary>The order of what was seen before.</summary>
internal static class RelatedRanking
{
    public const int Most = 8;

    /// <summary>
    /// Those with most in common first, then the newest. The same dataset or cause says more than the same program, which has incidents of
    /// all kinds.
    /// </summary>
    public static IReadOnlyList<SeenBeforeView> Merge(IReadOnlyList<SeenBeforeView> things, IReadOnlyList<SeenBeforeView> causes) =>
        [.. things.Concat(causes).GroupBy(s => s.Incident.Id)
            .Select(g => g.First() with { Causes = [.. g.SelectMany(s => s.Causes).Distinct()] })
            .OrderByDescending(s => (2 * (s.Datasets.Count + s.Causes.Count)) + s.Programs.Count)
            .ThenByDescending(s => s.Incident.DeclaredAt).ThenByDescending(s => s.Incident.Id).Take(Most)];
}
