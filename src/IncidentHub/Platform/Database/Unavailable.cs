namespace IncidentHub.Platform.Database;

/// <summary>
/// What whoever sent a command is told where the database could not take it, for no fault of the command. Nothing was saved.
/// </summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Sentence">For people: it names no path, since anybody may read it.</param>
internal sealed record Unavailable(string Code, string Sentence)
{
    private const string Away = "database_away";

    /// <summary>Whether the database cannot be reached, as after a fail-over; else its disk does not take what is written.</summary>
    public bool IsAway => Code == Away;

    /// <summary>Null for every other error.</summary>
    public static Unavailable? Of(Exception? e) => DatabaseFaults.StorageOf(e) switch
    {
        StorageFault.Full => new("storage_full", "The hub's disk is full. Nothing was changed. Whoever operates the hub must make room; "
            + "try again then."),
        StorageFault.Failing => new("storage_failed", "The hub cannot write to its disk at the moment. Nothing was changed. Whoever "
            + "operates the hub must look at the disk; try again then."),
        _ => SqlFailures.IsAway(e)
            ? new(Away, "The hub cannot reach its database at the moment. Nothing was changed. Try again in some seconds.") : null,
    };
}
