using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Datasets;

/// <summary>The records of each event of a dataset and of its links. A dataset has no timeline of its own.</summary>
internal static class DatasetHistory
{
    public static JournalEntry Of(DatasetState dataset, DomainEvent happened) => happened switch
    {
        DatasetRegistered => Entry(dataset, "dataset.registered", dataset.Details),
        DatasetEdited e => Entry(dataset, "dataset.edited", e),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a dataset."),
    };

    /// <summary>As a clause, for the refusal of a stale command.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(happened => happened switch
    {
        DatasetRegistered => "registered",
        DatasetEdited e => string.Join(", ", e.Changes.Select(c => FieldNames.Words(c.Field))),
        _ => throw new ArgumentOutOfRangeException(nameof(events), happened, "Not an event of a dataset."),
    }));

    public static JournalEntry OfLineage(DatasetState upstream, DatasetState downstream, bool removed) =>
        Entry(downstream, removed ? "lineage.withdrawn" : "lineage.stated", new { Upstream = upstream.Name }) with
        {
            Topics = ["datasets", $"dataset:{upstream.Id}", $"dataset:{downstream.Id}"],
        };

    /// <summary>Lineage of several datasets; where a pipeline reported it, with who did.</summary>
    public static JournalEntry OfLineage((Guid Id, string Name) upstream, (Guid Id, string Name) downstream,
        LineageSource? source) => new()
        {
            Action = "lineage.stated",
            Subject = $"dataset {downstream.Name}",
            Detail = source is null
            ? new { Upstream = upstream.Name } : new { Upstream = upstream.Name, source.Job, source.Run, source.Producer, source.At },
            Topics = ["datasets", $"dataset:{upstream.Id}", $"dataset:{downstream.Id}"],
        };

    public static JournalEntry OfFeed(ProgramFacts program, DatasetState dataset, bool removed) => new()
    {
        Action = removed ? "feed.withdrawn" : "feed.stated",
        Subject = $"program {program.Code}",
        Detail = new { Dataset = dataset.Name },
        Timeline =
        [
            new()
            {
                ProgramId = program.Id,
                Kind = "feeds",
                Title = removed ? $"No longer feeds {dataset.Name}" : $"Feeds {dataset.Name}",
            },
        ],
        Topics = ["programs", "datasets", $"dataset:{dataset.Id}"],
    };

    private static JournalEntry Entry(DatasetState dataset, string action, object detail) => new()
    {
        Action = action,
        Subject = $"dataset {dataset.Name}",
        Detail = detail,
        Topics = ["datasets", $"dataset:{dataset.Id}"],
    };
}
