using System.Collections.Concurrent;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;

namespace IncidentHub.Switch.Pauses;

/// <summary>A program whose collectors have seen a higher epoch than the hub has.</summary>
internal sealed record ProgramAhead(ProgramFacts Program, long Epoch, long Collectors, long Highest);

/// <summary>
/// Published query: the programs whose collectors do not trust the hub, because its database was put back to an older state. It reads every
/// collector, so all pages of a node share what was read within some seconds; a renewal that reports such an epoch makes them read again.
/// </summary>
internal sealed class CollectorsAhead : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(10), TellEvery = TimeSpan.FromSeconds(30);
    private readonly ProgramReader _programs;
    private readonly TimeProvider _clock;
    private readonly ReadCache<string, IReadOnlyList<AheadRow>> _rows;
    private readonly ConcurrentDictionary<Guid, long> _told = new();
    private readonly IDisposable _subscription;

    public CollectorsAhead(ProgramReader programs, LiveFeed live, TimeProvider clock)
    {
        (_programs, _clock, _rows) = (programs, clock, new(clock, KeepFor, KeepFor));
        _subscription = live.Subscribe(["programs"], () => _rows.Forget(""));
    }

    public async Task<IReadOnlyList<ProgramAhead>> AllAsync(ISql sql)
    {
        var rows = await _rows.GetAsync(
            "", async (_, _) => await sql.QueryAsync<AheadRow>("Switch_AllAhead", new { EpochTrust.MostAhead }));
        var all = new List<ProgramAhead>();
        foreach (var row in rows!)
        {
            if (await _programs.FindAsync(sql, row.ProgramId) is { } program) all.Add(new(program, row.Epoch, row.Collectors, row.Highest));
        }
        return [.. all.OrderBy(a => a.Program.Code, StringComparer.Ordinal)];
    }

    /// <summary>
    /// A renewal of this transaction reported a higher epoch than the program's. Open pages are told at once, then every half minute while
    /// renewals say so.
    /// </summary>
    public void Seen(UnitOfWork tx, Guid programId)
    {
        var now = _clock.GetTimestamp();
        if (_told.TryGetValue(programId, out var at) && _clock.GetElapsedTime(at, now) < TellEvery) return;
        tx.Touch("programs", $"program:{programId}");
        tx.OnCommitted(() => _told[programId] = now);
    }

    public void Dispose() => _subscription.Dispose();

    private sealed record AheadRow
    {
        public required Guid ProgramId { get; init; }
        public required long Epoch { get; init; }
        public required long Collectors { get; init; }
        public required long Highest { get; init; }
    }
}
