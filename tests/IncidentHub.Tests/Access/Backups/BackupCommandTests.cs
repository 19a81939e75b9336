using Dapper;
using IncidentHub.Access.Backups;
using IncidentHub.Domain;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace IncidentHub.Tests.Access.Backups;

/// <summary>The commands on files of their own, without a hub; RestoredBackupTests has a whole story with processes.</summary>
public class BackupCommandTests : IClassFixture<BackupCommandTests.SomeRows>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-backup-").FullName;
    private readonly string _hub, _backup;

    public BackupCommandTests(SomeRows rows)
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Backups of SQLite files.");
        (_hub, _backup) = (Path.Combine(_folder, "hub.db"), Path.Combine(_folder, "backup.db"));
        File.Copy(rows.File, _hub);
    }

    /// <summary>A database with some audited acts, as a hub leaves it.</summary>
    public sealed class SomeRows : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-backup-").FullName;

        public string File => Path.Combine(_folder, "rows.db");

        public async ValueTask InitializeAsync()
        {
            if (TestEngine.Current != Engine.Sqlite) return;
            await using var hub = new TestHub();
            await hub.Db.WriteAsync<Done>(async tx =>
            {
                foreach (var n in (int[])[1, 2, 3])
                    await tx.RecordAsync(TestHub.Actor("responder"), new() { Action = "incident.noted", Subject = $"incident INC-{n}" });
                return default(Done);
            });
            await using var connection = SqliteFile.Open(hub.DatabaseFile);
            await connection.ExecuteAsync($"VACUUM INTO '{File}'");
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_backup_includes_commits_that_are_still_in_the_log_and_is_one_private_file()
    {
        await using var open = Open();
        Assert.True(new FileInfo(_hub + "-wal").Length > 0);
        var (code, said) = await RunAsync("backup", _backup);
        Assert.True(code == 0, said);
        Assert.Contains($"schema      {Migrator.Scripts(Engine.Sqlite)[^1].Number:0000}_", said, StringComparison.Ordinal);
        Assert.Contains("audit head  " + Text(_hub, "SELECT LastHash FROM AuditHead"), said, StringComparison.Ordinal);
        Assert.Contains("Not in it: the files of evidence in", said, StringComparison.Ordinal);
        Assert.Equal(["backup.db", "hub.db", "hub.db-shm", "hub.db-wal"], Files());
        Assert.Equal("written", Text(_backup, "SELECT Name FROM Counter WHERE Name = 'written'"));
        Assert.Equal(["backup.db", "hub.db", "hub.db-shm", "hub.db-wal"], Files());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_backup));

        var before = await File.ReadAllBytesAsync(_backup);
        (code, said) = await RunAsync("backup", _backup);
        Assert.Equal(2, code);
        Assert.Contains("exists already, and a backup overwrites nothing.", said, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_backup));
    }

    [Theory]
    [InlineData("backup", "Usage: backup FILE")]
    [InlineData("backup --all x", "Usage: backup FILE")]
    [InlineData("backup {0}/nowhere/x.db", "does not exist. Create it first.")]
    [InlineData("backup {0}", "exists already")]
    [InlineData("restore", "Usage: restore FILE")]
    [InlineData("restore {0}/none.db", "There is no file")]
    [InlineData("restore {0}/hub.db", "is the hub's own database")]
    public async Task What_cannot_run_says_why_and_has_its_own_exit_code(string command, string says)
    {
        var (code, said) = await RunAsync(command.Replace("{0}", _folder, StringComparison.Ordinal).Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Equal(["hub.db"], Files().Where(f => f != "hub.db.lock"));
    }

    [Theory]
    [InlineData("backup", "BACKUP DATABASE")]
    [InlineData("restore", "RESTORE DATABASE")]
    public async Task On_SQL_Server_the_command_names_the_right_tool(string command, string says)
    {
        var (code, said) = await RunAsync([command, _backup], ("Database:Provider", "SqlServer"),
            ("ConnectionStrings:IncidentHub", "Server=nowhere;Database=IncidentHub"));
        Assert.Equal(2, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_leaves_no_backup()
    {
        Damage(_hub, "AuditEntry");
        var (code, said) = await RunAsync("backup", _backup);
        Assert.Equal(1, code);
        Assert.StartsWith($"No backup was written. {_hub} is damaged", said, StringComparison.Ordinal);
        Assert.Equal(["hub.db"], Files());
    }

    [Fact]
    public async Task A_restore_keeps_what_was_there_with_its_log_and_marks_the_file()
    {
        await BackUpAsync();
        await using (Open())
        {
            // Killed: its log stays.
            File.Copy(_hub, _hub + ".copy");
            File.Copy(_hub + "-wal", _hub + ".copy-wal");
        }
        File.Move(_hub + ".copy", _hub, overwrite: true);
        File.Move(_hub + ".copy-wal", _hub + "-wal");
        await File.WriteAllTextAsync(Path.Combine(_folder, "jobs.db"), "jobs");

        var (code, said) = await RunAsync("restore", _backup);
        Assert.True(code == 0, said);
        Assert.Contains("API keys, signing keys, collectors and accounts that were", said, StringComparison.Ordinal);
        var aside = Assert.Single(Files(), f => f.StartsWith("hub.db.replaced-", StringComparison.Ordinal) && f.EndsWith('Z'));
        Assert.Contains(aside, said, StringComparison.Ordinal);
        Assert.DoesNotContain("hub.db-wal", Files());
        Assert.DoesNotContain("jobs.db", Files());
        Assert.Contains(Files(), f => f.StartsWith("jobs.db.replaced-", StringComparison.Ordinal));
        Assert.Empty(Text(_hub, "SELECT Name FROM Counter WHERE Name = 'written'"));
        Assert.Equal("1", Text(_hub, "SELECT user_version FROM pragma_user_version"));
        // The old file, with the commits that were in its log only.
        Assert.Equal("written", Text(Path.Combine(_folder, aside), "SELECT Name FROM Counter WHERE Name = 'written'"));
    }

    [Fact]
    public async Task A_backup_of_an_older_schema_is_migrated()
    {
        var scripts = Migrator.Scripts(Engine.Sqlite);
        var last = scripts[^1];
        await using (var connection = SqliteFile.Open(_backup))
        {
            connection.Execute("CREATE TABLE SchemaJournal (Number INTEGER PRIMARY KEY, Name TEXT, Sha256 TEXT, AppliedAt TEXT) STRICT");
            foreach (var script in scripts.SkipLast(1))
            {
                connection.Execute(script.Text);
                connection.Execute("INSERT INTO SchemaJournal VALUES (@Number, @Name, @Sha256, '2026-01-01')",
                    new { script.Number, script.Name, script.Sha256 });
            }
        }
        var (code, said) = await RunAsync("restore", _backup);
        Assert.True(code == 0, said);
        Assert.Contains($"schema      {last.Number:0000}_{last.Name}", said, StringComparison.Ordinal);
        Assert.Contains("records, verified", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty (0 bytes)")]
    [InlineData("text", "is not a SQLite database.")]
    [InlineData("CREATE TABLE Photo (Id INTEGER PRIMARY KEY)", "is the database of another application")]
    [InlineData("INSERT INTO SchemaJournal (Number, Name, Sha256, AppliedAt) VALUES (9999, 'later', 'x', 'x')", "Start a build that knows schema 9999")]
    [InlineData("UPDATE AuditEntry SET ActorName = 'Somebody else' WHERE Sequence = 2", "FAULT at row 2")]
    [InlineData("UPDATE AuditHead SET EntryCount = EntryCount - 1", "the audit log does not end with the record that its head names")]
    [InlineData("PRAGMA foreign_keys = OFF; INSERT INTO RoleLoan VALUES ('x', 'Responder', 'x', 'x')", "a row of RoleLoan names a row that")]
    [InlineData("damage", "is damaged")]
    public async Task What_is_no_sound_backup_changes_nothing(string how, string says)
    {
        switch (how)
        {
            case "" or "text": await File.WriteAllTextAsync(_backup, how); break;
            case "damage":
                await BackUpAsync();
                Damage(_backup, "AuditEntry");
                break;
            default:
                if (!how.StartsWith("CREATE", StringComparison.Ordinal)) await BackUpAsync();
                Run(_backup, how);
                break;
        }
        var before = await File.ReadAllBytesAsync(_hub);
        var (code, said) = await RunAsync("restore", _backup);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was restored. ", said, StringComparison.Ordinal);
        Assert.DoesNotContain(".restoring-", said, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Equal(before, await File.ReadAllBytesAsync(_hub));
        Assert.Equal(["backup.db", "hub.db", "hub.db.lock"], Files());
    }

    [Fact]
    public async Task A_restore_is_refused_while_a_hub_runs_and_for_a_file_with_a_log()
    {
        await BackUpAsync();
        using (DatabaseLock.Take(_hub))
        {
            var (held, why) = await RunAsync("restore", _backup);
            Assert.Equal(2, held);
            Assert.StartsWith($"A hub is running on {_hub}.", why, StringComparison.Ordinal);
        }
        await File.WriteAllTextAsync(_backup + "-wal", "a log");
        var (code, said) = await RunAsync("restore", _backup);
        Assert.Equal(2, code);
        Assert.Contains("has a log beside it", said, StringComparison.Ordinal);
    }

    // A connection that stays open, as a running hub's: its last commit is in the log.
    private SqliteConnection Open()
    {
        var connection = SqliteFile.Open(_hub);
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
        connection.Execute("INSERT INTO Counter (Name, LastValue) VALUES ('written', 1)");
        return connection;
    }

    private async Task BackUpAsync()
    {
        var (code, said) = await RunAsync("backup", _backup);
        Assert.True(code == 0, said);
    }

    // The root of an index: the quick check does not read it.
    private static void Damage(string file, string table)
    {
        long page;
        using (var connection = SqliteFile.Open(file))
        {
            connection.Execute("PRAGMA journal_mode = DELETE");
            page = SqliteFile.Number(connection,
                $"SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{table}' ORDER BY rootpage DESC");
        }
        using var stream = File.OpenWrite(file);
        stream.Position = (page - 1) * 4096;
        stream.Write(Enumerable.Repeat((byte)0xAB, 4096).ToArray());
    }

    private static void Run(string file, string statements)
    {
        using var connection = SqliteFile.Open(file);
        connection.Execute(statements);
    }

    private static string Text(string file, string query)
    {
        using var connection = SqliteFile.Open(file);
        return Convert.ToString(connection.ExecuteScalar(query), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private Task<(int Code, string Said)> RunAsync(params string[] args) => RunAsync(args, []);

    private async Task<(int Code, string Said)> RunAsync(string[] args, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration["ConnectionStrings:IncidentHub"] = $"Data Source={_hub}";
        configuration["Keys:MasterKeyFile"] = Path.Combine(_folder, "master.key");
        foreach (var (key, value) in settings) configuration[key] = value;
        var say = new StringWriter();
        var code = args[0] == "backup" ? await BackupCommand.RunAsync(args, configuration, say)
            : await RestoreCommand.RunAsync(args, configuration, say);
        return (code, say.ToString());
    }
}
