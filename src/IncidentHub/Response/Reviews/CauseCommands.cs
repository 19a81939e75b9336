using IncidentHub.Domain.Access;
using IncidentHub.Domain.Reviews;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Reviews;

/// <summary>Changes of the list of causes.</summary>
internal sealed class CauseCommands(Db db) : Commands<Guid, CauseRecord, CauseState, ChangeCause>(db)
{
    public const string Topic = "causes";

    protected override string Thing => "The cause";

    protected override Act ReadAct => Act.ReadIncidents;

    public async Task<Result<CauseState>> AddAsync(string? name, string? description, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.EditCauses) is { } denied) return denied;
        return await Db.WriteAsync<CauseState>(
            async tx =>
            {
                var others = (await CauseStore.ListAsync(tx)).Select(c => c.Name).ToList();
                var outcome = CauseRules.Add(OrderedId.Next(tx.Now), name, description, others);
                if (outcome.Refusal is { } refused) return refused;
                var (cause, events) = outcome.Value;
                await CauseStore.InsertAsync(tx, cause, actor);
                foreach (var happened in events) await tx.RecordAsync(actor, Entry(cause, happened));
                return cause;
            },
            ct: ct);
    }

    protected override Task<CauseRecord?> LoadAsync(UnitOfWork tx, Guid id, Actor actor) => CauseStore.FindAsync(tx, id);

    protected override Act ActOf(ChangeCause command) => Act.EditCauses;

    protected override async Task<Result<Accepted<CauseState>>> DecideAsync(UnitOfWork tx, CauseRecord loaded, ChangeCause command,
        Actor actor) =>
        CauseRules.Decide(loaded.State, command,
            [.. (await CauseStore.ListAsync(tx)).Where(c => c.Id != loaded.State.Id).Select(c => c.Name)]);

    protected override Task<bool> SaveAsync(UnitOfWork tx, CauseRecord before, CauseState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => CauseStore.UpdateAsync(tx, before.State, next, actor);

    protected override JournalEntry Journal(CauseRecord before, CauseState next, DomainEvent happened) => Entry(next, happened);

    protected override Task<Result<CauseRecord>> FollowAsync(UnitOfWork tx, CauseRecord before, CauseState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => Task.FromResult<Result<CauseRecord>>(before with { State = next });

    private static JournalEntry Entry(CauseState cause, DomainEvent happened) => new()
    {
        Action = happened switch
        {
            CauseAdded => "cause.added",
            CauseChanged => "cause.changed",
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a cause."),
        },
        Subject = $"cause {cause.Id}",
        Detail = new { cause.Name, cause.Description, cause.IsRetired },
        Topics = [Topic],
    };
}
