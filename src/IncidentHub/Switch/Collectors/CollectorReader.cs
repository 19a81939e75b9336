using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Collectors;

/// <summary>Published reader: the facts of a collector for the gate.</summary>
internal static class CollectorReader
{
    /// <summary>The device's position in staged resumes, 0 to 9,999; null where the collector does not exist.</summary>
    public static async Task<int?> BucketAsync(ISql sql, Guid collectorId) =>
        (await sql.FirstOrDefaultAsync<BucketRow>("Collector_Bucket", new { Id = collectorId }))?.Bucket;

    /// <summary>The hashes of the secrets of all collectors that are not revoked.</summary>
    public static async Task<IReadOnlyList<string>> SecretHashesAsync(ISql sql) =>
        [.. (await sql.QueryAsync<HashRow>("Collector_SecretHashes")).Select(r => r.SecretHash)];

    private sealed record HashRow
    {
        public required string SecretHash { get; init; }
    }

    private sealed record BucketRow
    {
        public required int Bucket { get; init; }
    }
}
