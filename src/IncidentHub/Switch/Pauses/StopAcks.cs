using IncidentHub.Platform.Tokens;
using System.Buffers.Text;
using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Pauses;

/// <summary>The signed acknowledgements behind a stop report.</summary>
internal static class StopAcks
{
    // One for the stop that counts, the others for permits whose validity spanned several.
    private const int MostStops = 8;

    /// <summary>
    /// The acknowledgements of a pause's collectors up to this one are not needed any more; their rows in the report are about to expire.
    /// </summary>
    public static Task ExpireAsync(UnitOfWork tx, Guid pauseId, Guid until) =>
        tx.ExecuteAsync("StopAck_Expire", new { PauseId = pauseId, Until = until });

    /// <summary>The stops that it acknowledged for this program, latest epoch first; at most eight.</summary>
    public static async Task<IReadOnlyList<AcknowledgedStop>> LatestAsync(ISql sql, Guid collectorId, Guid programId) =>
        [.. (await sql.QueryAsync<AckRow>("StopAck_Latest", new { CollectorId = collectorId, ProgramId = programId, Limit = MostStops }))
            .Select(Read)];

    // Both signatures were verified when it was received.
    private static AcknowledgedStop Read(AckRow row)
    {
        var ack = Claims(row.Token);
        var permit = Claims(ack.Text("permit")!);
        return new(
            row.Epoch, permit.Text("jti")!, DateTimeOffset.FromUnixTimeSeconds(permit.Number("iat")!.Value),
                TimeSpan.FromMilliseconds(ack.Number("stoppedAtOffsetMs")!.Value), row.ReceivedAt);
    }

    private static JsonElement Claims(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private sealed record AckRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset ReceivedAt { get; init; }
        public required string Token { get; init; }
    }
}
