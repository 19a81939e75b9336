using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>The filters of the list, as in a query string. All are optional; an invalid value is refused at its field.</summary>
internal sealed record IncidentFilter
{
    public const int MaxText = 200;

    /// <summary><c>open</c>, <c>all</c> (or nothing), or one status.</summary>
    public string? Status { get; init; }

    /// <summary>«2», or a range «0-2».</summary>
    public string? Sev { get; init; }

    /// <summary>A program's code.</summary>
    public string? Program { get; init; }

    /// <summary>Words of code, title, summary or program; each matches as a prefix.</summary>
    public string? Text { get; init; }

    /// <summary>Declared from this time (inclusive) to the other (exclusive).</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those whose next update is due by this time.</summary>
    public DateTimeOffset? UpdateDueBy { get; init; }

    /// <summary>Only those on which the viewer has a role.</summary>
    public bool Mine { get; init; }

    /// <summary>For clients that keep a copy: changes since this time, the oldest first. Cannot be combined with other filters.</summary>
    public DateTimeOffset? UpdatedSince { get; init; }
    public string? Cursor { get; init; }
    public int? Limit { get; init; }

    /// <summary>Whether it selects by anything but <see cref="UpdatedSince"/>.</summary>
    public bool HasOthers => Mine || (Status, Sev, Program, Text, From, To, UpdateDueBy) is not (null, null, null, null, null, null, null);
}

/// <summary>One row of the list.</summary>
internal sealed record IncidentListItem
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required int Sev { get; init; }
    public required string SevName { get; init; }
    public required IncidentStatus Status { get; init; }
    public required Confidentiality Confidentiality { get; init; }
    public required int Cycle { get; init; }
    public required IReadOnlyList<string> Programs { get; init; }
    public required string? Commander { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required DateTimeOffset? UpdateDueAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required int Version { get; init; }
}
