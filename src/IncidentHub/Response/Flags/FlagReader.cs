using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Flags;

/// <summary>How many flags are open.</summary>
internal sealed record FlagCounts
{
    public required int Waiting { get; init; }
    public required int Acknowledged { get; init; }
}

/// <summary>Published reader: flags for other features.</summary>
internal sealed class FlagReader : ISubjects
{
    /// <summary>Triage sees all flags, a reporter their own.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader) =>
        (await sql.QueryAsync<CodeRow>("Flag_CodesVisible", new
        {
            Ids = IdList.Of(subjects),
            ViewerId = reader.Id,
            ViewerTriages = AccessTable.Allows(reader, Act.TriageFlag),
        })).ToDictionary(r => r.Id, r => r.Code);

    /// <summary>The flag as triage sees it; null if it does not exist or the viewer is not in triage.</summary>
    public async Task<FlagFacts?> FindForTriageAsync(ISql sql, Actor viewer, string code) =>
        AccessTable.Allows(viewer, Act.TriageFlag) ? (await FlagStore.LoadAsync(sql, code))?.ToFacts() : null;

    /// <summary>What the reporter wrote after the concern, and how many files came with all of it.</summary>
    public async Task<(IReadOnlyList<string> Messages, int Files)> MoreOfReporterAsync(ISql sql, FlagFacts flag) =>
        ([.. (await FlagStore.MessagesAsync(sql, flag.Id)).Where(m => m is { Side: FlagSide.Reporter, Body.Length: > 0 })
            .Select(m => m.Body)],
            (await FlagStore.AttachmentsAsync(sql, flag.Id)).Count);

    /// <summary>Open flags, by state.</summary>
    public async Task<FlagCounts> CountsAsync(ISql sql) => (await sql.FirstOrDefaultAsync<FlagCounts>("Flag_Counts"))!;

    /// <summary>Flags that await triage, for members of triage.</summary>
    /// <param name="most">The maximum number of each suggested level.</param>
    public async Task<WaitingFlags> WaitingAsync(ISql sql, int most)
    {
        var rows = await sql.QueryAsync<WaitingRow>("Flag_Waiting", new { Most = most });
        var items = rows.Select(r => new WaitingFlag(r.Code, r.Concern, (Sev)r.SuggestedSev, r.FlaggedAt));
        return new([.. items], rows.Count == 0 ? 0 : (int)rows[0].Waiting);
    }

    private sealed record CodeRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed record WaitingRow
    {
        public required string Code { get; init; }
        public required string Concern { get; init; }
        public required int SuggestedSev { get; init; }
        public required DateTimeOffset FlaggedAt { get; init; }
        public required long Waiting { get; init; }
    }
}
