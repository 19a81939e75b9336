using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Live;

/// <summary>
/// What the commits of other nodes changed: each commit leaves a row with its topics, and every node reads the rows by their numbers. A
/// number is given before its commit, so that a lower one may be committed after a higher one was read: missing numbers are asked for again
/// until their transaction must have ended. Rows are deleted after ten minutes. Used by one reader at a time.
/// </summary>
internal sealed class NodeChanges(HubNode node, TimeProvider clock)
{
    /// <summary>How long a row is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private const int Page = 1_000, MostMissing = 1_000, Before = 100;

    // A transaction that has not committed by then has been rolled back, and its number is never used.
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(2);
    private readonly SortedDictionary<long, long> _missing = [];
    private long? _after;
    private long _readAt;

    /// <summary>Records what the transaction changed, before its audit records; on a database of one node nothing.</summary>
    public Task RecordAsync(UnitOfWork tx)
    {
        if (!node.HasOthers || (tx.Topics.Count == 0 && tx.SubjectTopics.Count == 0)) return Task.CompletedTask;
        List<SubjectTopics> changes = [.. tx.SubjectTopics];
        if (tx.Topics.Count > 0) changes.Insert(0, new([], [.. tx.Topics]));
        return tx.ExecuteAsync("LiveChange_Insert", new
        {
            NodeId = node.Id,
            tx.Now,
            Changes = JsonSerializer.Serialize(changes.Select(c => new Change(c.Subjects, c.Topics))),
        });
    }

    /// <summary>
    /// What other nodes changed since the last call; what everybody may see has no subjects. Null: so much time has passed that rows may
    /// have been deleted unread, and everything may have changed.
    /// </summary>
    public async Task<IReadOnlyList<SubjectTopics>?> ReadAsync(ISql sql)
    {
        var at = clock.GetTimestamp();
        // Some before the start are delivered again, which does no harm: they may be committed only now.
        var (first, after) = (_after is null, _after ?? Math.Max(0, await sql.ScalarAsync<long>("LiveChange_Last") - Before));
        var found = new List<Row>();
        if (_missing.Count > 0)
            found.AddRange(await sql.QueryAsync<Row>("LiveChange_Some", new { Ids = JsonSerializer.Serialize(_missing.Keys) }));
        IReadOnlyList<Row> page;
        do
        {
            page = await sql.QueryAsync<Row>("LiveChange_After", new { After = after, Limit = Page });
            foreach (var row in page)
            {
                // After a restart the server may skip thousands of numbers.
                for (var n = Math.Max(after + 1, row.Number - MostMissing); n < row.Number; n++) _missing[n] = at;
                after = row.Number;
            }
            found.AddRange(page);
        }
        while (page.Count == Page);
        // Once everything is read: after a failure they are asked for again.
        foreach (var row in found) _missing.Remove(row.Number);
        foreach (var number in _missing.Where(m => clock.GetElapsedTime(m.Value, at) > LongestCommit).Select(m => m.Key).ToList())
            _missing.Remove(number);
        var lapsed = !first && clock.GetElapsedTime(_readAt, at) > Kept / 2;
        (_after, _readAt) = (after, at);
        return lapsed ? null : [.. found.Where(r => r.NodeId != node.Id).SelectMany(ChangesOf)];
    }

    /// <summary>Deletes rows that every node has read. Returns their number.</summary>
    public static async Task<int> ExpireAsync(UnitOfWork tx) =>
        await tx.ExecuteAsync("LiveChange_Expire", new { Before = tx.Now - Kept, Limit = Page });

    private static IEnumerable<SubjectTopics> ChangesOf(Row row) =>
        JsonSerializer.Deserialize<List<Change>>(row.Changes)!.Select(c => new SubjectTopics(c.S, [.. c.T]));

    /// <param name="S">The subjects of which a reader must see all.</param>
    /// <param name="T">The topics.</param>
    private sealed record Change(IReadOnlyCollection<Guid> S, IReadOnlyList<string> T);

    private sealed record Row
    {
        public required long Number { get; init; }
        public required Guid NodeId { get; init; }
        public required string Changes { get; init; }
    }
}
