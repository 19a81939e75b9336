namespace IncidentHub.Response.Flags;

/// <summary>A flag that nobody has acknowledged, in a line.</summary>
internal sealed record WaitingFlag(string Code, string Concern, Sev Sev, DateTimeOffset FlaggedAt);

/// <param name="Items">The longest waiting ones of each suggested level.</param>
/// <param name="Total">How many wait, of all levels.</param>
internal sealed record WaitingFlags(IReadOnlyList<WaitingFlag> Items, int Total);
