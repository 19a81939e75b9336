using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>What the SEV policy does to one program.</summary>
public enum PlannedAct
{
    /// <summary>Nothing: the level requires no pause, the program is downstream, or no longer involved.</summary>
    None,

    /// <summary>Nothing by itself: the level recommends a pause.</summary>
    Recommend,

    /// <summary>A pause is proposed; it becomes active at its deadline.</summary>
    Propose,

    /// <summary>A pause is placed and active at once.</summary>
    Pause,

    /// <summary>The proposed pause becomes active at once.</summary>
    Activate,

    /// <summary>The proposed pause stays proposed.</summary>
    KeepProposed,

    /// <summary>The active pause stays active.</summary>
    KeepActive,

    /// <summary>The proposed pause is withdrawn: the program is no longer involved.</summary>
    Withdraw,

    /// <summary>Nothing: the owner declined or a decision lifted the pause, in this cycle and at this level or a more severe one.</summary>
    Answered,

    /// <summary>Nothing: the program is terminated.</summary>
    Terminated,
}

/// <summary>The facts about a program that a plan needs.</summary>
/// <param name="Kind">Null where the program is no longer involved.</param>
/// <param name="Pauses">The incident's pauses of this program, oldest first, including ended ones.</param>
public sealed record LinkedProgram(Guid Id, string Code, Involvement? Kind, ProgramLifecycle Lifecycle, IReadOnlyList<PauseState> Pauses)
{
    /// <summary>How long a stop can take: <see cref="Guarantee.Bound(TimeSpan, TimeSpan)"/>; null where it must not be shown.</summary>
    public TimeSpan? StopBound { get; init; }

    /// <summary>Whether a staged resume is under way, of a pause of any incident.</summary>
    public bool IsResuming { get; init; }
}

/// <summary>The effect on one program, decided only here: pages preview it, and the policy is carried out from it.</summary>
public sealed record ProgramPlan(Guid ProgramId, string Code, Involvement? Kind, PlannedAct Act)
{
    /// <summary>When a proposed pause becomes active: <see cref="PlannedAct.Propose"/>, <see cref="PlannedAct.KeepProposed"/>.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How long the owner has to decline, for <see cref="PlannedAct.Propose"/>.</summary>
    public TimeSpan? DeclineWithin { get; init; }

    /// <summary>The existing pause that is kept, activated or withdrawn.</summary>
    public Guid? PauseId { get; init; }

    /// <summary>Whether the pause that is kept counts for a new cycle.</summary>
    public bool Reasserts { get; init; }

    /// <summary>For <see cref="PlannedAct.Answered"/>: declined or lifted.</summary>
    public PauseStatus? AnsweredBy { get; init; }

    /// <summary>Whether a staged resume of the program stops, and every collector with it.</summary>
    public bool StopsStagedResume { get; init; }

    /// <summary>How long the stop can take, where collection stops.</summary>
    public TimeSpan? StopBound { get; init; }

    /// <summary>Whether current collection stops at once.</summary>
    public bool StopsAtOnce => Act is PlannedAct.Pause or PlannedAct.Activate || StopsStagedResume;

    /// <summary>
    /// What the policy does, given this incident's pauses of this program. It is idempotent: after it was carried out, everything is kept.
    /// </summary>
    /// <param name="cause">The incident, its cycle and its SEV, after the change.</param>
    public static ProgramPlan For(SevLevel level, PauseCause cause, LinkedProgram program, DateTimeOffset now)
    {
        var plan = new ProgramPlan(program.Id, program.Code, program.Kind, PlannedAct.None);
        if (program.Lifecycle == ProgramLifecycle.Terminated) return plan with { Act = PlannedAct.Terminated };
        var required = Required(level.Pause, program.Kind);
        if (program.Pauses.LastOrDefault(p => p.IsOpen && !p.IsDrill && p.Scope.IsWhole) is { } standing)
        {
            plan = plan with { PauseId = standing.Id };
            return standing.Status == PauseStatus.Proposed
                ? Proposed(plan, required, cause, standing, now)
                : plan with { Act = PlannedAct.KeepActive, Reasserts = IsNewCycle(cause, standing) };
        }
        if (Answer(required, cause, program.Pauses) is { } answer) return plan with { Act = PlannedAct.Answered, AnsweredBy = answer };
        if (required != PlannedAct.Propose) return plan with { Act = required };
        var within = level.Pause == PauseMode.Proposed && level.ProposalDeadline?.Nominal is { } asked ? asked : PauseRules.DefaultDeadline;
        return plan with { Act = PlannedAct.Propose, DeclineWithin = within, Deadline = now + within };
    }

    private static ProgramPlan Proposed(ProgramPlan plan, PlannedAct required, PauseCause cause, PauseState standing, DateTimeOffset now)
    {
        if (required == PlannedAct.Pause) return plan with { Act = PlannedAct.Activate };
        // The policy withdraws only its own proposals, and only while they can be declined. With a lower SEV the owner decides.
        return plan.Kind is null or Involvement.Downstream && standing.Origin == PauseOrigin.Policy && now < standing.Deadline
            ? plan with { Act = PlannedAct.Withdraw }
            : plan with { Act = PlannedAct.KeepProposed, Deadline = standing.Deadline, Reasserts = IsNewCycle(cause, standing) };
    }

    private static PlannedAct Required(PauseMode mode, Involvement? involvement) => (mode, involvement) switch
    {
        (PauseMode.AtOnce, Involvement.Source) => PlannedAct.Pause,
        (PauseMode.AtOnce, Involvement.Suspected) => PlannedAct.Propose,
        (PauseMode.Proposed, Involvement.Source or Involvement.Suspected) => PlannedAct.Propose,
        (PauseMode.Recommended, Involvement.Source or Involvement.Suspected) => PlannedAct.Recommend,
        _ => PlannedAct.None,
    };

    // Answers of people in this cycle remain until the incident gets worse or is reopened; otherwise any change of a link would undo them.
    // An owner's decline answers a proposal only; a withdrawal (by the hub) answers nothing.
    private static PauseStatus? Answer(PlannedAct required, PauseCause cause, IReadOnlyList<PauseState> pauses) =>
        required != PlannedAct.None
        && pauses.LastOrDefault(p => !p.IsDrill && p.Scope.IsWhole && !p.IsOpen && !IsWithdrawn(p)) is { Cause: { } was } last
        && was.Cycle == cause.Cycle && was.Sev <= cause.Sev
        && (last.Status == PauseStatus.Lifted || required != PlannedAct.Pause)
            ? last.Status
            : null;

    private static bool IsNewCycle(PauseCause cause, PauseState standing) => cause.Cycle > standing.Cause!.Cycle;

    private static bool IsWithdrawn(PauseState p) => p is { Status: PauseStatus.Declined, Ended.Id: var by } && by == Guid.Empty;
}
