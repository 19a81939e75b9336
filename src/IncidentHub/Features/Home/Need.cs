using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Home;

/// <summary>In this order: a clock that runs for everybody, then what others wait for, then one's own work.</summary>
internal enum Urgency { Clock, Awaited, Overdue, Tomorrow }

/// <summary>Something that waits for this person.</summary>
/// <param name="Urgency">What comes first.</param>
/// <param name="Kind">What is asked: «Proposed pause», «Approval», «Update due».</param>
/// <param name="Due">When it is too late; null where it only waits.</param>
/// <param name="Since">Since when it waits, where nothing is due.</param>
internal sealed record Need(Urgency Urgency, string Kind, Tone Tone, string Text, string Href, DateTimeOffset? Due = null, DateTimeOffset? Since = null, string? Note = null);
