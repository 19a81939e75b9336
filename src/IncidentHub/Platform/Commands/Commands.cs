using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Commands;

/// <summary>An aggregate as it was loaded for a change.</summary>
internal interface ILoaded<out TState>
{
    TState State { get; }

    /// <summary>What people call it, for messages.</summary>
    string Label { get; }

    int Version { get; }

    /// <summary>Who changed it last and what, for whoever writes on an older version.</summary>
    ChangeNote LastChange { get; }

    /// <summary>What ties the actor to it.</summary>
    Relation Relation(Actor actor);
}

/// <summary>
/// The one way in which a command changes an aggregate, in one transaction: authorise, load, refuse what is stale, ask the rule, save,
/// record. Each feature says here what differs; dialogs, endpoints, jobs and event handlers call it.
/// </summary>
internal abstract class Commands<TId, TLoaded, TState, TCommand>(Db db)
    where TLoaded : class, ILoaded<TState>
    where TCommand : class
{
    /// <summary>The kind of thing, for «… was not found».</summary>
    protected abstract string Thing { get; }

    /// <summary>Who may not do this is told so, whether the thing exists or not.</summary>
    protected abstract Act ReadAct { get; }

    /// <summary>What may tie an actor to one that was not loaded yet: where it alone allows the act, only what is there is asked.</summary>
    protected virtual Relation PossibleRelation => Relation.None;

    protected Db Db => db;

    /// <param name="id">The public code or name.</param>
    /// <param name="expectedVersion">The version that the actor saw; null: not checked.</param>
    /// <returns>The aggregate as saved; as it was where the command changed nothing.</returns>
    public async Task<Result<TLoaded>> RunAsync(TId id, TCommand command, int? expectedVersion, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct, PossibleRelation) is { } denied) return denied;
        if (await CheckAsync(command, ct) is { } refused) return refused;
        return await db.WriteAsync<TLoaded>(tx => RunAsync(tx, id, command, expectedVersion, actor), LaneOf(command), ct);
    }

    /// <summary>The same in a transaction that is open; <see cref="CheckAsync"/> is the caller's.</summary>
    public async Task<Result<TLoaded>> RunAsync(UnitOfWork tx, TId id, TCommand command, int? expectedVersion, Actor actor)
    {
        var opened = await OpenAsync(tx, id, ActOf(command), expectedVersion, actor);
        return opened.IsOk ? await ApplyAsync(tx, opened.Value, command, actor) : opened;
    }

    /// <summary>Loads it for a change: only what the actor may see, may change so, and saw the latest of.</summary>
    public async Task<Result<TLoaded>> OpenAsync(UnitOfWork tx, TId id, Act act, int? expectedVersion, Actor actor)
    {
        if (await LoadAsync(tx, id, actor) is not { } loaded) return Refusal.NotFound(Thing);
        if (AccessTable.Deny(actor, act, loaded.Relation(actor)) is { } denied) return denied;
        if (loaded.LastChange.Stale(loaded.Label, expectedVersion, loaded.Version) is { } stale) return stale;
        return loaded;
    }

    /// <summary>
    /// Decides, saves and records a change that is allowed: the actor's command after <see cref="OpenAsync"/>, or what follows from another
    /// act in its transaction.
    /// </summary>
    public async Task<Result<TLoaded>> ApplyAsync(UnitOfWork tx, TLoaded loaded, TCommand command, Actor actor)
    {
        var outcome = await DecideAsync(tx, loaded, command, actor);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        if (events.Count == 0) return loaded;
        if (!await SaveAsync(tx, loaded, next, events, actor)) throw new ConcurrencyConflictException(loaded.Label);
        foreach (var happened in events) await tx.RecordAsync(actor, Journal(loaded, next, happened, tx.Now));
        return await FollowAsync(tx, loaded, next, events, actor);
    }

    /// <summary>The aggregate with this code, or null where there is none or the actor may not see it.</summary>
    protected abstract Task<TLoaded?> LoadAsync(UnitOfWork tx, TId id, Actor actor);

    protected abstract Act ActOf(TCommand command);

    /// <summary>The pure rule, with the facts that it needs.</summary>
    protected abstract Task<Result<Accepted<TState>>> DecideAsync(UnitOfWork tx, TLoaded loaded, TCommand command, Actor actor);

    /// <summary>Saves guarded by the version that was loaded. False: somebody else saved first.</summary>
    protected abstract Task<bool> SaveAsync(UnitOfWork tx, TLoaded before, TState next, IReadOnlyList<DomainEvent> events, Actor actor);

    /// <summary>What an event leaves: exhaustive over the events of the rule.</summary>
    protected abstract JournalEntry Journal(TLoaded before, TState next, DomainEvent happened, DateTimeOffset now);

    /// <summary>What follows within the feature; answers the aggregate as it is then.</summary>
    protected abstract Task<Result<TLoaded>> FollowAsync(UnitOfWork tx, TLoaded before, TState next, IReadOnlyList<DomainEvent> events,
        Actor actor);

    /// <summary>What is asked of other stores before the transaction begins, such as whether a person exists.</summary>
    protected virtual Task<Refusal?> CheckAsync(TCommand command, CancellationToken ct) => Task.FromResult<Refusal?>(null);

    protected virtual WriteLane LaneOf(TCommand command) => WriteLane.Normal;
}
