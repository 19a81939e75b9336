using IncidentHub.Domain.Obligations;

namespace IncidentHub.Response.Obligations;

/// <summary>A notice as pages and the API show it.</summary>
public sealed record NoticeView(
    DateTimeOffset At, string Reference, string Note, bool IsComplete, DateTimeOffset RecordedAt, string RecordedBy);

public sealed record DelayView(string Authority, string Reason, DateTimeOffset? Until);

/// <summary>An obligation as pages and the API show it.</summary>
public sealed record ObligationView
{
    /// <summary>«O-12».</summary>
    public required string Code { get; init; }
    public required string Incident { get; init; }
    public required string Regime { get; init; }
    public required int RegimeVersion { get; init; }
    public required string RegimeName { get; init; }
    public required string Duty { get; init; }
    public required string Name { get; init; }

    /// <summary>What the notice must say.</summary>
    public required string Says { get; init; }

    public required ObligationStatus Status { get; init; }
    public required TriggerFact Trigger { get; init; }

    /// <summary>The term: «72 h», «60 d», «4 bd», «1 mo». Null: without undue delay.</summary>
    public required string? Term { get; init; }
    public required DateTimeOffset? TriggeredAt { get; init; }
    public required DateTimeOffset? AwareAt { get; init; }
    public required string? TriggerNote { get; init; }
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>While it is not triggered: when it would be due if the trigger had come about when the incident was detected.</summary>
    public required DateTimeOffset? WorstCaseDueAt { get; init; }
    public required bool Late { get; init; }
    public required IReadOnlyList<NoticeView> Notices { get; init; }
    public required string? NotRequiredReason { get; init; }
    public required DelayView? Delay { get; init; }
    public required string Source { get; init; }
    public required DateOnly CheckedOn { get; init; }
    public required int Version { get; init; }

    /// <param name="worst">See <see cref="WorstCaseDueAt"/>.</param>
    internal static ObligationView Of(ObligationRow row, ObligationState o, DateTimeOffset? worst, DateTimeOffset now) => new()
    {
        Code = row.Code,
        Incident = row.IncidentCode,
        Regime = o.Regime.Code,
        RegimeVersion = o.Regime.Version,
        RegimeName = o.Regime.Name,
        Duty = o.DutyKey,
        Name = o.Duty.Name,
        Says = o.Duty.Says,
        Status = o.Status,
        Trigger = o.Duty.Trigger,
        Term = o.Duty.Due?.ToString(),
        TriggeredAt = o.TriggeredAt,
        AwareAt = o.AwareAt,
        TriggerNote = o.TriggerNote,
        DueAt = o.DueAt,
        WorstCaseDueAt = worst,
        Late = o.IsLate(now),
        Notices = [.. o.Notices.Select(n => new NoticeView(n.At, n.Reference, n.Note, n.IsComplete, n.RecordedAt, n.By))],
        NotRequiredReason = o.NotRequiredReason,
        Delay = o.Delay is { } d ? new(d.Authority, d.Reason, d.Until) : null,
        Source = o.Regime.Source,
        CheckedOn = o.Regime.CheckedOn,
        Version = o.Version,
    };
}

/// <summary>A regime that the exposures of an incident suggest and that is not on its list yet.</summary>
/// <param name="Because">What of the exposures matched.</param>
internal sealed record ProposalView(string Regime, string Name, string Because, IReadOnlyList<string> Duties);
