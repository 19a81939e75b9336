using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>
/// What the SEV policy does when an incident is declared, or when its SEV, links or cycle change: to pauses and clocks. The policy is
/// carried out from this plan, and pages preview it.
/// </summary>
/// <param name="Level">The level after the change, by the policy version of the cycle.</param>
/// <param name="LevelBefore">The level before it; null for a new incident.</param>
/// <param name="Cause">The incident, its cycle and its SEV after the change.</param>
/// <param name="StopsStagedResumes">Whether every staged resume of the involved programs stops because of new information.</param>
/// <param name="Reopened">Whether the change reopens the incident.</param>
public sealed record PausePlan(
    SevLevel Level, SevLevel? LevelBefore, PauseCause Cause, IReadOnlyList<ProgramPlan> Programs, ClockPlan Clocks, bool StopsStagedResumes,
    bool Reopened)
{
    /// <summary>The programs whose staged resume would stop.</summary>
    public IEnumerable<Guid> RecalledPrograms =>
        StopsStagedResumes ? Programs.Where(p => IsRecalled(p.Kind)).Select(p => p.ProgramId) : [];

    /// <summary>The plan of an incident that is about to be declared.</summary>
    /// <param name="programs">Without pauses: a new incident has none.</param>
    /// <param name="exposes">Whether datasets are linked.</param>
    public static PausePlan ForDeclaration(
        SevPolicy policy, Sev sev, IReadOnlyList<LinkedProgram> programs, bool exposes, DateTimeOffset now)
    {
        var clocks = ClockPlan.For(null, policy[sev], IncidentStatus.Investigating, now, null);
        return For(policy[sev], null, new(Guid.Empty, 1, sev, policy.Version), programs, exposes, false, clocks, now);
    }

    /// <summary>The plan of a change that <see cref="IncidentRules"/> accepted.</summary>
    /// <param name="before">The incident before it, with its level; null for a declaration.</param>
    /// <param name="after">The incident after it, with its level.</param>
    /// <param name="events">What happened.</param>
    /// <param name="programs">The involved programs, and the formerly involved ones with an open pause of this incident.</param>
    /// <param name="lastUpdate">The incident's last update, or null.</param>
    public static PausePlan ForChange(
        (IncidentState State, SevLevel Level)? before, (IncidentState State, SevLevel Level) after, IReadOnlyList<DomainEvent> events,
        IReadOnlyList<LinkedProgram> programs, DateTimeOffset? lastUpdate, DateTimeOffset now)
    {
        var state = after.State;
        var reopened = events.Any(e => e is IncidentReopened);
        // Independent of the SEV: new information stops every release.
        var news = events.Any(e => e is IncidentDeclared or ExposureAdded or InvolvementAdded);
        var recalls = reopened || (news && state.Exposures.Any(e => e.IsActive));
        var cause = new PauseCause(state.Id, state.Current.Number, state.Sev, state.Current.PolicyVersion);
        var clocks = ClockPlan.For(before?.Level, after.Level, state.Status, state.Current.Opened, lastUpdate);
        return For(after.Level, before?.Level, cause, programs, recalls, reopened, clocks, now);
    }

    private static PausePlan For(
        SevLevel level, SevLevel? before, PauseCause cause, IReadOnlyList<LinkedProgram> programs, bool recalls, bool reopened,
        ClockPlan clocks, DateTimeOffset now)
    {
        var plans = programs.Select(p => Recalled(ProgramPlan.For(level, cause, p, now), p, recalls));
        return new(level, before, cause, [.. plans], clocks, recalls, reopened);
    }

    // A pause of the whole program revokes the released share.
    private static ProgramPlan Recalled(ProgramPlan plan, LinkedProgram program, bool recalls)
    {
        var pauses = plan.Act is PlannedAct.Pause or PlannedAct.Activate;
        var stops = program.IsResuming && (pauses || (recalls && IsRecalled(program.Kind)));
        return plan with { StopsStagedResume = stops, StopBound = pauses || stops ? program.StopBound : null };
    }

    private static bool IsRecalled(Involvement? kind) => kind is Involvement.Source or Involvement.Suspected;
}
