using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace IncidentHub.Platform.Database;

/// <summary>Files that are complete under their name, also after a power failure.</summary>
internal static class DurableFiles
{
    /// <summary>An empty new file that only its user may read. Throws <see cref="IOException"/> where it exists.</summary>
    public static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }

    /// <summary>The same where there is none yet. SQLite gives the files beside a database the rights of the database.</summary>
    public static void CreateMissing(string file)
    {
        if (!File.Exists(file)) Create(file).Dispose();
    }

    /// <summary>Writes what the system still holds of the file to the disk.</summary>
    public static void Sync(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Renames a file that was synced; never over another one. Returns after the name is durable.</summary>
    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: false);
        SyncFolder(Path.GetDirectoryName(to)!);
    }

    // .NET opens no folders. Windows writes the names of files with the files.
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
        if (handle < 0) throw new IOException($"The folder {folder} could not be opened to write it to the disk.");
        var failed = FSync(handle) != 0;
        _ = Close(handle);
        if (failed) throw new IOException($"The folder {folder} could not be written to the disk.");
    }

    // The path as its bytes in UTF-8, ended by a zero.
    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int FSync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}

/// <summary>The files of a database that another one takes the place of. None is deleted.</summary>
internal static class ReplacedFiles
{
    /// <summary>Between the name of a file and the time at which it was moved aside.</summary>
    public const string Mark = ".replaced-";

    /// <summary>
    /// Moves a SQLite file and its log aside; the log goes with it, because it may hold the newest commits. Returns its new name, or null
    /// where there is none.
    /// </summary>
    public static string? MoveAside(string file, DateTimeOffset now)
    {
        if (!File.Exists(file)) return null;
        var aside = $"{file}{Mark}{now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        // The database first: a hub that finds a log alone does not start.
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"])
        {
            if (File.Exists(file + part)) DurableFiles.Rename(file + part, aside + part);
        }
        return aside;
    }
}
