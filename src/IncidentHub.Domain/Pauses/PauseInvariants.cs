namespace IncidentHub.Domain.Pauses;

/// <summary>
/// Invariants of a pause. The property tests check them after every command; the database repeats what a CHECK can express.
/// </summary>
public static class PauseInvariants
{
    /// <summary>Why this state is impossible, or null.</summary>
    public static string? Broken(PauseState p) => Rules.FirstOrDefault(r => !r.Holds(p)).Name;

    private static readonly (string Name, Func<PauseState, bool> Holds)[] Rules =
    [
        ("a proposed pause has a deadline after it was placed", p => p.Status != PauseStatus.Proposed || p.Deadline > p.Placed.At),
        ("a drill is never proposed nor declined", p => !p.IsDrill || p.Status is PauseStatus.Active or PauseStatus.Lifted),
        ("a drill seals nothing", p => !p.IsDrill || p.Buffers == BufferPolicy.Hold),
        ("a drill belongs to no incident", p => !p.IsDrill || p.Cause is null),
        ("an activation has an epoch and a guaranteed stop time, or none of the three is set",
            p => p.Activated is null ? p.Epoch is null && p.GuaranteedAt is null : p.Epoch > 0 && p.GuaranteedAt >= p.Activated.At),
        ("an active or lifted pause was activated", p => p.Status is not (PauseStatus.Active or PauseStatus.Lifted)
            || p.Activated is not null),
        ("a proposed or declined pause was never activated", p =>
            p.Status is not (PauseStatus.Proposed or PauseStatus.Declined) || p.Activated is null),
        ("only a final pause has an end", p => p.IsOpen == p.Ended is null),
        ("it ends after it began", p => p.Ended is null || p.Ended.At >= (p.Activated ?? p.Placed).At),
        ("only a declined pause has a reason for declining", p => (p.Status == PauseStatus.Declined) == p.DeclineReason is not null),
        ("lifted means a final decision or the planned end of a drill",
            p => p.Status != PauseStatus.Lifted || (p.IsDrill ? p.Decision is null && p.Ended!.At >= p.DrillEndsAt : p.Decision
                is { } d && d.Id != Guid.Empty)),
        ("only a lifted pause names a decision", p => p.Decision is null || p.Status == PauseStatus.Lifted),
        ("only an active pause has a released share", p =>
            p.ReleasedShare == 0 || (p.Status == PauseStatus.Active && p.ReleasedShare is > 0 and < 100)),
    ];
}
