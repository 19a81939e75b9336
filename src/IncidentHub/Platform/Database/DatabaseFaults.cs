using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Database;

/// <summary>What is wrong with a database file, as one sentence that says what to do.</summary>
internal sealed class DatabaseFaultException(string sentence) : Exception(sentence);

/// <summary>Why a disk does not take what is written.</summary>
internal enum StorageFault { Full, Failing }

/// <summary>Errors of SQLite and of the file system in plain words: a stack trace says nothing to whoever operates the hub.</summary>
internal static class DatabaseFaults
{
    // Result codes of SQLite (sqlite.org/rescode.html), without their extensions.
    private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14;
    private const int NotADatabase = 26;

    // errno of Linux and the BSDs, which .NET passes on as the HResult, and the codes of Windows.
    private const int ReadOnlyFileSystem = 30, NoSpace = 28, QuotaExceeded = 122;
    private const int DiskFullOfWindows = unchecked((int)0x80070070);

    /// <summary>The sentence, or null where the error has nothing to do with the file.</summary>
    public static string? Sentence(string file, Exception e) => e switch
    {
        DatabaseFaultException or InvalidOperationException => e.Message,
        SqliteException sqlite => Sentence(file, sqlite),
        UnauthorizedAccessException => NotWritable(file),
        IOException { HResult: ReadOnlyFileSystem } => NotWritable(file),
        IOException when IsFull(e) => DiskFull(file),
        IOException => $"{file} or its folder cannot be used: {e.Message}",
        _ => null,
    };

    /// <summary>
    /// Whether what was written while the hub runs did not reach the disk; also where other exceptions enclose that one. Nothing of it was
    /// committed. Null for every other error.
    /// </summary>
    public static StorageFault? StorageOf(Exception? e) => e switch
    {
        null => null,
        SqliteException { SqliteErrorCode: Full } => StorageFault.Full,
        SqliteException { SqliteErrorCode: ReadOnly or IoError or CannotOpen } => StorageFault.Failing,
        IOException when IsFull(e) => StorageFault.Full,
        IOException { HResult: ReadOnlyFileSystem } => StorageFault.Failing,
        _ => StorageOf(e.InnerException),
    };

    public static bool IsFull(Exception e) => e is IOException { HResult: NoSpace or QuotaExceeded or DiskFullOfWindows };

    private static string Sentence(string file, SqliteException e) => e.SqliteErrorCode switch
    {
        NotADatabase => $"{file} is not a SQLite database. Check ConnectionStrings:IncidentHub, or restore a backup.",
        Corrupt => $"{file} is damaged ({e.Message}). Stop here, keep the file and what lies beside it, and restore the last backup "
            + "with 'incidenthub restore'.",
        Full => DiskFull(file),
        ReadOnly or CannotOpen => NotWritable(file),
        IoError => $"{file} could not be read or written: the disk reports an error, or is full. Check it.",
        Busy or Locked => $"Another program keeps {file} locked. End it, then try again.",
        NoMemory => $"There is not enough memory to open {file}.",
        _ => $"{file} cannot be used: {e.Message}",
    };

    public static string NotWritable(string file) =>
        $"{file} cannot be written. The account of the hub must be able to write this file and to create files in its folder, and the "
        + "file system must not be read-only.";

    private static string DiskFull(string file) => $"The disk of {file} is full. Make room, then try again: nothing was lost.";
}
