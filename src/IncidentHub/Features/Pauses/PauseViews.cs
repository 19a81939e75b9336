using IncidentHub.Domain.Pauses;

namespace IncidentHub.Features.Pauses;

/// <summary>A pause as the API shows it.</summary>
/// <param name="RowsExpiredAt">When the rows about single collectors expired, and with them their proofs; counts stay.</param>
/// <param name="Reason">Null where it belongs to an incident that the viewer may not see: that a program is paused is public, why may not be.</param>
internal sealed record PauseView(
    Guid Id, string Program, PauseStatus Status, PauseOrigin Origin, bool Whole, IReadOnlyList<string> Categories, IReadOnlyList<string> Regions, string? Reason, string? Incident,
    WhoView Placed, DateTimeOffset? Deadline, DateTimeOffset? DrillEndsAt, WhoView? InForce, long? Epoch, DateTimeOffset? GuaranteedAt, DateTimeOffset? FullyStoppedAt,
    int ReleasedShare, WhoView? Ended, string? DeclineReason, string? Decision, int Version, BufferPolicy BufferPolicy, DateTimeOffset? RowsExpiredAt)
{
    public static PauseView Of(PauseFacts facts, string programCode, PauseWhy why, DateTimeOffset? rowsExpiredAt)
    {
        var p = facts.State;
        return new(
            p.Id, programCode, p.Status, p.Origin, p.Scope.IsWhole, p.Scope.Categories, p.Scope.Regions, why.Shown ? p.Reason : null, why.IncidentCode,
            WhoView.Of(p.Placed)!, p.Deadline, p.DrillEndsAt, WhoView.Of(p.InForce), p.Epoch, p.GuaranteedAt, facts.FullyStoppedAt,
            p.ReleasedShare, WhoView.Of(p.Ended), why.Shown ? p.DeclineReason : null, p.Decision?.Label, p.Version, p.Buffers, rowsExpiredAt);
    }
}

internal sealed record WhoView(string By, DateTimeOffset At)
{
    public static WhoView? Of(By? by) => by is null ? null : new(by.Name, by.At);
}

/// <summary>Whether the viewer may know why a program is paused, and the incident's code where there is one.</summary>
internal sealed record PauseWhy(bool Shown, string? IncidentCode, string? IncidentTitle, Domain.Sev? Sev)
{
    public static readonly PauseWhy NoIncident = new(true, null, null, null);
    public static readonly PauseWhy Hidden = new(false, null, null, null);
}

/// <summary>How far the stop has got.</summary>
/// <param name="TimeToFullStopSeconds">From the pause to the last proven stop; null until all are proven.</param>
/// <param name="Curve">How many had stopped by then, cumulated.</param>
/// <param name="Outstanding">Those not proven, for who may see collectors; null for others.</param>
/// <param name="RowsExpiredAt">When the rows about single collectors expired; counts and curve stay.</param>
internal sealed record StopReportView(
    PauseView Pause, long Population, long Confirmed, long Assured, long Pending, long Violating, int Idle, int Revoked,
    DateTimeOffset? GuaranteedAt, DateTimeOffset? FullStopAt, double? TimeToFullStopSeconds, IReadOnlyList<CurveView> Curve, IReadOnlyList<OutstandingView>? Outstanding,
    DateTimeOffset? RowsExpiredAt, string? ProofsSha256);

internal sealed record CurveView(double AfterSeconds, long Stopped);

internal sealed record OutstandingView(string Collector, DateTimeOffset? LastHeardAt, DateTimeOffset PermitExpiresAt, StopProof Proof);
