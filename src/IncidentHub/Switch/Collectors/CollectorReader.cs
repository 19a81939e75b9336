using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Collectors;

/// <summary>Published reader: what the gate must know of a collector.</summary>
internal static class CollectorReader
{
    /// <summary>The device's place in staged resumes, 0 to 9,999; null where there is no such collector.</summary>
    public static async Task<int?> BucketAsync(ISql sql, Guid collectorId) =>
        (await sql.FirstOrDefaultAsync<BucketRow>("Collector_Bucket", new { Id = collectorId }))?.Bucket;

    private sealed record BucketRow
    {
        public required int Bucket { get; init; }
    }
}
