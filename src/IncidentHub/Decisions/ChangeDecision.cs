using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Decisions;

/// <summary>An act of a person on the open decision with this code.</summary>
/// <param name="Command">What the hub knows itself (who closed the exposure, which safeguards are broken, who owns the program) is filled
/// in here.</param>
internal sealed record ChangeDecision(string Code, DecisionCommand Command, int? ExpectedVersion = null);

internal sealed class ChangeDecisionHandler(Db db, ProgramReader programs, DecisionFacts facts, DecisionEffects effects)
{
    public async Task<Result<Decision>> HandleAsync(ChangeDecision change, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadIncidents) is { } denied) return denied;
        return await db.WriteAsync<Decision>(async tx => await DecideAsync(tx, change, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open.</summary>
    internal async Task<Result<Decision>> DecideAsync(UnitOfWork tx, ChangeDecision change, Actor actor)
    {
        if (await DecisionVisibility.FindVisibleAsync(tx, actor, change.Code) is not { } decision) return Refusal.NotFound("The decision");
        var program = await programs.FindAsync(tx, decision.State.ProgramId)
            ?? throw new InvalidOperationException($"The program of {decision.Code} is gone.");
        var relation = program.Relation(actor);
        if (AccessTable.Deny(actor, ActOf(change.Command), relation) is { } denied) return denied;
        if (change.ExpectedVersion is { } expected && expected != decision.State.Version) return await StaleAsync(tx, decision);

        var command = await facts.FillInAsync(tx, decision, change.Command, program);
        var outcome = DecisionRules.Decide(decision.State, command, actor, relation, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var accepted = outcome.Value;
        var next = decision with { State = accepted.Next };
        // A pause that is being placed holds the switch and waits for the decision that it will be covered by.
        if (accepted.Events.OfType<DecisionTaken>().Any()) await ProgramSwitch.LockAsync(tx, program.Id);
        await DecisionStore.SaveAsync(tx, decision, accepted.Next);
        await DecisionTelling.TellAsync(tx, next, accepted.Events, actor);
        if (accepted.Events.OfType<DecisionTaken>().Any() && await effects.TakeEffectAsync(tx, next, program, actor) is { } why) return why;
        return next;
    }

    private static Act ActOf(DecisionCommand command) => command switch
    {
        MeetCriterion or WaiveCriterion or ReopenCriterion or ClaimPlacedInError or DropErrorClaim => Act.EditCriteria,
        ProposeRecommendation or WithdrawRecommendation => Act.ProposeDecision,
        ApproveRecommendation or RejectRecommendation => Act.ApproveDecision,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not an act of a person."),
    };

    private static async Task<Refusal> StaleAsync(ISql sql, Decision decision)
    {
        var log = await DecisionStore.LogAsync(sql, decision.Id);
        return Refusal.Stale(
            $"{decision.Code} was changed by {log[^1].ActorName} in the meantime: {log[^1].Title}. Your change was not saved. Load the "
                + $"current version, then try again.", [log[^1].Title]);
    }
}
