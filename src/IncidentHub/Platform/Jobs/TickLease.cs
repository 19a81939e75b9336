using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Jobs;

/// <summary>
/// The lease of a tick, by which one node of several runs it. Whoever holds it renews it each five seconds; the others ask again only when
/// it ends, since nobody else can take it before.
/// </summary>
internal sealed class TickLease(string name, HubNode node, Db db, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(15);
    private (bool Held, long At, TimeSpan For)? _known;

    /// <summary>Whether this node holds the lease; takes it where no other does.</summary>
    public async Task<bool> HoldsAsync(CancellationToken ct)
    {
        var at = clock.GetTimestamp();
        if (_known is { } known && clock.GetElapsedTime(known.At, at) < known.For) return known.Held;
        var lease = await db.ReadAsync(sql => sql.FirstOrDefaultAsync<LeaseRow>("JobLease_Find", new { Name = name }), ct);
        var left = lease is null || lease.Holder == node.Id ? TimeSpan.Zero : lease.LeasedUntil - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            _known = (false, at, left < Lasts ? left : Lasts);
            return false;
        }
        var taken = (await db.WriteAsync<bool>(
            async tx =>
            {
                var args = new { Name = name, Holder = node.Id, tx.Now, Until = tx.Now + Lasts };
                return await tx.ExecuteAsync("JobLease_Take", args) > 0 || await tx.ExecuteAsync("JobLease_Create", args) > 0;
            },
            ct: ct)).Value;
        _known = taken ? (true, at, Lasts / 3) : null;
        return taken;
    }

    private sealed record LeaseRow
    {
        public required Guid Holder { get; init; }
        public required DateTimeOffset LeasedUntil { get; init; }
    }
}
