using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Commands;

/// <summary>An aggregate as it was loaded for a change.</summary>
internal interface ILoaded<out TState>
{
    TState State { get; }

    /// <summary>Its label in messages.</summary>
    string Label { get; }

    int Version { get; }

    /// <summary>Who changed it last and how; part of the refusal of a stale command.</summary>
    ChangeNote LastChange { get; }

    /// <summary>The relation of the actor to it, such as ownership.</summary>
    Relation Relation(Actor actor);
}

/// <summary>
/// The one path by which a command changes an aggregate, in one transaction: authorise, load, refuse a stale version, apply the rule, save,
/// record. Each feature overrides what differs; dialogs, endpoints, jobs and event handlers call it.
/// </summary>
internal abstract class Commands<TId, TLoaded, TState, TCommand>(Db db)
    where TLoaded : class, ILoaded<TState>
    where TCommand : class
{
    /// <summary>The kind of aggregate, for «… was not found».</summary>
    protected abstract string Thing { get; }

    /// <summary>The read permission, which is checked first: an actor without it is refused whether the aggregate exists or not.</summary>
    protected abstract Act ReadAct { get; }

    /// <summary>
    /// Relations that an actor may have to an aggregate that is not loaded yet. Where only a relation permits the act, the check follows
    /// the load.
    /// </summary>
    protected virtual Relation PossibleRelation => Relation.None;

    protected Db Db => db;

    /// <param name="id">The public code or name.</param>
    /// <param name="expectedVersion">The version that the actor read; null: not checked.</param>
    /// <returns>The aggregate as saved; unchanged where the command changed nothing.</returns>
    public async Task<Result<TLoaded>> RunAsync(TId id, TCommand command, int? expectedVersion, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct, PossibleRelation) is { } denied) return denied;
        if (await CheckAsync(command, ct) is { } refused)
            return await RefuseAsync(id, loaded => ActOf(command, loaded), refused, actor, ct);
        return await db.WriteAsync<TLoaded>(tx => RunAsync(tx, id, command, expectedVersion, actor), LaneOf(command), ct);
    }

    /// <summary>
    /// The refusal of what a request names, such as an account that does not exist, for an actor who may run the command; others learn only
    /// that they may not.
    /// </summary>
    public Task<Refusal> RefuseAsync(TId id, Act act, Refusal why, Actor actor, CancellationToken ct = default) =>
        RefuseAsync(id, _ => act, why, actor, ct);

    private protected async Task<Refusal> RefuseAsync(TId id, Func<TLoaded, Act> act, Refusal why, Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, ReadAct, PossibleRelation) is { } denied) return denied;
        return (await db.WriteAsync<TLoaded>(async tx => (await OpenAsync(tx, id, act, null, actor)).Refusal ?? why, ct: ct)).Refusal!;
    }

    /// <summary>Runs the command within an open transaction; the caller calls <see cref="CheckAsync"/>.</summary>
    public async Task<Result<TLoaded>> RunAsync(UnitOfWork tx, TId id, TCommand command, int? expectedVersion, Actor actor)
    {
        var opened = await OpenAsync(tx, id, loaded => ActOf(command, loaded), expectedVersion, actor);
        return opened.IsOk ? await ApplyAsync(tx, opened.Value, command, actor) : opened;
    }

    /// <summary>
    /// Loads the aggregate for a change: it is visible to the actor, the actor may change it, and the version is current.
    /// </summary>
    public Task<Result<TLoaded>> OpenAsync(UnitOfWork tx, TId id, Act act, int? expectedVersion, Actor actor) =>
        OpenAsync(tx, id, _ => act, expectedVersion, actor);

    /// <param name="act">The act, which may depend on what is changed.</param>
    protected async Task<Result<TLoaded>> OpenAsync(UnitOfWork tx, TId id, Func<TLoaded, Act> act, int? expectedVersion, Actor actor)
    {
        if (await LoadAsync(tx, id, actor) is not { } loaded) return Refusal.NotFound(Thing);
        if (AccessTable.Deny(actor, act(loaded), loaded.Relation(actor)) is { } denied) return denied;
        if (loaded.LastChange.Stale(loaded.Label, expectedVersion, loaded.Version) is { } stale) return stale;
        return loaded;
    }

    /// <summary>
    /// Decides, saves and records a permitted change: the actor's command after <see cref="OpenAsync"/>, or the consequence of another act
    /// in its transaction.
    /// </summary>
    public async Task<Result<TLoaded>> ApplyAsync(UnitOfWork tx, TLoaded loaded, TCommand command, Actor actor)
    {
        var outcome = await DecideAsync(tx, loaded, command, actor);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        if (events.Count == 0) return loaded;
        if (!await SaveAsync(tx, loaded, next, events, actor)) throw new ConcurrencyConflictException(loaded.Label);
        foreach (var happened in events) await tx.RecordAsync(actor, Journal(loaded, next, happened));
        return await FollowAsync(tx, loaded, next, events, actor);
    }

    /// <summary>The aggregate with this code, or null where it does not exist or is not visible to the actor.</summary>
    protected abstract Task<TLoaded?> LoadAsync(UnitOfWork tx, TId id, Actor actor);

    protected abstract Act ActOf(TCommand command);

    /// <summary>The same where the act depends on what is changed as well.</summary>
    protected virtual Act ActOf(TCommand command, TLoaded loaded) => ActOf(command);

    /// <summary>The pure rule, with the facts that it needs.</summary>
    protected abstract Task<Result<Accepted<TState>>> DecideAsync(UnitOfWork tx, TLoaded loaded, TCommand command, Actor actor);

    /// <summary>Saves, guarded by the version that was loaded. False: the row was changed in between.</summary>
    protected abstract Task<bool> SaveAsync(UnitOfWork tx, TLoaded before, TState next, IReadOnlyList<DomainEvent> events, Actor actor);

    /// <summary>The journal entry of an event; exhaustive over the events of the rule.</summary>
    protected abstract JournalEntry Journal(TLoaded before, TState next, DomainEvent happened);

    /// <summary>Consequences within the feature; returns the aggregate after them.</summary>
    protected abstract Task<Result<TLoaded>> FollowAsync(UnitOfWork tx, TLoaded before, TState next, IReadOnlyList<DomainEvent> events,
        Actor actor);

    /// <summary>Checks against other stores before the transaction begins, such as whether a person exists.</summary>
    protected virtual Task<Refusal?> CheckAsync(TCommand command, CancellationToken ct) => Task.FromResult<Refusal?>(null);

    protected virtual WriteLane LaneOf(TCommand command) => WriteLane.Normal;
}
