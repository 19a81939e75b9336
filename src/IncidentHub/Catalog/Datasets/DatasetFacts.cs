using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Datasets;

/// <summary>The facts of a dataset for other features.</summary>
internal sealed record DatasetFacts
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DatasetKind Kind { get; init; }
    public required Guid OwnerId { get; init; }
    public required Classification Classification { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required EncryptionAtRest Encryption { get; init; }
    public required Audience Promised { get; init; }
    public required Audience? Actual { get; init; }
    public required long? Records { get; init; }
    public required long? Subjects { get; init; }

    /// <summary>For how many days it is kept; null: not stated.</summary>
    public required int? RetentionDays { get; init; }
    public required int Version { get; init; }
}

/// <summary>A dataset as loaded: its state, and the names that pages and the API show.</summary>
internal sealed record DatasetRecord(DatasetState State, PersonRef Owner, ChangeNote LastChange) : ILoaded<DatasetState>
{
    public string Label => State.Name;

    public int Version => State.Version;

    /// <summary>A dataset's owner has the permissions of a program's owner.</summary>
    public Relation Relation(Actor actor) =>
        actor.Kind == ActorKind.Person && State.Details.OwnerId == actor.Id
            ? Domain.Access.Relation.OwnProgram : Domain.Access.Relation.None;

    public DatasetFacts ToFacts() => new()
    {
        Id = State.Id,
        Name = State.Name,
        Kind = State.Details.Kind,
        OwnerId = State.Details.OwnerId,
        Classification = State.Details.Classification,
        Categories = State.Details.Categories,
        Encryption = State.Details.Encryption,
        Promised = State.Details.Promised,
        Actual = State.Details.Actual,
        Records = State.Details.Records,
        Subjects = State.Details.Subjects,
        RetentionDays = State.Details.RetentionDays,
        Version = State.Version,
    };
}

/// <summary>A short description of a dataset, for lists, lineage and pickers.</summary>
internal sealed record DatasetBrief
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public required DatasetKind Kind { get; init; }
    public required Classification Classification { get; init; }
    public required EncryptionAtRest EncryptionAtRest { get; init; }

    /// <summary>The actual audience is larger than the promised one.</summary>
    public required bool OverExposed { get; init; }
    public required long? Records { get; init; }
    public required long? Subjects { get; init; }
}

/// <summary>For pickers.</summary>
internal sealed record DatasetPick
{
    public required string Name { get; init; }
    public required DatasetKind Kind { get; init; }
    public required Classification Classification { get; init; }
}

/// <summary>A program that feeds a dataset.</summary>
internal sealed record FeedingProgram
{
    public required Guid DatasetId { get; init; }
    public required Guid ProgramId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required ProgramLifecycle Lifecycle { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public string OwnerName { get; init; } = "";
}

/// <summary>A dataset derived from the requested one.</summary>
/// <param name="Distance">The smallest number of derivation steps.</param>
internal sealed record DerivedDataset(DatasetBrief Dataset, int Distance);

/// <summary>All derived datasets, nearest first, and the programs that feed them, because they process the exposed data.</summary>
internal sealed record BlastRadius(
    IReadOnlyList<DerivedDataset> Derived, IReadOnlyList<FeedingProgram> Programs, IReadOnlyList<LineageEdge> Edges);

/// <summary>A dataset or model that an exposure reaches.</summary>
/// <param name="Step">0 for what was exposed itself.</param>
internal sealed record ReachableDataset(
    Guid Id, string Name, DatasetKind Kind, string OwnerName, bool OverExposed, long? Records, long? Subjects,
    IReadOnlyList<string> Regions, int Step);

/// <summary>Datasets, what is derived from them, and how they are connected.</summary>
/// <param name="IsCut">Whether more is derived than the limit allowed to read.</param>
internal sealed record Reach(
    IReadOnlyList<ReachableDataset> Datasets, IReadOnlyList<LineageEdge> Edges, IReadOnlyList<FeedingProgram> Programs, bool IsCut);
