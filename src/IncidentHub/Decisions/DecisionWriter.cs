using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>A pause, not a drill, that has come in force.</summary>
/// <param name="Sev">Its incident's; null without an incident.</param>
internal sealed record PauseInForce(Guid PauseId, Guid ProgramId, string ProgramCode, Guid? IncidentId, Sev? Sev, DateTimeOffset InForceAt);

/// <summary>Published writer: what pauses and incidents do to the decisions about programs, in their transaction.</summary>
internal sealed class DecisionWriter(SevPolicyReader policies)
{
    /// <summary>Opens the program's decision, or adds the pause to the one that is open. Doing it again changes nothing.</summary>
    public async Task PauseInForceAsync(UnitOfWork tx, PauseInForce pause, Actor actor)
    {
        var covered = new CoveredPause(pause.PauseId, pause.IncidentId, pause.InForceAt);
        var requirement = await RequirementAsync(tx, pause.IncidentId is null ? null : pause.Sev);
        if (await DecisionStore.FindOpenAsync(tx, pause.ProgramId) is { } open)
        {
            await ApplyAsync(tx, open, new CoverPause(covered, pause.Sev, requirement), actor);
            return;
        }
        var opened = Accepted(DecisionRules.Open(OrderedId.Next(tx.Now), pause.ProgramId, covered, pause.Sev, requirement, tx.Now));
        var decision = await DecisionStore.AddAsync(tx, opened.Next, pause.ProgramCode);
        await DecisionTelling.TellAsync(tx, decision, opened.Events, actor);
    }

    /// <summary>A resume in stages was stopped: the pause that it released waits for the decision that is open now, with what was asked for it before.</summary>
    /// <param name="decidedId">The decision that had released it. Made, and never edited.</param>
    public async Task ReleaseStoppedAsync(UnitOfWork tx, Guid decidedId, Guid pauseId, Actor actor)
    {
        var decided = (await DecisionStore.FindAsync(tx, decidedId) ?? throw new InvalidOperationException("A stage rests on a decision that does not exist.")).State;
        var open = await DecisionStore.FindOpenAsync(tx, decided.ProgramId) ?? throw new InvalidOperationException("A pause stands without an open decision.");
        await ApplyAsync(tx, open, new CoverPause(decided.Pauses.First(p => p.PauseId == pauseId), decided.WorstSev, decided.Requirement), actor);
    }

    /// <summary>An incident was reopened: whatever was checked for these programs must be checked again.</summary>
    public async Task ReopenCriteriaAsync(UnitOfWork tx, IReadOnlyCollection<Guid> programIds, string reason, Actor actor)
    {
        foreach (var programId in programIds)
        {
            if (await DecisionStore.FindOpenAsync(tx, programId) is { } open) await ApplyAsync(tx, open, new ReopenCriteria(reason), actor);
        }
    }

    /// <summary>Data arrived late and waits for somebody to decide: what was said about late data does not hold any more.</summary>
    public async Task LateDataAsync(UnitOfWork tx, Guid programId)
    {
        if (await DecisionStore.FindOpenAsync(tx, programId) is not { } open) return;
        if (open.State.Criteria.Any(c => c is { Kind: CriterionKind.LateDataDealtWith, Status: not CriterionStatus.Open }))
            await ApplyAsync(tx, open, new ReopenCriterion(CriterionKind.LateDataDealtWith, "New quarantined data awaits a disposition."), Actor.System);
    }

    /// <summary>The incident's SEV changed: the worst since the pause counts, so a milder one changes nothing.</summary>
    public async Task SevChangedAsync(UnitOfWork tx, Guid incidentId, Sev sev, Actor actor)
    {
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = incidentId }))
        {
            var open = await DecisionStore.FindAsync(tx, row.Id) ?? throw new InvalidOperationException("A decision vanished in its transaction.");
            await ApplyAsync(tx, open, new ChangeSev(sev, await RequirementAsync(tx, sev)), actor);
        }
    }

    /// <summary>One incident was merged into another, with its pauses: open decisions go on under the survivor, and approvals must be given again.</summary>
    public async Task MoveIncidentAsync(UnitOfWork tx, Guid from, Guid into)
    {
        foreach (var row in await tx.QueryAsync<IdRow>("Decision_OpenOfIncident", new { IncidentId = from }))
        {
            var open = await DecisionStore.FindAsync(tx, row.Id) ?? throw new InvalidOperationException("A decision vanished in its transaction.");
            await ApplyAsync(tx, open, new MoveIncident(from, into), Actor.System);
        }
    }

    private static async Task ApplyAsync(UnitOfWork tx, Decision open, DecisionCommand command, Actor actor)
    {
        var accepted = Accepted(DecisionRules.Decide(open.State, command, actor, Relation.None, tx.Now));
        if (ReferenceEquals(accepted.Next, open.State)) return;
        await DecisionStore.SaveAsync(tx, open, accepted.Next);
        await DecisionTelling.TellAsync(tx, open with { State = accepted.Next }, accepted.Events, actor);
    }

    // By the policy in force now: a stricter one that came later is joined to what was asked before.
    private async Task<Requirement> RequirementAsync(UnitOfWork tx, Sev? sev) =>
        sev is { } s ? Requirement.Of((await policies.CurrentAsync(tx))[s]) : Requirement.WithoutIncident;

    // Consequences of accepted acts: a refusal here would be a bug, and must roll the act back.
    private static Outcome<DecisionState>.Accepted Accepted(Outcome<DecisionState> outcome) =>
        outcome as Outcome<DecisionState>.Accepted ?? throw new InvalidOperationException($"A consequence was refused: {((Outcome<DecisionState>.Refused)outcome).Why.Message}");

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
