using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// The state of a program's switch when it was read. Permits are evaluated against it, and issued only if the epoch is still the same when
/// they are recorded.
/// </summary>
/// <param name="IsPopulationPending">The population of an active pause was still to be written: it is read from the permits issued last, so
/// no newer one may be recorded before it is.</param>
/// <param name="IsUnconfirmed">The hub was restored from a backup, and nobody has confirmed yet what may be collected: nothing.</param>
internal sealed record SwitchSnapshot(ProgramFacts Program, long Epoch, IReadOnlyList<PauseState> Pauses, bool IsPopulationPending,
    bool IsUnconfirmed)
{
    /// <summary>What this collector may collect now.</summary>
    public IReadOnlyList<string> Allowed(Enrolment enrolment, int bucket) => Program.Lifecycle == ProgramLifecycle.Live && !IsUnconfirmed
        ? Allowance.Categories(Enrolled(enrolment), enrolment.Region, Pauses, bucket)
        : [];

    /// <summary>The active pauses that forbid this collector something that it was enrolled for.</summary>
    public IReadOnlyList<PauseState> Stopping(Enrolment enrolment, int bucket) =>
        Allowance.Covering(Enrolled(enrolment), enrolment.Region, Pauses, bucket);

    private IReadOnlyList<string> Enrolled(Enrolment enrolment) =>
        enrolment.Categories.Count == 0 ? Program.Categories : [.. Program.Categories.Where(enrolment.Categories.Contains)];
}

/// <summary>
/// Keeps one snapshot per program for all its collectors. A stale one does no harm: the epoch is compared in the transaction; settings are
/// at most a few seconds old.
/// </summary>
internal sealed class SwitchSnapshots
{
    private readonly Db _db;
    private readonly ProgramReader _programs;
    private readonly PauseReader _pauses;
    private readonly ReadCache<Guid, SwitchSnapshot> _kept;

    public SwitchSnapshots(Db db, ProgramReader programs, PauseReader pauses, CommitFeed commits, TimeProvider clock)
    {
        (_db, _programs, _pauses, _kept) = (db, programs, pauses, new(clock, TimeSpan.FromSeconds(5)));
        commits.Committed += announced =>
        {
            if (announced is SwitchRaised raised) Drop(raised.ProgramId);
        };
    }

    public async ValueTask<SwitchSnapshot> GetAsync(Guid programId) =>
        (await _kept.GetAsync(programId, async (id, ct) => await _db.ReadAsync(sql => ReadAsync(sql, id), ct)))!;

    public void Drop(Guid programId) => _kept.Forget(programId);

    // The epoch first: pauses read after it can only be newer, and then the epoch is refused when permits are recorded.
    private async Task<SwitchSnapshot> ReadAsync(ISql sql, Guid programId)
    {
        var (epoch, unconfirmedSince) = await ProgramSwitch.StandingAsync(sql, programId);
        var program = await _programs.FindAsync(sql, programId)
            ?? throw new InvalidOperationException("A collector is enrolled for a program that does not exist.");
        var open = await _pauses.OpenOfProgramAsync(sql, programId);
        return new(program, epoch, [.. open.Where(p => p.Status == PauseStatus.Active).Select(p => p.State)],
            open.Any(p => p.IsPopulationPending), unconfirmedSince is not null);
    }
}
