using Dapper;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>How many safeguards of live programs are verified. A safeguard whose verification has expired does not count.</summary>
internal sealed record SafeguardCounts
{
    public required int Total { get; init; }
    public required int Verified { get; init; }

    /// <summary>Verified once, and not again within the period.</summary>
    public required int Expired { get; init; }
    public required int Broken { get; init; }

    /// <summary>Published query, for all programs or for one.</summary>
    public static async Task<SafeguardCounts> AtAsync(ISql sql, DateTimeOffset now, Guid? programId = null)
    {
        var args = Since(now, new { ProgramId = programId });
        return (await sql.FirstOrDefaultAsync<SafeguardCounts>("Safeguard_Counts", args, programId is null ? [] : ["Program"]))!;
    }

    /// <summary>Adds the times since when a verification counts, one for each period: <c>@Since30</c>, <c>@Since90</c> and so on.</summary>
    public static DynamicParameters Since(DateTimeOffset now, object args)
    {
        var all = new DynamicParameters(args);
        foreach (var days in SafeguardRules.Periods) all.Add($"Since{days}", now - TimeSpan.FromDays(days));
        return all;
    }
}
