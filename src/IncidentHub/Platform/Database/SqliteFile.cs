using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Database;

/// <summary>
/// The quick check of a SQLite file before the hub uses it: a fixed number of pages is read, whatever its size. A whole check, which reads
/// every page, is part of a backup and of a restore.
/// </summary>
internal static class SqliteFile
{
    /// <summary>The application id in the header of every database of IncidentHub: "IHub".</summary>
    public const int ApplicationId = 0x49487562;

    /// <summary>The user version of a file that a backup wrote, until a hub takes it into use: <see cref="RestoredDatabase"/>.</summary>
    public const int BackupMark = 1;

    private const int HeaderSize = 100;

    /// <summary>One sentence about what is wrong, or null. No file yet is right, too. The caller holds the lock.</summary>
    public static string? Fault(string file)
    {
        try
        {
            return File.Exists(file) ? FaultOfHeader(file) ?? FaultOfContent(file) : FaultOfMissing(file);
        }
        catch (Exception e) when (DatabaseFaults.Sentence(file, e) is not null)
        {
            return DatabaseFaults.Sentence(file, e);
        }
    }

    /// <summary>A connection of its own, so that no pool keeps the file open.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = true, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static long Number(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static IReadOnlyList<string> Texts(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    // A new database would silently take the place of the one that is missing, and its log would be deleted.
    private static string? FaultOfMissing(string file)
    {
        if (Length(file + "-wal") > 0)
        {
            return $"{file} is missing, but its log {file}-wal is there. Put the database back beside its log, or move the log away and "
                + "restore a backup: a log alone is not a database.";
        }
        var folder = Path.GetDirectoryName(file)!;
        var moved = Path.GetFileName(file) + ReplacedFiles.Mark + "*";
        var aside = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, moved).Order(StringComparer.Ordinal).FirstOrDefault(f => f.EndsWith('Z')) : null;
        return aside is null ? null
            : $"{file} is missing, but {aside} is there: a restore was interrupted. Run it again, or rename that file back.";
    }

    private static string? FaultOfHeader(string file)
    {
        var header = new byte[HeaderSize];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.Length == 0)
            return $"{file} is empty (0 bytes): it was cut off, or never written. Restore a backup, or remove it to begin anew.";
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize
            || !header.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8))
            return $"{file} is not a SQLite database. Check ConnectionStrings:IncidentHub, or restore a backup.";
        var application = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(68));
        if (application is not (0 or ApplicationId)) return Foreign(file, $"its application id is {application}");
        // Pages that are still in the log may be missing here.
        if (Length(file + "-wal") > 0) return null;
        long pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28));
        var whole = pages * (pageSize == 1 ? 65_536 : pageSize);
        return stream.Length >= whole ? null
            : $"{file} is cut off: it has {stream.Length:N0} of {whole:N0} bytes. Keep it, and restore the last backup with "
                + "'incidenthub restore'.";
    }

    private static string? FaultOfContent(string file)
    {
        using var connection = Open(file);
        const string tablesOf = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        var tables = Texts(connection, tablesOf);
        // Made, and ended before its first table.
        if (tables.Count == 0) return FaultOfWriting(connection);
        if (!tables.Contains(Migrator.Journal)) return Foreign(file, $"it has no table {Migrator.Journal}");
        if (Migrator.Fault(Migrator.Applied(connection), Migrator.Scripts(Engine.Sqlite)) is { } schema) return schema;
        // The first and the last page of each table: most of what damages a file destroys its beginning, its end, or whole parts.
        var byKey = Texts(connection, tablesOf + " AND sql LIKE '%WITHOUT ROWID%'");
        foreach (var table in tables)
        {
            Read(connection, $"SELECT * FROM \"{table}\" LIMIT 1");
            if (!byKey.Contains(table)) Read(connection, $"SELECT * FROM \"{table}\" ORDER BY rowid DESC LIMIT 1");
        }
        return FaultOfWriting(connection);
    }

    private static void Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            for (var i = 0; i < row.FieldCount; i++) _ = row.GetValue(i);
        }
    }

    // Reads do not notice that a file cannot be written.
    private static string? FaultOfWriting(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; ROLLBACK";
        command.ExecuteNonQuery();
        return null;
    }

    private static string Foreign(string file, string how) =>
        $"{file} is the database of another application: {how}. Nothing was changed in it. Check ConnectionStrings:IncidentHub.";

    private static long Length(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
