using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Programs;

/// <summary>The facts of a program for other features.</summary>
internal sealed record ProgramFacts
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required IReadOnlyList<Guid> DeputyIds { get; init; }
    public required ProgramLifecycle Lifecycle { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>The lifetime of a permit.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>The grace period: the longest act of a collector that cannot be interrupted.</summary>
    public required TimeSpan GracePeriod { get; init; }
    public required TimeSpan Renewal { get; init; }
    public required int Version { get; init; }

    /// <summary>Whether the actor is its owner or a deputy.</summary>
    public Relation Relation(Actor actor) => ProgramFacts.RelationOf(actor, OwnerId, DeputyIds);

    internal static Relation RelationOf(Actor actor, Guid ownerId, IReadOnlyList<Guid> deputyIds) =>
        actor.Kind == ActorKind.Person && (actor.Id == ownerId || deputyIds.Contains(actor.Id))
            ? Domain.Access.Relation.OwnProgram : Domain.Access.Relation.None;
}

/// <summary>For pickers.</summary>
internal sealed record ProgramPick
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required ProgramLifecycle Lifecycle { get; init; }
}

/// <summary>A program as loaded: its state, and the names that pages and the API show.</summary>
internal sealed record ProgramRecord(ProgramState State, PersonRef Owner, IReadOnlyList<PersonRef> Deputies, ChangeNote LastChange)
    : ILoaded<ProgramState>
{
    public string Label => State.Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => ProgramFacts.RelationOf(actor, State.Details.OwnerId, State.Details.DeputyIds);

    public ProgramFacts ToFacts() => new()
    {
        Id = State.Id,
        Code = State.Code,
        Name = State.Details.Name,
        OwnerId = State.Details.OwnerId,
        OwnerName = Owner.Name,
        DeputyIds = State.Details.DeputyIds,
        Lifecycle = State.Lifecycle,
        Categories = State.Details.Categories,
        Regions = State.Details.Regions,
        Ttl = State.Details.Switch.Ttl,
        GracePeriod = State.Details.Switch.GracePeriod,
        Renewal = State.Details.Switch.Renewal,
        Version = State.Version,
    };
}
