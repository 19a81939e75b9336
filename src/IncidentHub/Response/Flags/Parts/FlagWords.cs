using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Response.Flags.Parts;

/// <summary>The display texts of a flag's answers and states.</summary>
internal static class FlagWords
{
    public static readonly IReadOnlyList<Choice<DataAnswer?>> Data =
    [
        new(DataAnswer.Sensitive, "Private or sensitive", "conversations, health, pay, performance, passwords"),
        new(DataAnswer.Ordinary, "Other data", "about people or business, none of that"),
        new(DataAnswer.Question, "No data", "a question, or it nearly happened"),
        new(DataAnswer.NotSure, "Not sure"),
    ];

    public static readonly IReadOnlyList<Choice<AudienceAnswer?>> Audience =
    [
        new(AudienceAnswer.Team, "Only a team"),
        new(AudienceAnswer.WholeCompany, "Anyone in the company"),
        new(AudienceAnswer.OutsideCompany, "People outside"),
        new(AudienceAnswer.Nobody, "Nobody who should not"),
        new(AudienceAnswer.NotSure, "Not sure"),
    ];

    public static readonly IReadOnlyList<Choice<StillOpenAnswer?>> StillOpen =
        [new(StillOpenAnswer.Yes, "Yes"), new(StillOpenAnswer.No, "No"), new(StillOpenAnswer.NotSure, "Not sure")];

    public static string Of(DataAnswer answer) => Data.First(c => c.Value == answer).Text;

    public static string Of(AudienceAnswer answer) => Audience.First(c => c.Value == answer).Text;

    public static string Of(StillOpenAnswer answer) => StillOpen.First(c => c.Value == answer).Text;

    public static string Of(FlagStatus status) => status switch
    {
        FlagStatus.Waiting => "Waiting",
        FlagStatus.Acknowledged => "Acknowledged",
        FlagStatus.Declared => "Incident declared",
        FlagStatus.Merged => "Merged",
        FlagStatus.Dismissed => "Dismissed",
    };

    public static Tone ToneOf(FlagStatus status) => status switch
    {
        FlagStatus.Waiting => Tone.Bad,
        FlagStatus.Acknowledged => Tone.Accent,
        FlagStatus.Declared or FlagStatus.Merged or FlagStatus.Dismissed => Tone.Neutral,
    };

    /// <summary>«SEV 2 Major. A responder answers within 30 min.»</summary>
    public static string NextStep(Sev sev, SevPolicy policy) =>
        $"Suggested: {sev.Label()}. A responder answers within {policy[sev].Acknowledge.Label}.";
}
