using IncidentHub.Ui.Kit;

namespace IncidentHub.Insight.Home;

/// <summary>In this order: a violation, a clock that is running, what others wait for, one's own work.</summary>
public enum Urgency { Violation, Clock, Awaited, Overdue, Tomorrow }

/// <summary>Something that needs this person, or all that the inbox does not list of a kind.</summary>
/// <param name="Urgency">What comes first.</param>
/// <param name="Kind">What is asked: «Pause proposed», «Approval», «Update due».</param>
/// <param name="Due">When it is too late; null where it only waits.</param>
/// <param name="Since">Since when it waits, where nothing is due.</param>
/// <param name="Rest">How many more of the kind there are, where this leads to their list; null for a single thing.</param>
public sealed record InboxItem(
    Urgency Urgency, string Kind, Tone Tone, string Text, string Href, DateTimeOffset? Due = null, DateTimeOffset? Since = null,
    string? Note = null, int? Rest = null);

/// <summary>What needs a person, the most urgent first. Of each kind only the most urgent are listed; all are counted.</summary>
public sealed record Inbox(IReadOnlyList<InboxItem> Items)
{
    public int Count => Items.Sum(i => i.Rest ?? 1);

    public int CountOf(string kind) => Items.Where(i => i.Kind == kind).Sum(i => i.Rest ?? 1);
}
