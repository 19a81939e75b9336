using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>How many promises made about live programs are kept. One whose verification is too old does not count as kept.</summary>
internal sealed record SafeguardCounts
{
    public required int Total { get; init; }
    public required int Verified { get; init; }
    public required int Broken { get; init; }

    /// <summary>Published query, of all programs or of one.</summary>
    public static async Task<SafeguardCounts> AtAsync(ISql sql, DateTimeOffset now, Guid? programId = null) => (await (programId is null
        ? sql.FirstOrDefaultAsync<SafeguardCounts>("Safeguard_Counts", new { FreshFrom = now - SafeguardRules.Freshness })
        : sql.FirstOrDefaultAsync<SafeguardCounts>("Safeguard_Counts",
            new { FreshFrom = now - SafeguardRules.Freshness, ProgramId = programId }, "Program")))!;
}
