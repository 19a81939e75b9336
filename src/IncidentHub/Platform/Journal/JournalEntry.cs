using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// What one event leaves: a record in the audit log, entries on timelines, the topics that open pages watch, and what upper layers do in
/// the same transaction. Recorded by <see cref="UnitOfWork.RecordAsync"/>.
/// </summary>
internal sealed record JournalEntry
{
    /// <summary>Stable name of the act for the audit log, such as <c>incident.declared</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as <c>incident INC-12</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Who did it, where it was not whoever runs the transaction.</summary>
    public Actor? By { get; init; }

    /// <summary>The facts for the audit log, kept as JSON; must hold no secret.</summary>
    public object? Detail { get; init; }

    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>For the upper layers, in this order.</summary>
    public IReadOnlyList<ILayerEvent> Events { get; init; } = [];
}

/// <summary>One entry of the timeline of an incident, or of the activity of a program.</summary>
internal sealed record TimelineEntry
{
    /// <summary>Empty: made when it is recorded.</summary>
    public Guid Id { get; init; }

    public Guid? IncidentId { get; init; }
    public Guid? ProgramId { get; init; }

    /// <summary>What kind of thing happened, for filters: <c>declared</c>, <c>pause</c>, <c>note</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened; null: now. When it was recorded is the transaction's time.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    /// <summary>Who did it, where it was not whoever the journal's entry names.</summary>
    public Actor? By { get; init; }

    /// <summary>For people. Names of what not every reader may see are references: see <see cref="Reference"/>.</summary>
    public required string Title { get; init; }

    /// <summary>Shown to those who may see everything that the entry is <see cref="About"/>.</summary>
    public string? Body { get; init; }

    /// <summary>Facts for machines, kept as JSON; shown as the body is.</summary>
    public object? Data { get; init; }

    public bool Pinned { get; init; }

    /// <summary>Subjects other than the timeline's own whose readers may be fewer.</summary>
    public IReadOnlyList<Guid> About { get; init; } = [];
}
