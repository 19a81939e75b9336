using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// The records of one event: an audit record, timeline entries, the topics that open pages watch, and the events for upper layers in the
/// same transaction. Recorded by <see cref="UnitOfWork.RecordAsync"/>.
/// </summary>
internal sealed record JournalEntry
{
    /// <summary>Stable name of the act for the audit log, such as <c>incident.declared</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The subject of the act, such as <c>incident INC-12</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Subjects with readers of their own that the act or its facts tell of: the audit log shows subject and facts to those only who may
    /// see all of these. Those of the timeline entries are added by themselves.
    /// </summary>
    public IReadOnlyList<Guid> About { get; init; } = [];

    /// <summary>The actor, where it differs from the actor of the transaction.</summary>
    public Actor? By { get; init; }

    /// <summary>The facts for the audit log, stored as JSON; must not contain secrets.</summary>
    public object? Detail { get; init; }

    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Topics that everybody's pages may be notified of.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Topics of which the pages of those only are notified who may see their subjects.</summary>
    public IReadOnlyList<SubjectTopics> SubjectTopics { get; init; } = [];

    /// <summary>Events for the upper layers, in this order.</summary>
    public IReadOnlyList<ILayerEvent> Events { get; init; } = [];
}

/// <summary>Topics that tell of subjects with readers of their own.</summary>
/// <param name="Subjects">A reader sees all of them; none: everybody does.</param>
internal sealed record SubjectTopics(IReadOnlyCollection<Guid> Subjects, params IReadOnlyList<string> Topics);

/// <summary>One entry of the timeline of an incident, or of the activity of a program.</summary>
internal sealed record TimelineEntry
{
    /// <summary>Empty: assigned when it is recorded.</summary>
    public Guid Id { get; init; }

    public Guid? IncidentId { get; init; }
    public Guid? ProgramId { get; init; }

    /// <summary>The kind of entry, for filters: <c>declared</c>, <c>pause</c>, <c>note</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened; null: now. The time of recording is the transaction's time.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    /// <summary>The actor, where it differs from that of the journal entry.</summary>
    public Actor? By { get; init; }

    /// <summary>Text for people. Names of subjects that some readers may not see are references: see <see cref="Reference"/>.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// The title for readers who may not see every subject in <see cref="About"/>: they see no body and no data, and on the activity of a
    /// program no author. Null: the entry does not exist for them.
    /// </summary>
    public string? PublicTitle { get; init; }

    /// <summary>Visible to readers who may see every subject in <see cref="About"/>.</summary>
    public string? Body { get; init; }

    /// <summary>Facts for machines, stored as JSON; visible under the same condition as the body.</summary>
    public object? Data { get; init; }

    public bool Pinned { get; init; }

    /// <summary>Subjects other than the timeline's own that may have fewer readers.</summary>
    public IReadOnlyList<Guid> About { get; init; } = [];
}
