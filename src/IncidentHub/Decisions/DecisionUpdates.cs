using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Obligations;
using IncidentHub.Response.Tasks;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Decisions;

/// <summary>Updates the decisions about programs when pauses, quarantined data or incidents change, in the same transaction.</summary>
internal sealed class DecisionUpdates(
    SevPolicyReader policies, IncidentReader incidents, DecisionFacts facts, DecisionCommands commands, PauseWriter pauses) :
    IEventHandler<PauseActivated>, IEventHandler<StagedResumeStopped>, IEventHandler<DataQuarantined>,
    IEventHandler<IncidentSevChanged>, IEventHandler<IncidentRestricted>, IEventHandler<CycleReopened>, IEventHandler<IncidentMergedInto>,
    IEventHandler<ObligationUnsettled>,
    IEventHandler<ConditionMissed>, IEventHandler<AccessReviewSignedOff>
{
    /// <summary>
    /// Opens the program's decision, or adds the pause to the open one. A pause of a restricted incident has a decision of its own.
    /// Idempotent.
    /// </summary>
    public async Task HandleAsync(UnitOfWork tx, PauseActivated pause, Actor actor)
    {
        var covered = new CoveredPause(pause.PauseId, pause.IncidentId, pause.At);
        var requirement = await RequirementAsync(tx, pause.IncidentId is null ? null : pause.Sev);
        await CoverAsync(tx, (pause.ProgramId, pause.ProgramCode), [covered], pause.Sev, requirement,
            await AudienceAsync(tx, pause.IncidentId), actor);
    }

    /// <summary>
    /// A staged resume was stopped: the pause that it had lifted is covered by the decision that is open now, with the requirements of
    /// the earlier one.
    /// </summary>
    /// <remarks>The decision that had lifted it is final and is never edited.</remarks>
    public async Task HandleAsync(UnitOfWork tx, StagedResumeStopped happened, Actor actor)
    {
        var (pauseId, decidedId) = happened;
        var lifted = await DecisionStore.FindAsync(tx, decidedId) ?? throw new InvalidOperationException(
            "A stage rests on a decision that does not exist.");
        var decided = lifted.State;
        await CoverAsync(tx, (decided.ProgramId, lifted.ProgramCode), [decided.Pauses.First(p => p.PauseId == pauseId)],
            decided.WorstSev, decided.Requirement, decided.Audience, actor);
    }

    /// <summary>An incident was restricted: its pauses are for its readers from now on.</summary>
    public async Task HandleAsync(UnitOfWork tx, IncidentRestricted happened, Actor actor)
    {
        var incident = happened.IncidentId;
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = incident }))
        {
            var open = await FindAsync(tx, row.Id);
            if (open.State.Audience is not null) continue;
            var own = open.State.Pauses.Where(p => p.IncidentId == incident).ToList();
            if (own.Count == open.State.Pauses.Count && await DecisionStore.FindOpenAsync(tx, open.State.ProgramId, incident) is null)
            {
                var named = await facts.ApproversAsync(tx, open.State.ProgramId,
                    open.State.Requirement.For(open.State.Recommendation?.Outcome ?? DecisionOutcome.Resume));
                await commands.ApplyAsync(tx, open, new NarrowAudience(incident, named), actor);
                continue;
            }
            var reason = $"Pauses of {Reference.To(incident)} have a decision of their own now.";
            await commands.ApplyAsync(tx, open, new HandOverPauses(incident, reason), actor);
            await CoverAsync(tx, (open.State.ProgramId, open.ProgramCode), own, open.State.WorstSev, open.State.Requirement, incident,
                actor);
        }
    }

    /// <summary>An incident was reopened: the criteria for these programs must be checked again.</summary>
    public async Task HandleAsync(UnitOfWork tx, CycleReopened happened, Actor actor)
    {
        var reopen = new ReopenCriteria($"{Reference.To(happened.IncidentId)} was reopened: {happened.Reason}")
        {
            About = [happened.IncidentId],
        };
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { happened.IncidentId }))
        {
            var open = await FindAsync(tx, row.Id);
            if (happened.ProgramIds.Contains(open.State.ProgramId)) await commands.ApplyAsync(tx, open, reopen, actor);
        }
    }

    /// <summary>Quarantined data awaits a disposition: the criterion about quarantined data is open again.</summary>
    public async Task HandleAsync(UnitOfWork tx, DataQuarantined happened, Actor actor)
    {
        foreach (var open in await DecisionStore.OpenOfProgramAsync(tx, happened.ProgramId))
        {
            var answered = open.State.Criteria.Any(c =>
                c is { Kind: CriterionKind.QuarantinedDataDisposed, Status: not CriterionStatus.Open });
            if (!answered) continue;
            var reopen = new ReopenCriterion(CriterionKind.QuarantinedDataDisposed, HubReasons.Quarantined);
            await commands.ApplyAsync(tx, open, reopen, Actor.System);
        }
    }

    /// <summary>An obligation was added or reopened: the criterion about obligations is open again.</summary>
    public async Task HandleAsync(UnitOfWork tx, ObligationUnsettled happened, Actor actor)
    {
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { happened.IncidentId }))
        {
            var open = await FindAsync(tx, row.Id);
            var answered = open.State.Criteria.Any(c => c is { Kind: CriterionKind.ClocksAnswered, Status: not CriterionStatus.Open });
            if (!answered) continue;
            var reopen = new ReopenCriterion(CriterionKind.ClocksAnswered, HubReasons.Obligations);
            await commands.ApplyAsync(tx, open, reopen, Actor.System);
        }
    }

    /// <summary>The incident's SEV changed: the most severe since the pause counts, so a downgrade changes nothing.</summary>
    public async Task HandleAsync(UnitOfWork tx, IncidentSevChanged happened, Actor actor)
    {
        var (incidentId, sev) = happened;
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = incidentId }))
        {
            var open = await FindAsync(tx, row.Id);
            await commands.ApplyAsync(tx, open, new Domain.Decisions.ChangeSev(sev, await RequirementAsync(tx, sev)), actor);
        }
    }

    /// <summary>
    /// One incident was merged into another, with its pauses: open decisions continue with the surviving incident, unless that is
    /// restricted; approvals must be given again.
    /// </summary>
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var (from, into) = (happened.FromId, happened.IntoId);
        // What the decision contains stays with the readers that it was written for.
        if (await AudienceAsync(tx, into) is not null) return;
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = from }))
            await commands.ApplyAsync(tx, await FindAsync(tx, row.Id), new MoveIncident(from, into), Actor.System);
    }

    /// <summary>A condition of a resume was not met in time: a pause is proposed, for the readers of the task.</summary>
    public async Task HandleAsync(UnitOfWork tx, ConditionMissed happened, Actor actor)
    {
        PauseCause? cause = null;
        foreach (var id in happened.IncidentIds)
        {
            if (await incidents.FindAsync(tx, id) is { Confidentiality: Confidentiality.Restricted } hidden)
                cause ??= new PauseCause(hidden.Id, hidden.Cycle, hidden.Sev, null);
        }
        await pauses.ProposeAsync(
            tx, happened.ProgramId, $"A condition of the resume was missed: {happened.TaskCode}.", Actor.System, cause);
    }

    /// <summary>
    /// An access review was signed off: it meets its criterion once every exposure of the decision's incidents has one that says whether
    /// there was access. What cannot be determined is for people to judge.
    /// </summary>
    public async Task HandleAsync(UnitOfWork tx, AccessReviewSignedOff happened, Actor actor)
    {
        if (happened.Conclusion == ReviewConclusion.Inconclusive) return;
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { happened.IncidentId }))
        {
            var open = await FindAsync(tx, row.Id);
            if (!open.State.Criteria.Any(c => c is { Kind: CriterionKind.AccessReviewComplete, Status: CriterionStatus.Open })) continue;
            if (!await incidents.IsAccessReviewedAsync(tx, open.Incidents)) continue;
            await commands.ApplyAsync(
                tx, open, new MeetCriterion(CriterionKind.AccessReviewComplete, happened.Evidence, [], []), actor);
        }
    }

    private async Task CoverAsync(UnitOfWork tx, (Guid Id, string Code) program, IReadOnlyList<CoveredPause> pauses, Sev? sev,
        Requirement requirement, Guid? audience, Actor actor)
    {
        if (await DecisionStore.FindOpenAsync(tx, program.Id, audience) is { } open)
        {
            var first = true;
            foreach (var pause in pauses)
            {
                var current = first ? open : await FindAsync(tx, open.Id);
                await commands.ApplyAsync(tx, current, new CoverPause(pause, sev, requirement), actor);
                first = false;
            }
            return;
        }
        var named = audience is null ? null : await facts.ApproversAsync(tx, program.Id, requirement.For(DecisionOutcome.Resume));
        var opened = DecisionRules.Open(OrderedId.Next(tx.Now), program.Id, pauses, sev, requirement, tx.Now, audience, named).Value;
        await DecisionCommands.AddAsync(tx, opened.Next, program.Code, actor);
    }

    /// <summary>The incident, where it is restricted.</summary>
    private async Task<Guid?> AudienceAsync(UnitOfWork tx, Guid? incidentId) =>
        incidentId is { } id && await incidents.FindAsync(tx, id) is { Confidentiality: Confidentiality.Restricted } ? id : null;

    private static async Task<Decision> FindAsync(UnitOfWork tx, Guid id) => await DecisionStore.FindAsync(tx, id)
        ?? throw new InvalidOperationException("A decision was not found in its own transaction.");

    // By the current policy: the requirements of a later, stricter version are added to the earlier ones.
    private async Task<Requirement> RequirementAsync(UnitOfWork tx, Sev? sev) =>
        sev is { } s ? Requirement.Of((await policies.CurrentAsync(tx))[s]) : Requirement.WithoutIncident;

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
