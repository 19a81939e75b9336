using IncidentHub.Domain.Decisions;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Decisions.Parts;

/// <summary>How a decision's state is shown.</summary>
internal static class OutcomeText
{
    public static Tone ToneOf(DecisionStatus status, DecisionOutcome? outcome) => status switch
    {
        DecisionStatus.Preparing => Tone.Neutral,
        DecisionStatus.Proposed => Tone.Accent,
        DecisionStatus.Decided => outcome switch
        {
            DecisionOutcome.Resume or DecisionOutcome.ResumeWithConditions => Tone.Ok,
            DecisionOutcome.Terminate => Tone.Bad,
            _ => Tone.Warn,
        },
    };

    public static string Name(DecisionStatus status, DecisionOutcome? outcome) => status switch
    {
        DecisionStatus.Preparing => "Preparing",
        DecisionStatus.Proposed => $"Recommended: {outcome?.Title()}",
        DecisionStatus.Decided => outcome?.Title() ?? "Decided",
    };

    /// <summary>The effect of an outcome, in one sentence.</summary>
    public static string Does(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Resume => "The pauses are lifted: the program collects again, at once or in stages.",
        DecisionOutcome.ResumeWithConditions => "The pauses are lifted; each condition becomes a task with an owner and a due date.",
        DecisionOutcome.StayPausedUntil => "The pauses stay. The decision is due again on the date you choose; nothing is lifted before.",
        DecisionOutcome.Terminate => "The program is terminated permanently; its datasets get disposal tasks.",
    };
}
