using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Collectors;

/// <summary>Published reader: the facts of a collector for the gate.</summary>
internal static class CollectorReader
{
    /// <summary>The device's position in staged resumes, 0 to 9,999; null where the collector does not exist.</summary>
    public static async Task<int?> BucketAsync(ISql sql, Guid collectorId) =>
        (await sql.FirstOrDefaultAsync<BucketRow>("Collector_Bucket", new { Id = collectorId }))?.Bucket;

    private sealed record BucketRow
    {
        public required int Bucket { get; init; }
    }
}
