using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Decisions;

/// <summary>
/// Changes of a decision, by its code. The hub fills in what it knows (who closed the exposure, which safeguards are broken, who owns the
/// program).
/// </summary>
internal sealed class DecisionCommands(Db db, ProgramReader programs, DecisionFacts facts, DecisionEffects effects)
    : Commands<string, DecisionRecord, DecisionState, DecisionCommand>(db)
{
    protected override string Thing => "The decision";

    protected override Act ReadAct => Act.ReadDecisions;

    /// <summary>Adds a decision under the next code.</summary>
    public static async Task<Decision> AddAsync(UnitOfWork tx, DecisionState opened, string programCode, Actor actor)
    {
        var decision = await DecisionStore.AddAsync(tx, opened, programCode);
        await RecordAsync(tx, decision, new DecisionOpened(decision.Id), actor);
        if (opened.Named.Count > 0) await RecordAsync(tx, decision, new ApproversNamed(opened.Named), actor);
        return decision;
    }

    /// <summary>Records once that the date of a «stay paused until» has passed. The decision itself does not change.</summary>
    public static async Task OpenSuccessorAsync(UnitOfWork tx, Guid id)
    {
        if (await DecisionStore.FindAsync(tx, id) is not { State: { Status: not DecisionStatus.Decided, DueAgainAt: { } due } } decision)
            return;
        if ((await DecisionStore.LogAsync(tx, id)).Any(l => l.Kind == "due-again")) return;
        await RecordAsync(tx, decision, new DecisionDueAgain(due), Actor.System);
    }

    /// <summary>Applies the effect of another act, in its transaction. A refusal is a bug and rolls the act back.</summary>
    public async Task ApplyAsync(UnitOfWork tx, Decision decision, DecisionCommand command, Actor actor) =>
        _ = (await ApplyAsync(tx, new DecisionRecord(decision, null), command, actor)).Value;

    protected override async Task<DecisionRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) =>
        await DecisionVisibility.FindVisibleAsync(tx, actor, id) is not { } decision ? null
        : new(decision, await programs.FindAsync(tx, decision.State.ProgramId)
            ?? throw new InvalidOperationException($"The program of {decision.Code} does not exist."));

    protected override Act ActOf(DecisionCommand command) => command switch
    {
        MeetCriterion or WaiveCriterion or ReopenCriterion or ClaimPlacedInError or WithdrawErrorClaim => Act.EditCriteria,
        ProposeRecommendation or WithdrawRecommendation => Act.ProposeDecision,
        ApproveRecommendation or RejectRecommendation => Act.ApproveDecision,
        RequestOpinion or WithdrawOpinionRequest => Act.RequestOpinion,
        RecordOpinion => Act.RecordOpinion,
        CoverPause or ChangeSev or ReopenCriteria or MoveIncident or VoidApprovals or NameApprovers or NarrowAudience or HandOverPauses
            or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command that a person may run."),
    };

    protected override async Task<Result<Accepted<DecisionState>>> DecideAsync(UnitOfWork tx, DecisionRecord loaded,
        DecisionCommand command, Actor actor)
    {
        var known = loaded.Program is { } program ? await facts.FillInAsync(tx, loaded.Decision, command, program) : command;
        return DecisionRules.Decide(loaded.State, known, actor, loaded.Relation(actor), tx.Now);
    }

    protected override async Task<bool> SaveAsync(UnitOfWork tx, DecisionRecord before, DecisionState next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        // A transaction that places a pause locks the switch first and then the decision that covers it: the same order here.
        if (events.OfType<DecisionTaken>().Any()) await ProgramSwitch.LockAsync(tx, next.ProgramId);
        if (!await DecisionStore.SaveAsync(tx, before.Decision, next)) return false;
        var decision = before.Decision with { State = next };
        foreach (var happened in events) await DecisionStore.LogAsync(tx, decision.Id, DecisionLogEntry.Of(decision, happened), actor);
        return true;
    }

    protected override JournalEntry Journal(DecisionRecord before, DecisionState next, DomainEvent happened) =>
        DecisionHistory.Of(before.Decision with { State = next }, happened);

    protected override async Task<Result<DecisionRecord>> FollowAsync(UnitOfWork tx, DecisionRecord before, DecisionState next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        var decision = before.Decision with { State = next };
        if (events.OfType<DecisionTaken>().Any() && await effects.TakeEffectAsync(tx, decision, before.Program!, actor) is { } refused)
            return refused;
        // What is required may have become more: on a decision with an audience those people are named.
        if (events.Any(e => e is RequirementRaised or RecommendationProposed)
            && next is { Audience: not null, Status: not DecisionStatus.Decided })
        {
            var required = next.Requirement.For(next.Recommendation?.Outcome ?? DecisionOutcome.Resume);
            await ApplyAsync(tx, decision, new NameApprovers(await facts.ApproversAsync(tx, next.ProgramId, required)), actor);
        }
        return before with
        {
            Decision = decision with { LastChange = ChangeNote.Of(tx.Now, actor.Name, DecisionLogEntry.Of(decision, events[^1]).Title) },
        };
    }

    private static async Task RecordAsync(UnitOfWork tx, Decision decision, DomainEvent happened, Actor actor)
    {
        await DecisionStore.LogAsync(tx, decision.Id, DecisionLogEntry.Of(decision, happened), actor);
        await tx.RecordAsync(actor, DecisionHistory.Of(decision, happened));
    }
}
