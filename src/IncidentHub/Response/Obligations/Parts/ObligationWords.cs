using IncidentHub.Domain.Obligations;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Response.Obligations.Parts;

/// <summary>Words of obligations for people.</summary>
internal static class ObligationWords
{
    public static string Of(ObligationStatus status) => status switch
    {
        ObligationStatus.NotTriggered => "Not triggered",
        ObligationStatus.Open => "Open",
        ObligationStatus.Met => "Met",
        ObligationStatus.NotRequired => "Not required",
        ObligationStatus.Delayed => "Postponed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An unknown status."),
    };

    public static Tone ToneOf(ObligationView o) => o.Late ? Tone.Bad : o.Status switch
    {
        ObligationStatus.Open => Tone.Warn,
        ObligationStatus.Met => Tone.Ok,
        ObligationStatus.Delayed => Tone.Accent,
        _ => Tone.Neutral,
    };

    /// <summary>The trigger fact as a label of its time.</summary>
    public static string Of(TriggerFact trigger) => trigger switch
    {
        TriggerFact.Awareness => "Aware of the breach with reasonable certainty",
        TriggerFact.Discovery => "Breach discovered",
        TriggerFact.HighRisk => "High risk judged",
        TriggerFact.SignificantIncident => "Aware that the incident is significant",
        TriggerFact.MajorIncident => "Classified as major",
        TriggerFact.Materiality => "Determined to be material",
        TriggerFact.EarlierNotice => "Earlier notice submitted",
        TriggerFact.Contract => "As the contract says",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "An unknown trigger."),
    };

    /// <summary>«72 h», «4 business days»; without a number «without undue delay», of a contract «as written».</summary>
    public static string Term(string? term, TriggerFact trigger) => ClockTerm.TryParse(term, out var known) ? known.Label
        : trigger == TriggerFact.Contract ? "as written" : "without undue delay";

    /// <summary>The term of a duty with its limits: «4 h, at most 24 h from awareness, from 500 people».</summary>
    public static string Term(Duty duty) => string.Join(", ", new[]
    {
        Term(duty.Due?.ToString(), duty.Trigger),
        duty.AtMostFromAwareness is { } most ? $"at most {most.Label} from awareness" : null,
        duty.MoreThanSubjects is { } people ? $"from {people + 1:N0} people" : null,
    }.OfType<string>());
}
