using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Decisions;

/// <summary>The names of outcomes and capacities on pages and timelines.</summary>
internal static class Words
{
    public static string Title(this DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Resume => "Resume",
        DecisionOutcome.ResumeWithConditions => "Resume with conditions",
        DecisionOutcome.StayPausedUntil => "Stay paused until…",
        DecisionOutcome.Terminate => "Terminate",
    };

    public static string Title(this Approver capacity) => capacity switch
    {
        Approver.Owner => "Program owner",
        Approver.Privacy => "Privacy",
        Approver.Executive => "Executive",
        Approver.Second => "Privacy or executive",
    };

    public static string Title(this OpinionRole role) => role switch
    {
        OpinionRole.DataProtectionOfficer => "Data protection officer",
        OpinionRole.WorksCouncil => "Works council",
    };

    public static string Title(this OpinionPosition position) => position switch
    {
        OpinionPosition.NoObjection => "No objection",
        OpinionPosition.NoObjectionWithConditions => "No objection with conditions",
        OpinionPosition.Objection => "Objection",
        OpinionPosition.NoPosition => "No position",
    };
}
