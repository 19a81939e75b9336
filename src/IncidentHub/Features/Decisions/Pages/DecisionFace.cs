using IncidentHub.Domain.Decisions;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Decisions.Pages;

/// <summary>How a decision's state is shown.</summary>
internal static class DecisionFace
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
        DecisionStatus.Proposed => $"Proposed: {outcome?.Title()}",
        DecisionStatus.Decided => outcome?.Title() ?? "Decided",
    };

    /// <summary>What an outcome does, in one sentence.</summary>
    public static string Does(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Resume => "The pauses are lifted: the program collects again, at once or in stages.",
        DecisionOutcome.ResumeWithConditions => "The pauses are lifted; each condition becomes a task with an owner and a date.",
        DecisionOutcome.StayPausedUntil => "The pauses stay; the question is asked again on the day you name. Nothing lifts by itself.",
        DecisionOutcome.Terminate => "The program ends for good; its datasets get disposal tasks.",
    };
}
