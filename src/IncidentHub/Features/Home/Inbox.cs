using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Home;

/// <summary>In this order: a clock that is running, then what others wait for, then one's own work.</summary>
public enum Urgency { Clock, Awaited, Overdue, Tomorrow }

/// <summary>Something that needs this person.</summary>
/// <param name="Urgency">What comes first.</param>
/// <param name="Kind">What is asked: «Pause proposed», «Approval», «Update due».</param>
/// <param name="Due">When it is too late; null where it only waits.</param>
/// <param name="Since">Since when it waits, where nothing is due.</param>
public sealed record InboxItem(
    Urgency Urgency, string Kind, Tone Tone, string Text, string Href, DateTimeOffset? Due = null, DateTimeOffset? Since = null,
    string? Note = null);

/// <summary>How many more of a kind there are than the inbox shows, and where all of them are listed.</summary>
public sealed record InboxRest(string Kind, int Count, string Text, string Href);

/// <summary>What needs a person, the most urgent first. Of each kind only the most urgent are items; all are counted.</summary>
public sealed record Inbox(IReadOnlyList<InboxItem> Items, IReadOnlyList<InboxRest> Rest)
{
    public int Count => Items.Count + Rest.Sum(r => r.Count);

    public int CountOf(string kind) => Items.Count(i => i.Kind == kind) + Rest.Where(r => r.Kind == kind).Sum(r => r.Count);
}
