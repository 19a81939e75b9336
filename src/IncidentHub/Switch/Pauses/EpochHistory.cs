using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Published reader: what was allowed at which time.</summary>
internal static class EpochHistory
{
    /// <summary>More epochs than can occur during the lifetime of a permit: older ones are not evaluated.</summary>
    public const int Most = 512;

    /// <summary>The epochs from that one to the current one; null where it is unknown, or too many have followed.</summary>
    public static async Task<AllowanceHistory?> FromAsync(ISql sql, Guid programId, long epoch)
    {
        var rows = await sql.QueryAsync<EpochRow>("ProgramEpoch_From", new { ProgramId = programId, Epoch = epoch, Limit = Most + 1 });
        return rows.Count is 0 or > Most || rows[0].Epoch != epoch ? null : new(rows.Select(r => TermsText.Read(r.Epoch, r.At, r.Terms)));
    }

    private sealed record EpochRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Terms { get; init; }
    }
}
