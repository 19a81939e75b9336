namespace IncidentHub.Platform.Database;

/// <summary>
/// The SQLite file belongs to this process alone, until it ends: its writer, its clock and its job storage assume that. Nothing on SQL
/// Server.
/// </summary>
internal sealed class DatabaseLock(Connections connections) : IDisposable
{
    private readonly Lock _taking = new();
    private FileStream? _lock;

    /// <summary>Throws <see cref="InvalidOperationException"/> where another process has it.</summary>
    public void Take()
    {
        lock (_taking)
        {
            if (connections.DatabaseFile is { } file) _lock ??= Take(file);
        }
    }

    /// <summary>Takes a file by a lock beside it.</summary>
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
                $"Another IncidentHub process uses {file}. A SQLite database belongs to one process and lies in a folder of its own; " +
                "use SQL Server for several.");
        }
    }

    public void Dispose() => _lock?.Dispose();
}
