using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>Who must approve the decision about a program after a change.</summary>
/// <param name="Before">What its open decision requires now; null where none is open that the viewer may see.</param>
public sealed record ApprovalPlan(Guid ProgramId, string Code, Requirement Required, Requirement? Before)
{
    /// <summary>Roles that are required to resume, and were not before.</summary>
    public IReadOnlyList<Approver> AddedToResume => Before is null ? [] : [.. Required.ToResume.Except(Before.ToResume)];

    /// <summary>Roles that are required to terminate, and were not before.</summary>
    public IReadOnlyList<Approver> AddedToTerminate => Before is null ? [] : [.. Required.ToTerminate.Except(Before.ToTerminate)];

    /// <param name="level">The level after the change, by the version of the policy that is current.</param>
    /// <param name="standing">What the program's open decision requires; a change never reduces it.</param>
    /// <param name="sevChanged">Whether the SEV changes, which affects every open decision of the incident.</param>
    /// <returns>Null where no decision is open and none will be.</returns>
    public static ApprovalPlan? For(ProgramPlan program, SevLevel level, Requirement? standing, bool sevChanged)
    {
        var judged = program.Act is PlannedAct.Pause or PlannedAct.Activate or PlannedAct.Propose or PlannedAct.KeepProposed
            || (sevChanged && standing is not null);
        if (!judged) return standing is null ? null : new(program.ProgramId, program.Code, standing, standing);
        var required = Requirement.Of(level);
        return new(program.ProgramId, program.Code, standing?.Or(required) ?? required, standing);
    }
}

/// <summary>
/// The effects of the SEV policy that a page shows before an incident is declared or changed. Rendered by <see cref="PlanText"/>.
/// </summary>
/// <param name="Approvals">One for each program that is, or may become, paused.</param>
public sealed record PolicyPreview(PausePlan Plan, IReadOnlyList<ApprovalPlan> Approvals);
