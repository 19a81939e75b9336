using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Pauses;

/// <summary>A pause in responses of the API.</summary>
/// <param name="RowsExpiredAt">When the rows about single collectors expired, and with them their proofs; counts stay.</param>
/// <param name="Reason">Null where it belongs to an incident that the viewer may not see: that a program is paused is visible to everybody,
/// the reason may not be.</param>
internal sealed record PauseView(
    Guid Id, string Program, PauseStatus Status, PauseOrigin Origin, bool Whole,
        IReadOnlyList<string> Categories, IReadOnlyList<string> Regions, string? Reason, string? Incident,
    WhoView Placed, DateTimeOffset? Deadline, DateTimeOffset? DrillEndsAt, WhoView? Activated, long? Epoch, DateTimeOffset? GuaranteedAt,
        DateTimeOffset? FullyStoppedAt,
    int ReleasedShare, WhoView? Ended, string? DeclineReason, string? Decision, int Version, BufferPolicy BufferPolicy,
        DateTimeOffset? RowsExpiredAt)
{
    public static PauseView Of(PauseFacts facts, string programCode, PauseWhy why, DateTimeOffset? rowsExpiredAt)
    {
        var p = facts.State;
        return new(
            p.Id, programCode, p.Status, p.Origin, p.Scope.IsWhole, p.Scope.Categories, p.Scope.Regions, why.Shown
                ? p.Reason : null, why.IncidentCode,
            WhoView.Of(p.Placed)!, p.Deadline, p.DrillEndsAt, WhoView.Of(p.Activated), p.Epoch, p.GuaranteedAt, facts.FullyStoppedAt,
            p.ReleasedShare, WhoView.Of(p.Ended), why.Shown ? p.DeclineReason : null, p.Decision?.Label, p.Version,
                p.Buffers, rowsExpiredAt);
    }
}

internal sealed record WhoView(string By, DateTimeOffset At)
{
    public static WhoView? Of(By? by) => by is null ? null : new(by.Name, by.At);
}

/// <summary>Whether the viewer may see why a program is paused, and the incident's code where there is one.</summary>
internal sealed record PauseWhy(bool Shown, string? IncidentCode, string? IncidentTitle, Domain.Sev? Sev)
{
    public static readonly PauseWhy NoIncident = new(true, null, null, null);
    public static readonly PauseWhy Hidden = new(false, null, null, null);
}

/// <summary>
/// The progress of the stop. The counts are null in the response to a command; they are available when the pause is read.
/// </summary>
internal sealed record StopReportView
{
    public required PauseView Pause { get; init; }

    /// <summary>The collectors that held a permit when the pause became active; each is counted in one of the following four.</summary>
    public long? Population { get; init; }
    public long? Confirmed { get; init; }
    public long? Assured { get; init; }
    public long? Pending { get; init; }
    public long? Violating { get; init; }
    public int? Idle { get; init; }
    public int? Revoked { get; init; }
    public required DateTimeOffset? GuaranteedAt { get; init; }
    public DateTimeOffset? FullStopAt { get; init; }

    /// <summary>From the pause to the last proven stop; null until all are proven.</summary>
    public double? TimeToFullStopSeconds { get; init; }

    /// <summary>How many had stopped by then, cumulative.</summary>
    public IReadOnlyList<CurveView> Curve { get; init; } = [];

    /// <summary>Pending collectors, for viewers who may see collectors; null for others.</summary>
    public IReadOnlyList<PendingCollectorView>? PendingCollectors { get; init; }

    /// <summary>When the rows about single collectors expired; counts and curve are kept.</summary>
    public DateTimeOffset? RowsExpiredAt { get; init; }
    public string? ProofsSha256 { get; init; }

    public static StopReportView Uncounted(PauseView pause) => new() { Pause = pause, GuaranteedAt = pause.GuaranteedAt };
}

internal sealed record CurveView(double AfterSeconds, long Stopped);

internal sealed record PendingCollectorView(string Collector, DateTimeOffset? LastHeardAt, DateTimeOffset PermitExpiresAt, StopProof Proof);
