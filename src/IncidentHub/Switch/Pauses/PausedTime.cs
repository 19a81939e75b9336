using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>How long a program was paused, without drills.</summary>
internal sealed record PausedTime(Guid ProgramId, TimeSpan Total)
{
    /// <summary>
    /// Published query: paused time of each program in a period, longest first. Pauses that were active at the same time count once.
    /// </summary>
    public static async Task<IReadOnlyList<PausedTime>> SinceAsync(ISql sql, DateTimeOffset from, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<Row>("Pause_Spans", new { From = from }))
            .GroupBy(r => r.ProgramId)
            .Select(g =>
                new PausedTime(g.Key, Union(g.Select(r => (From: r.ActivatedAt < from ? from : r.ActivatedAt, To: r.EndedAt ?? now)))))
            .OrderByDescending(p => p.Total)];

    private static TimeSpan Union(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        var total = TimeSpan.Zero;
        var until = DateTimeOffset.MinValue;
        foreach (var (from, to) in spans.OrderBy(s => s.From))
        {
            var begin = from > until ? from : until;
            if (to <= begin) continue;
            total += to - begin;
            until = to;
        }
        return total;
    }

    private sealed record Row
    {
        public required Guid ProgramId { get; init; }
        public required DateTimeOffset ActivatedAt { get; init; }
        public required DateTimeOffset? EndedAt { get; init; }
    }
}
