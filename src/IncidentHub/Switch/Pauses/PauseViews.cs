using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// A pause as the API and the pages show it. Of a pause whose incident the viewer may not see there is the public projection only: since
/// when the program is paused, the scope, the epoch, the guaranteed stop time and the stop report. All else is null.
/// </summary>
/// <param name="Activated">Without a name in the public projection.</param>
/// <param name="Ended">Without a name in the public projection.</param>
/// <param name="Deadline">Of a proposal: when it becomes active unless it is declined.</param>
/// <param name="RowsExpiredAt">When the rows about single collectors expired, and with them their proofs; counts stay.</param>
internal sealed record PauseView(
    Guid Id, string Program, PauseStatus Status, PauseOrigin? Origin, bool Whole,
        IReadOnlyList<string> Categories, IReadOnlyList<string> Regions, string? Reason, string? Incident,
    WhoView? Placed, DateTimeOffset? Deadline, DateTimeOffset? DrillEndsAt, WhoView? Activated, long? Epoch, DateTimeOffset? GuaranteedAt,
        DateTimeOffset? FullyStoppedAt,
    int ReleasedShare, WhoView? Ended, string? DeclineReason, string? Decision, int? Version, BufferPolicy? BufferPolicy,
        DateTimeOffset? RowsExpiredAt)
{
    [JsonIgnore]
    public PauseWhy Why { get; private init; } = PauseWhy.Hidden;

    public static PauseView Of(PauseFacts facts, string programCode, PauseWhy why, DateTimeOffset? rowsExpiredAt) =>
        Of(facts.State, programCode, why) with { FullyStoppedAt = facts.FullyStoppedAt, RowsExpiredAt = rowsExpiredAt };

    /// <summary>Without what is known only when the stop report is read.</summary>
    public static PauseView Of(PauseState p, string programCode, PauseWhy why)
    {
        if (!why.Shown) return PublicOf(p, programCode);
        return new(
            p.Id, programCode, p.Status, p.Origin, p.Scope.IsWhole, p.Scope.Categories, p.Scope.Regions, p.Reason, why.IncidentCode,
            WhoView.Of(p.Placed), p.Deadline, p.DrillEndsAt, WhoView.Of(p.Activated), p.Epoch, p.GuaranteedAt, null, p.ReleasedShare,
            WhoView.Of(p.Ended), p.DeclineReason, p.Decision?.Label, p.Version, p.Buffers, null)
        {
            Why = why,
        };
    }

    // The only place that decides what everybody in the company may know of a pause.
    private static PauseView PublicOf(PauseState p, string programCode) => new(
        p.Id, programCode, p.Status, null, p.Scope.IsWhole, p.Scope.Categories, p.Scope.Regions, null, null, null,
        // A proposal is shown to those who may decline it, until its deadline.
        p.Status == PauseStatus.Proposed ? p.Deadline : null, null, WhoView.Nobody(p.Activated), p.Epoch, p.GuaranteedAt, null,
        p.ReleasedShare, WhoView.Nobody(p.Ended), null, null, null, null, null);
}

/// <param name="By">Null where the viewer may not see why.</param>
internal sealed record WhoView(string? By, DateTimeOffset At)
{
    public static WhoView? Of(By? by) => by is null ? null : new(by.Name, by.At);

    public static WhoView? Nobody(By? by) => by is null ? null : new(null, by.At);
}

/// <summary>Whether the viewer may see why a program is paused, and the incident's code where there is one.</summary>
internal sealed record PauseWhy(bool Shown, string? IncidentCode, string? IncidentTitle, Domain.Sev? Sev)
{
    public static readonly PauseWhy NoIncident = new(true, null, null, null);
    public static readonly PauseWhy Hidden = new(false, null, null, null);

    /// <summary>
    /// Whether the pause exists for this viewer. That a program is paused is visible to everybody; that a pause was proposed because of an
    /// incident is visible to those who may see the incident, and to those who may decline the proposal.
    /// </summary>
    /// <param name="relation">The viewer's relation to the program.</param>
    public bool Exists(PauseState pause, Actor viewer, Relation relation) => Shown || pause.Activated is not null
        || (pause.Status == PauseStatus.Proposed && AccessTable.Allows(viewer, Act.DeclinePause, relation));
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
