using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Tasks;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>Applies the effects of a decision, in the transaction of its last approval.</summary>
internal sealed class DecisionEffects(PauseWriter pauses, ProgramCommands programs, DatasetReader datasets)
{
    /// <summary>The time limit for disposing of a dataset of a terminated program.</summary>
    private static readonly TimeSpan DisposalDue = TimeSpan.FromDays(30);

    private const string Dispose = "Dispose of ", OrKeep = ", or record why it is kept";

    /// <summary>Whether this is the text of the task to dispose of a dataset.</summary>
    public static bool IsDisposal(string text) =>
        text.StartsWith(Dispose, StringComparison.Ordinal) && text.EndsWith(OrKeep, StringComparison.Ordinal);

    public async Task<Refusal?> TakeEffectAsync(UnitOfWork tx, Decision decision, ProgramFacts program, Actor actor) =>
        decision.State.Recommendation!.Outcome switch
        {
            DecisionOutcome.Resume or DecisionOutcome.ResumeWithConditions => await ResumeAsync(tx, decision, actor),
            DecisionOutcome.StayPausedUntil => await OpenSuccessorAsync(tx, decision, actor),
            DecisionOutcome.Terminate => await TerminateAsync(tx, decision, program, actor),
        };

    private async Task<Refusal?> ResumeAsync(UnitOfWork tx, Decision decision, Actor actor)
    {
        var recommended = decision.State.Recommendation!;
        var covered = decision.State.Pauses.Select(p => p.PauseId).ToList();
        if (recommended.Stages.Count > 0) await pauses.ReleaseAsync(tx, covered, recommended.Stages, decision.Id, decision.Code, actor);
        else await pauses.LiftAsync(tx, covered, decision.Id, decision.Code, actor);
        foreach (var condition in recommended.Conditions)
        {
            var task = Task(tx, decision, TaskKind.Condition, condition.What, condition.DueAt) with
            {
                OwnerId = condition.OwnerId,
                OwnerName = condition.OwnerName
            };
            if (await CreateAsync(tx, task, actor) is { } refusal) return refusal;
        }
        return null;
    }

    // The pauses remain active, so the program needs an open decision about them.
    private static async Task<Refusal?> OpenSuccessorAsync(UnitOfWork tx, Decision decision, Actor actor)
    {
        var next = DecisionRules.Successor(decision.State, OrderedId.Next(tx.Now), tx.Now);
        await DecisionCommands.AddAsync(tx, next, decision.ProgramCode, actor);
        return null;
    }

    private async Task<Refusal?> TerminateAsync(UnitOfWork tx, Decision decision, ProgramFacts program, Actor actor)
    {
        // Every account can read the program and its activity: a rationale that may mention an incident is kept on the decision only, and
        // of a decision for the readers of a restricted incident neither code nor approver is told.
        var isHidden = decision.State.Audience is not null;
        var reason = isHidden ? "By decision." : decision.Incidents.Count == 0
            ? decision.State.Recommendation!.Rationale : $"Decided in {decision.Code}.";
        var terminated = await programs.TerminateAsync(tx, program.Id, reason, isHidden ? Actor.System : actor);
        if (!terminated.IsOk) return terminated.Refusal;
        foreach (var dataset in await datasets.FedByAsync(tx, program.Id))
        {
            var task = Task(tx, decision, TaskKind.Disposal, $"{Dispose}{dataset.Name}{OrKeep}",
                tx.Now + DisposalDue) with
            {
                DatasetId = dataset.Id,
                OwnerId = program.OwnerId,
                OwnerName = program.OwnerName,
            };
            if (await CreateAsync(tx, task, actor) is { } refusal) return refusal;
        }
        return null;
    }

    private static TaskState Task(UnitOfWork tx, Decision decision, TaskKind kind, string what, DateTimeOffset dueAt) => new()
    {
        Id = Guid.Empty,
        Kind = kind,
        What = what,
        DueAt = dueAt > tx.Now
            ? dueAt : tx.Now.AddMinutes(1),
        ProgramId = decision.State.ProgramId,
        DecisionId = decision.Id,
        DecisionCode = decision.Code,
        // A responder of one of the incidents sees that the decision opened a task; only those who may see all of them read its text.
        IncidentIds = decision.Incidents,
        CreatedAt = tx.Now,
    };

    private static async Task<Refusal?> CreateAsync(UnitOfWork tx, TaskState task, Actor actor) =>
        (await TaskCommands.CreateAsync(tx, task, actor)).Refusal;
}
