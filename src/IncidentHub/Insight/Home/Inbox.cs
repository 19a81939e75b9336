using IncidentHub.Ui.Kit;

namespace IncidentHub.Insight.Home;

/// <summary>In this order: a violation, a running clock, what others wait for, the person's own work.</summary>
public enum Urgency { Violation, Clock, Awaited, Overdue, Tomorrow }

/// <summary>An item that needs action by this person, or one row for the items of a kind that are not listed.</summary>
/// <param name="Urgency">The sort order.</param>
/// <param name="Kind">What is needed: «Pause proposed», «Approval», «Update due».</param>
/// <param name="Due">The due time; null if there is none.</param>
/// <param name="Since">Since when the item has been waiting, if it has no due time.</param>
/// <param name="Rest">How many more items of the kind there are, if this row links to their list; null for a single item.</param>
public sealed record InboxItem(
    Urgency Urgency, string Kind, Tone Tone, string Text, string Href, DateTimeOffset? Due = null, DateTimeOffset? Since = null,
    string? Note = null, int? Rest = null);

/// <summary>What needs action by a person, the most urgent first. Of each kind only the most urgent are listed; all are counted.</summary>
/// <param name="Next">When something becomes due that no change tells of; null where there is none.</param>
public sealed record Inbox(IReadOnlyList<InboxItem> Items, DateTimeOffset? Next = null)
{
    public int Count => Items.Sum(i => i.Rest ?? 1);

    public int CountOf(string kind) => Items.Where(i => i.Kind == kind).Sum(i => i.Rest ?? 1);
}
