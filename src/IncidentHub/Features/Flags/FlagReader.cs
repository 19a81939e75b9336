using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Flags;

/// <summary>How many flags wait.</summary>
internal sealed record FlagCounts
{
    public required int Waiting { get; init; }
    public required int Acknowledged { get; init; }
}

/// <summary>Published reader: flags for other features.</summary>
internal sealed class FlagReader
{
    /// <summary>The flag as triage sees it; null where it does not exist or the viewer does not triage.</summary>
    public async Task<FlagFacts?> FindForTriageAsync(ISql sql, Actor viewer, string code) =>
        AccessTable.Allows(viewer, Act.TriageFlag) ? (await FlagStore.LoadAsync(sql, code))?.ToFacts() : null;

    /// <summary>Open flags, by state.</summary>
    public async Task<FlagCounts> CountsAsync(ISql sql) => (await sql.FirstOrDefaultAsync<FlagCounts>("Flag_Counts"))!;
}
