using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Obligations;

/// <summary>An obligation of the incident was added or reopened.</summary>
internal sealed record ObligationUnsettled(Guid IncidentId) : LayerEvent<ObligationUnsettled>;

/// <summary>The records of each event of an obligation.</summary>
internal static class ObligationHistory
{
    public static JournalEntry Of(string code, ObligationState o, DomainEvent happened)
    {
        var (action, title, note, at) = Words(happened);
        return new()
        {
            Action = $"obligation.{action}",
            Subject = $"obligation {code}",
            About = [o.IncidentId],
            Detail = new
            {
                Regime = o.Regime.Code,
                o.Regime.Version,
                Duty = o.DutyKey,
                o.Status,
                o.TriggeredAt,
                o.AwareAt,
                o.DueAt,
                Note = note,
                Reference = happened is NoticeRecorded recorded ? recorded.Notice.Reference : null,
                Before = happened switch { TriggerSet t => t.Before, DueRecomputed d => d.Before, _ => null },
            },
            Timeline =
            [
                new()
                {
                    IncidentId = o.IncidentId,
                    Kind = "obligation",
                    HappenedAt = at,
                    Title = $"{code} {title}: {o.Regime.Name}, {o.Duty.Name}",
                    Body = note,
                    Data = new { Code = code, o.Status, o.DueAt },
                },
            ],
            SubjectTopics = [new([o.IncidentId], ["obligations", $"incident:{o.IncidentId}"])],
            Events = happened is ObligationTracked or ObligationReopened ? [new ObligationUnsettled(o.IncidentId)] : [],
        };
    }

    /// <summary>A short description for a conflict message.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(e => Words(e).Title));

    private static (string Action, string Title, string? Note, DateTimeOffset? At) Words(DomainEvent happened) => happened switch
    {
        ObligationTracked => ("tracked", "added", null, null),
        TriggerSet { Before: null } e => ("triggered", "trigger recorded", e.Note, e.At),
        TriggerSet e => ("trigger-corrected", "trigger corrected", e.Note, null),
        NoticeRecorded e => ("notice-recorded", e.Notice.IsComplete ? "last notice submitted" : "notice submitted",
            e.Notice.Note.Length > 0 ? $"{e.Notice.Reference}\n\n{e.Notice.Note}" : e.Notice.Reference, e.Notice.At),
        ObligationMet => ("met", "met", null, null),
        NotRequiredDecided e => ("not-required", "decided not to notify", e.Reason, null),
        ObligationDelayed e => ("delayed", "postponed on an authority’s request", $"{e.Delay.Authority}\n\n{e.Delay.Reason}", null),
        DelayEnded e => ("delay-ended", "no longer postponed", e.Reason, null),
        ObligationReopened e => ("reopened", "reopened", e.Reason, null),
        DueRecomputed => ("due-recomputed", "due time changed with the public holidays", null, null),
        ObligationLate => ("late", "is late", null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of an obligation."),
    };
}
