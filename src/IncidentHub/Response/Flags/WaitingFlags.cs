namespace IncidentHub.Response.Flags;

/// <summary>A row for a flag that has not been acknowledged.</summary>
internal sealed record WaitingFlag(string Code, string Concern, Sev Sev, DateTimeOffset FlaggedAt);

/// <param name="Items">The oldest flags of each suggested level.</param>
/// <param name="Total">How many await acknowledgement, over all levels.</param>
internal sealed record WaitingFlags(IReadOnlyList<WaitingFlag> Items, int Total);
