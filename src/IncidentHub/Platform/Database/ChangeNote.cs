namespace IncidentHub.Platform.Database;

/// <summary>Who changed an aggregate last and how; part of the refusal of a stale command.</summary>
internal sealed record ChangeNote(DateTimeOffset At, string By, string What)
{
    private const int MaxWhat = 400, MaxBy = 200;

    public static ChangeNote Of(DateTimeOffset at, string by, string what) =>
        new(at, TextRules.Cut(by, MaxBy), TextRules.Cut(what, MaxWhat));

    /// <summary>
    /// The refusal of a command on version <paramref name="expected"/>, or null where that is the current one or no version was expected.
    /// </summary>
    public Refusal? Stale(string thing, int? expected, int present) => expected is null || expected == present
        ? null
        : Refusal.Stale(
            $"{thing} was changed by {By} in the meantime: {What}. Your change was not saved. Load the current version, then try again.",
            [What]);
}
