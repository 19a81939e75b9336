using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Tasks;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Decisions;

/// <summary>Updates the decisions about programs when pauses, quarantined data or incidents change, in the same transaction.</summary>
internal sealed class DecisionUpdates(SevPolicyReader policies, DecisionCommands commands, PauseWriter pauses) :
    IEventHandler<PauseActivated>, IEventHandler<StagedResumeStopped>, IEventHandler<DataQuarantined>,
    IEventHandler<IncidentSevChanged>, IEventHandler<CycleReopened>, IEventHandler<IncidentMergedInto>, IEventHandler<ConditionMissed>
{
    /// <summary>Opens the program's decision, or adds the pause to the open one. Idempotent.</summary>
    public async Task HandleAsync(UnitOfWork tx, PauseActivated pause, Actor actor)
    {
        var covered = new CoveredPause(pause.PauseId, pause.IncidentId, pause.At);
        var requirement = await RequirementAsync(tx, pause.IncidentId is null ? null : pause.Sev);
        if (await DecisionStore.FindOpenAsync(tx, pause.ProgramId) is { } open)
        {
            await commands.ApplyAsync(tx, open, new CoverPause(covered, pause.Sev, requirement), actor);
            return;
        }
        var opened = DecisionRules.Open(OrderedId.Next(tx.Now), pause.ProgramId, covered, pause.Sev, requirement, tx.Now).Value;
        await DecisionCommands.AddAsync(tx, opened.Next, pause.ProgramCode, actor);
    }

    /// <summary>
    /// A staged resume was stopped: the pause that it had lifted is covered by the decision that is open now, with the requirements of
    /// the earlier one.
    /// </summary>
    /// <remarks>The decision that had lifted it is final and is never edited.</remarks>
    public async Task HandleAsync(UnitOfWork tx, StagedResumeStopped happened, Actor actor)
    {
        var (pauseId, decidedId) = happened;
        var decided = (await DecisionStore.FindAsync(tx, decidedId) ?? throw new InvalidOperationException(
            "A stage rests on a decision that does not exist.")).State;
        var open = await DecisionStore.FindOpenAsync(tx, decided.ProgramId)
            ?? throw new InvalidOperationException("A pause is active without an open decision.");
        var cover = new CoverPause(decided.Pauses.First(p => p.PauseId == pauseId), decided.WorstSev, decided.Requirement);
        await commands.ApplyAsync(tx, open, cover, actor);
    }

    /// <summary>An incident was reopened: the criteria for these programs must be checked again.</summary>
    public async Task HandleAsync(UnitOfWork tx, CycleReopened happened, Actor actor)
    {
        var reopen = new ReopenCriteria($"{Reference.To(happened.IncidentId)} was reopened: {happened.Reason}")
        {
            About = [happened.IncidentId],
        };
        foreach (var programId in happened.ProgramIds)
        {
            if (await DecisionStore.FindOpenAsync(tx, programId) is { } open) await commands.ApplyAsync(tx, open, reopen, actor);
        }
    }

    /// <summary>Quarantined data awaits a disposition: the criterion about quarantined data is open again.</summary>
    public async Task HandleAsync(UnitOfWork tx, DataQuarantined happened, Actor actor)
    {
        if (await DecisionStore.FindOpenAsync(tx, happened.ProgramId) is not { } open) return;
        if (open.State.Criteria.Any(c => c is { Kind: CriterionKind.QuarantinedDataDisposed, Status: not CriterionStatus.Open }))
        {
            var reopen = new ReopenCriterion(CriterionKind.QuarantinedDataDisposed, "New quarantined data awaits a disposition.");
            await commands.ApplyAsync(tx, open, reopen, Actor.System);
        }
    }

    /// <summary>The incident's SEV changed: the most severe since the pause counts, so a downgrade changes nothing.</summary>
    public async Task HandleAsync(UnitOfWork tx, IncidentSevChanged happened, Actor actor)
    {
        var (incidentId, sev) = happened;
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = incidentId }))
        {
            var open = await DecisionStore.FindAsync(tx, row.Id)
                ?? throw new InvalidOperationException("A decision was not found in its own transaction.");
            await commands.ApplyAsync(tx, open, new Domain.Decisions.ChangeSev(sev, await RequirementAsync(tx, sev)), actor);
        }
    }

    /// <summary>
    /// One incident was merged into another, with its pauses: open decisions continue with the surviving incident; approvals must be given
    /// again.
    /// </summary>
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var (from, into) = (happened.FromId, happened.IntoId);
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = from }))
        {
            var open = await DecisionStore.FindAsync(tx, row.Id)
                ?? throw new InvalidOperationException("A decision was not found in its own transaction.");
            await commands.ApplyAsync(tx, open, new MoveIncident(from, into), Actor.System);
        }
    }

    /// <summary>A condition of a resume was not met in time: a pause is proposed.</summary>
    public Task HandleAsync(UnitOfWork tx, ConditionMissed happened, Actor actor) =>
        pauses.ProposeAsync(tx, happened.ProgramId, $"A condition of the resume was missed: {happened.TaskCode}.", Actor.System);

    // By the current policy: the requirements of a later, stricter version are added to the earlier ones.
    private async Task<Requirement> RequirementAsync(UnitOfWork tx, Sev? sev) =>
        sev is { } s ? Requirement.Of((await policies.CurrentAsync(tx))[s]) : Requirement.WithoutIncident;

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
