using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Database;

/// <summary>
/// Reserves the SQLite file for this process until it ends: its writer, its clock and its job storage assume that. Does nothing on SQL
/// Server.
/// </summary>
internal sealed partial class DatabaseLock(Connections connections, IOptions<DatabaseOptions> options, ILogger<DatabaseLock> log)
    : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    // What a file that is locked reports: errno, or the code of Windows. Everything else is not another process.
    private const int WouldBlock = 11, WouldBlockOfBsd = 35, SharingViolationOfWindows = unchecked((int)0x80070020);
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

    /// <summary>
    /// The same, but waits until the other process, which may be stopping, has released it. False where it did not in time: the log says
    /// so.
    /// </summary>
    public async Task<bool> WaitAsync()
    {
        var (limit, started) = (options.Value.LockTimeout, Stopwatch.GetTimestamp());
        for (var waits = false; ; waits = true)
        {
            try
            {
                Take();
                if (waits) LogTaken(connections.DatabaseFile, Stopwatch.GetElapsedTime(started).TotalSeconds);
                return true;
            }
            catch (InvalidOperationException e)
            {
                if (Stopwatch.GetElapsedTime(started) >= limit)
                {
                    LogHeld(e.Message.TrimEnd('.'), limit.TotalSeconds);
                    return false;
                }
                if (!waits) LogWaiting(connections.DatabaseFile, limit.TotalSeconds);
            }
            await Task.Delay(Poll);
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
        catch (IOException e) when (e.HResult is WouldBlock or WouldBlockOfBsd or SharingViolationOfWindows)
        {
            throw new InvalidOperationException(
                $"Another IncidentHub process uses {file}: a SQLite database belongs to one process and needs its own folder; stop that "
                + "process, or use SQL Server for several.");
        }
    }

    public void Dispose() => _lock?.Dispose();

    [LoggerMessage(LogLevel.Warning, "Another IncidentHub process uses {File}. Waiting up to {Limit} s for it to end")]
    private partial void LogWaiting(string? file, double limit);

    [LoggerMessage(LogLevel.Warning, "The other process released {File} after {Waited:0.0} s")]
    private partial void LogTaken(string? file, double waited);

    [LoggerMessage(LogLevel.Critical, "{Sentence}")]
    public partial void LogFault(string sentence);

    [LoggerMessage(LogLevel.Critical, "{Reason} (waited {Limit} s, Database:LockTimeout).")]
    private partial void LogHeld(string reason, double limit);
}
