using System.Buffers.Text;
using System.Text.Json;
using IncidentHub.Domain.Gate;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Collectors;

/// <summary>Published reader: what the gate must know of a collector.</summary>
internal static class CollectorReader
{
    // One for the stop that counts, the others for permits that were used across several.
    private const int MostStops = 8;

    /// <summary>The device's place in staged resumes, 0 to 9,999; null where there is no such collector.</summary>
    public static async Task<int?> BucketAsync(ISql sql, Guid collectorId) => (await sql.FirstOrDefaultAsync<BucketRow>("Collector_Bucket", new { Id = collectorId }))?.Bucket;

    /// <summary>The stops that it acknowledged for this program, the latest epoch first; at most eight.</summary>
    public static async Task<IReadOnlyList<AcknowledgedStop>> StopsAsync(ISql sql, Guid collectorId, Guid programId) =>
        [.. (await sql.QueryAsync<AckRow>("StopAck_Latest", new { CollectorId = collectorId, ProgramId = programId, Limit = MostStops })).Select(Read)];

    // Both signatures were verified when it was taken.
    private static AcknowledgedStop Read(AckRow row)
    {
        var ack = Claims(row.Token);
        var permit = Claims(ack.Text("permit")!);
        return new(
            row.Epoch, permit.Text("jti")!, DateTimeOffset.FromUnixTimeSeconds(permit.Number("iat")!.Value), TimeSpan.FromMilliseconds(ack.Number("stoppedAtOffsetMs")!.Value), row.ReceivedAt);
    }

    private static JsonElement Claims(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private sealed record BucketRow
    {
        public required int Bucket { get; init; }
    }

    private sealed record AckRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset ReceivedAt { get; init; }
        public required string Token { get; init; }
    }
}
