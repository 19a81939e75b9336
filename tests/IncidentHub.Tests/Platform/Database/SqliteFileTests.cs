using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>Each kind of damaged or foreign file, and the one sentence that a starting hub says about it.</summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-file-").FullName;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        _file = Path.Combine(_folder, "hub.db");
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync($"VACUUM INTO '{_file}'");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_sound_file_and_one_that_does_not_exist_yet_are_right()
    {
        Assert.Null(SqliteFile.Fault(_file));
        Assert.Null(SqliteFile.Fault(Path.Combine(_folder, "new.db")));
        Assert.Null(SqliteFile.Fault(Path.Combine(_folder, "new", "hub.db")));
    }

    [Fact]
    public async Task A_database_has_the_application_id_of_IncidentHub()
    {
        await using var connection = SqliteFile.Open(_file);
        Assert.Equal("IHub", System.Text.Encoding.ASCII.GetString(BitConverter.GetBytes(
            (int)SqliteFile.Number(connection, "PRAGMA application_id")).Reverse().ToArray()));
    }

    [Fact]
    public void Zero_bytes_are_not_a_new_database()
    {
        File.WriteAllBytes(_file, []);
        Says("is empty (0 bytes): it was cut off, or never written.");
    }

    [Theory]
    [InlineData("Something else altogether.")]
    [InlineData("SQLite format 3")]
    [InlineData("%PDF-1.7 a document that is longer than the header of a database, so that it could be one by its length only")]
    public void A_file_that_is_no_database_is_named(string text)
    {
        File.WriteAllText(_file, text);
        Says("is not a SQLite database.");
    }

    [Fact]
    public void An_encrypted_or_overwritten_beginning_is_no_database()
    {
        using (var file = File.OpenWrite(_file)) file.Write(Enumerable.Range(0, 4096).Select(i => (byte)(i * 31)).ToArray());
        Says("is not a SQLite database.");
    }

    [Theory]
    [InlineData("CREATE TABLE Photo (Id INTEGER PRIMARY KEY)", "is the database of another application: it has no table SchemaJournal.")]
    [InlineData("PRAGMA application_id = 252006673; CREATE TABLE t (x)", "of another application: its application id is 252006673.")]
    public void A_database_of_another_application_is_left_alone(string makes, string says)
    {
        var other = Path.Combine(_folder, "other.db");
        using (var connection = SqliteFile.Open(other)) connection.Execute(makes);
        var before = File.ReadAllBytes(other);
        Assert.Contains(says, SqliteFile.Fault(other), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(200_000)]
    public void A_file_that_was_cut_off_is_named_with_its_sizes(int bytes)
    {
        var whole = new FileInfo(_file).Length;
        using (var file = File.OpenWrite(_file)) file.SetLength(whole - bytes);
        Says($"is cut off: it has {whole - bytes:N0} of {whole:N0} bytes.");
    }

    [Fact]
    public void Damaged_pages_at_the_beginning_or_the_end_of_a_table_are_found()
    {
        // The root page of the table that every write changes.
        long page;
        using (var connection = SqliteFile.Open(_file)) page = SqliteFile.Number(connection,
            "SELECT rootpage FROM sqlite_schema WHERE name = 'AuditHead'");
        using (var file = File.OpenWrite(_file))
        {
            file.Position = (page - 1) * 4096;
            file.Write(Enumerable.Repeat((byte)0xAB, 4096).ToArray());
        }
        Says("is damaged (");
        Says("restore the last backup with 'incidenthub restore'.");
    }

    [Fact]
    public void A_log_without_its_database_is_not_thrown_away()
    {
        File.WriteAllBytes(_file + "-wal", new byte[4152]);
        File.Delete(_file);
        Says("is missing, but its log");
        Assert.Equal(4152, new FileInfo(_file + "-wal").Length);
    }

    [Fact]
    public void A_restore_that_was_interrupted_is_not_taken_for_a_new_database()
    {
        var aside = ReplacedFiles.MoveAside(_file, new DateTimeOffset(2026, 6, 18, 13, 50, 0, TimeSpan.Zero));
        Assert.Equal(_file + ".replaced-20260618T135000Z", aside);
        Says("a restore was interrupted.");
    }

    [Fact]
    public void A_locked_file_is_refused_as_used_by_another_process_and_a_folder_in_its_place_is_not()
    {
        using (DatabaseLock.Take(_file))
        {
            var held = Assert.Throws<InvalidOperationException>(() => DatabaseLock.Take(_file));
            Assert.StartsWith($"Another IncidentHub process uses {_file}: ", held.Message, StringComparison.Ordinal);
        }
        Directory.CreateDirectory(Path.Combine(_folder, "b.db.lock"));
        var other = Record.Exception(() => DatabaseLock.Take(Path.Combine(_folder, "b.db")));
        Assert.Contains("cannot be written. The account of the hub must be able to write this file",
            DatabaseFaults.Sentence("b.db", other!), StringComparison.Ordinal);
    }

    // As root, permissions are no obstacle: the errors are those of SQLite itself, and of a file system without space.
    [Fact]
    public void A_full_disk_a_file_that_is_read_only_and_one_that_cannot_be_opened_are_told_apart()
    {
        using (var connection = SqliteFile.Open(_file))
        {
            connection.Execute("PRAGMA max_page_count = 1");
            Assert.Contains("is full. Make room", Sentence(() => connection.Execute(
                "CREATE TABLE Big (x); INSERT INTO Big SELECT zeroblob(1000000)")), StringComparison.Ordinal);
        }
        using (var connection = new SqliteConnection($"Data Source={_file};Mode=ReadOnly;Pooling=False"))
        {
            connection.Open();
            Assert.Contains("cannot be written.", Sentence(() => connection.Execute("DELETE FROM Counter")), StringComparison.Ordinal);
        }
        Assert.Contains("cannot be written.", Sentence(() => SqliteFile.Open(_folder).Dispose()), StringComparison.Ordinal);
        if (!OperatingSystem.IsLinux()) return;
        Assert.Contains("is full. Make room", Sentence(() =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write([1]);
        }), StringComparison.Ordinal);
    }

    private string Sentence(Action act) => DatabaseFaults.Sentence(_file, Record.Exception(act)!)!;

    private void Says(string text)
    {
        var fault = SqliteFile.Fault(_file);
        Assert.NotNull(fault);
        Assert.StartsWith(_file, fault, StringComparison.Ordinal);
        Assert.Contains(text, fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }
}
