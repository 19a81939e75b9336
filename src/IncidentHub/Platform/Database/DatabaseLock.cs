namespace IncidentHub.Platform.Database;

/// <summary>
/// Reserves the SQLite file for this process until it ends: its writer, its clock and its job storage assume that. Does nothing on SQL
/// Server.
/// </summary>
internal sealed class DatabaseLock(Connections connections) : IDisposable
{
    private readonly Lock _taking = new();
    private FileStream? _lock;

    /// <summary>Throws <see cref="InvalidOperationException"/> where another process holds the lock.</summary>
    public void Take()
    {
        lock (_taking)
        {
            if (connections.DatabaseFile is { } file) _lock ??= Take(file);
        }
    }

    /// <summary>Locks a file by a lock file beside it.</summary>
    public static FileStream Take(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidOperationException(
                $"Another IncidentHub process uses {file}. A SQLite database belongs to one process and needs its own folder; " +
                "use SQL Server for several.");
        }
    }

    public void Dispose() => _lock?.Dispose();
}
