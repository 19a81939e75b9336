using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IncidentHub.Platform.Database;

/// <summary>
/// A consistent copy of a database that is in use, by SQLite's online backup. It reads one snapshot: the writer of the hub, which is
/// another process, neither waits nor makes the copy begin again.
/// </summary>
internal static class SqliteCopy
{
    // A little at a time, each part synced: a large backlog of unwritten pages would make the hub's own commits wait for the disk.
    private const int PagesPerStep = 256, StepsPerSync = 8;

    /// <summary>Copies into an empty file, and marks it as a backup. Afterwards the file alone is the database.</summary>
    public static void Make(string source, string target)
    {
        using (var from = SqliteFile.Open(source))
        using (var to = SqliteFile.Open(target))
        using (var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Run(to, "PRAGMA synchronous = OFF");
            // Holds the snapshot until the end.
            using var snapshot = from.BeginTransaction(deferred: true);
            _ = SqliteFile.Number(from, "SELECT COUNT(*) FROM sqlite_schema");
            using var backup = raw.sqlite3_backup_init(to.Handle, "main", from.Handle, "main");
            if (backup.IsInvalid) throw Error(to);
            for (var step = 1; ; step++)
            {
                var result = raw.sqlite3_backup_step(backup, PagesPerStep);
                if (result == raw.SQLITE_DONE) break;
                if (result != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errstr(result).utf8_to_string(), result);
                if (step % StepsPerSync == 0) file.Flush(flushToDisk: true);
            }
        }
        Finish(target);
    }

    /// <summary>Marks a file as a backup, and ends its log.</summary>
    public static void Finish(string file)
    {
        using (var connection = SqliteFile.Open(file))
        {
            Run(connection, "PRAGMA journal_mode = DELETE");
            Run(connection, $"PRAGMA user_version = {SqliteFile.BackupMark}");
        }
        DurableFiles.Sync(file);
    }

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static SqliteException Error(SqliteConnection connection) =>
        new(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), raw.sqlite3_errcode(connection.Handle));
}
