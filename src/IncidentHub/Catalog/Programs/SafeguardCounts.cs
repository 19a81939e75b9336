using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>How many safeguards of live programs are verified. A safeguard whose verification has expired does not count.</summary>
internal sealed record SafeguardCounts
{
    public required int Total { get; init; }
    public required int Verified { get; init; }
    public required int Broken { get; init; }

    /// <summary>Published query, for all programs or for one.</summary>
    public static async Task<SafeguardCounts> AtAsync(ISql sql, DateTimeOffset now, Guid? programId = null) => (await (programId is null
        ? sql.FirstOrDefaultAsync<SafeguardCounts>("Safeguard_Counts", new { FreshFrom = now - SafeguardRules.Freshness })
        : sql.FirstOrDefaultAsync<SafeguardCounts>("Safeguard_Counts",
            new { FreshFrom = now - SafeguardRules.Freshness, ProgramId = programId }, "Program")))!;
}
