namespace IncidentHub.Platform.Database;

/// <summary>
/// Whether the disk of the SQLite file takes what the hub writes. A failure is said once in the log, and by readiness until a write
/// succeeds again; each request that met it was told so.
/// </summary>
internal sealed partial class StorageState(Connections connections, ILogger<StorageState> log)
{
    private string? _fault;

    /// <summary>What is wrong, without a path; null where the last write succeeded.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    public void Failed(Exception e)
    {
        if (Said(e) is not { } said) return;
        if (Interlocked.Exchange(ref _fault, said) is not null) return;
        LogFailed(DatabaseFaults.Sentence(connections.DatabaseFile!, e) ?? said);
    }

    /// <summary>What that error says of the disk, without a path; null where it is another one.</summary>
    public static string? Said(Exception e) => DatabaseFaults.StorageOf(e) switch
    {
        StorageFault.Full => "The disk of the database is full.",
        StorageFault.Failing => "The database cannot be written.",
        _ => null,
    };

    public void Succeeded()
    {
        // Read first: almost always there is nothing to change.
        if (Fault is not null && Interlocked.Exchange(ref _fault, null) is not null) LogSucceeded(connections.DatabaseFile);
    }

    [LoggerMessage(LogLevel.Critical, "{Fault} Until then nothing is saved and no permit is issued: collectors stop as their permits end, "
        + "and active pauses stay active")]
    private partial void LogFailed(string fault);

    [LoggerMessage(LogLevel.Warning, "{File} can be written again")]
    private partial void LogSucceeded(string? file);
}
