using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Plans what the SEV policy does to an incident's programs, and applies the plan after every change of its links, its SEV or its
/// cycle.
/// </summary>
internal sealed class PausePolicy(
    SevPolicyReader policies, ProgramReader programs, PauseReader pauses, PauseWriter writer)
{
    private const string Required = ": required by the SEV policy, version ",
        Reopened = "An incident was reopened during the staged resume.",
        NewExposure = "A new exposure became known during the staged resume.",
        NotInvolved = "The incident no longer involves this program.";

    /// <summary>Whether this is a reason that the policy gives.</summary>
    public static bool IsReason(string text) => text is Reopened or NewExposure or NotInvolved
        || text.Contains(Required, StringComparison.Ordinal);

    /// <summary>Whether the events can change what the policy requires.</summary>
    public static bool Concerns(DomainEvent happened) => happened is SevChanged or IncidentReopened
        or ExposureAdded or ExposureChanged or ExposureWithdrawn or InvolvementAdded or InvolvementChanged or InvolvementWithdrawn;

    /// <summary>The policy's effects of a change that the rules accepted.</summary>
    /// <param name="before">The incident before it; null for a declaration.</param>
    public async Task<PausePlan> PlanAsync(
        ISql sql, IncidentState? before, IncidentState after, IReadOnlyList<DomainEvent> events, DateTimeOffset? lastUpdate,
        DateTimeOffset now) =>
        PausePlan.ForChange(
            before is null ? null : (before, await LevelAsync(sql, before)), (after, await LevelAsync(sql, after)), events,
            await LinkedAsync(sql, after, isNew: before is null), lastUpdate, now);

    /// <summary>Plans, and carries the plan out.</summary>
    public async Task RunAsync(
        UnitOfWork tx, IncidentState? before, IncidentState state, IReadOnlyList<DomainEvent> events, DateTimeOffset? lastUpdate,
        Actor actor)
    {
        await CarryOutAsync(tx, await PlanAsync(tx, before, state, events, lastUpdate, tx.Now), actor);
        // Raised explicitly, after the plan: handlers in upper layers include the pauses that the plan placed.
        if (events.OfType<SevChanged>().Any()) await tx.RaiseAsync(new IncidentSevChanged(state.Id, state.Sev), actor);
        if (events.OfType<IncidentReopened>().FirstOrDefault() is { } reopened)
        {
            var paused = (await pauses.ForIncidentAsync(tx, state.Id)).Where(p => p.State.IsOpen).Select(p => p.ProgramId);
            await tx.RaiseAsync(new CycleReopened(state.Id, [.. paused.Distinct()], reopened.Reason), actor);
        }
    }

    /// <summary>Moves the open pauses of a merged incident to the surviving one.</summary>
    public Task MoveAsync(UnitOfWork tx, IncidentState merged, IncidentState survivor) =>
        writer.MoveAsync(tx, merged.Id, survivor.Id, survivor.Current.Number);

    /// <summary>A plan made afterwards keeps all pauses.</summary>
    private async Task CarryOutAsync(UnitOfWork tx, PausePlan plan, Actor actor)
    {
        foreach (var step in plan.Programs) await CarryOutAsync(tx, plan, step, actor);
        if (plan.StopsStagedResumes)
        {
            var reason = plan.Reopened ? Reopened : NewExposure;
            await writer.RecallAsync(tx, plan.RecalledPrograms, plan.Cause, reason, actor);
        }
    }

    private Task CarryOutAsync(UnitOfWork tx, PausePlan plan, ProgramPlan step, Actor actor)
    {
        // The reason names no incident: every account may see that a program is paused, but not always why.
        var reason = $"{plan.Cause.Sev.Label()}{Required}{plan.Cause.PolicyVersion}.";
        return step.Act switch
        {
            PlannedAct.Propose => writer.ProposeAsync(tx, step.ProgramId, plan.Cause, reason, step.Deadline!.Value, actor),
            PlannedAct.Pause => writer.PlaceAsync(tx, step.ProgramId, plan.Cause, reason, actor),
            PlannedAct.Activate => writer.ActivateAsync(tx, step.PauseId!.Value, plan.Cause, actor),
            PlannedAct.Withdraw => writer.WithdrawAsync(tx, step.PauseId!.Value, NotInvolved),
            _ => step.Reasserts ? writer.ReassertAsync(tx, step.PauseId!.Value, plan.Cause, actor) : Task.CompletedTask,
        };
    }

    private async Task<SevLevel> LevelAsync(ISql sql, IncidentState state) =>
        (await policies.VersionAsync(sql, state.Current.PolicyVersion))[state.Sev];

    /// <summary>The programs that are linked to the incident, and formerly linked ones with an open pause of the incident.</summary>
    private async Task<IReadOnlyList<LinkedProgram>> LinkedAsync(ISql sql, IncidentState state, bool isNew)
    {
        // A new incident has no pauses yet.
        var placed = (isNew ? [] : await pauses.ForIncidentAsync(sql, state.Id)).ToLookup(p => p.ProgramId, p => p.State);
        var active = state.Involvements.Where(i => i.IsActive);
        var involved = active.GroupBy(i => i.ProgramId).ToDictionary(g => g.Key, g => g.Min(i => i.Kind));
        var linked = new List<LinkedProgram>();
        foreach (var id in involved.Keys.Union(placed.Where(g => g.Any(p => p.IsOpen)).Select(g => g.Key)))
        {
            var program = await programs.FindAsync(sql, id)
                ?? throw new InvalidOperationException($"The incident names a program that does not exist: {id}.");
            linked.Add(await LinkedAsync(sql, program, involved.TryGetValue(id, out var kind) ? kind : null, [.. placed[id]]));
        }
        return linked;
    }

    /// <summary>A program as a plan needs it.</summary>
    internal async Task<LinkedProgram> LinkedAsync(
        ISql sql, ProgramFacts program, Involvement? involvement, IReadOnlyList<PauseState> placed) =>
        new(program.Id, program.Code, involvement, program.Lifecycle, placed)
        {
            StopBound = Guarantee.Bound(program.Ttl, program.GracePeriod),
            IsResuming = (await pauses.OpenOfProgramAsync(sql, program.Id)).Any(p => p.State.ReleasedShare > 0),
        };
}

/// <summary>The reasons of pauses that the policy placed.</summary>
internal sealed class PauseTexts : IHubTexts
{
    public bool Wrote(StoredRow row, string column, string text) => PausePolicy.IsReason(text);
}
