using IncidentHub.Access.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using IncidentHub.Domain;

namespace IncidentHub.Tests.Access.Audit;

public class AuditCommandTests : IClassFixture<AuditCommandTests.FiveRows>
{
    private readonly FiveRows _five;

    public AuditCommandTests(FiveRows five)
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Changes the SQLite file by hand.");
        _five = five;
    }

    /// <summary>A log of five rows, the demo accounts first, written once; each test changes its own copy.</summary>
    public sealed class FiveRows : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-audit-").FullName;
        private int _copies;

        public async ValueTask InitializeAsync()
        {
            if (TestEngine.Current != Engine.Sqlite) return;
            await using var hub = await FilledAsync(4);
            await using var connection = new SqliteConnection($"Data Source={hub.DatabaseFile}");
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = $"VACUUM INTO '{Path.Combine(_folder, "five.db")}'";
            command.ExecuteNonQuery();
        }

        public string Copy()
        {
            var copy = Path.Combine(_folder, $"copy-{Interlocked.Increment(ref _copies)}.db");
            File.Copy(Path.Combine(_folder, "five.db"), copy);
            return copy;
        }

        public ValueTask DisposeAsync()
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task An_untouched_log_verifies_also_while_the_hub_runs()
    {
        await using var hub = await FilledAsync(2499);
        var (code, said) = await VerifyAsync(hub.DatabaseFile);
        Assert.StartsWith("OK: 2500 rows fit.", said, StringComparison.Ordinal);
        Assert.Contains("Not covered by a checkpoint: rows 1 to 2500", said, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("ActorName = 'Somebody else'", "hash")]
    [InlineData("At = substr(At, 1, 26) || '1Z'", "hash")]
    [InlineData("At = 'yesterday'", "time")]
    [InlineData("ActorId = upper(ActorId)", "id")]
    [InlineData("Payload = replace(Payload, 'n', 'm')", "digest")]
    [InlineData("Payload = NULL, Salt = NULL", "no later")]
    [InlineData("Subject = Subject || ' '", "subject")]
    [InlineData("Hash = PreviousHash", "hash")]
    public async Task A_changed_row_is_named(string change, string told)
    {
        var file = _five.Copy();
        Change(file, $"UPDATE AuditEntry SET {change} WHERE Sequence = 3");
        var (code, said) = await VerifyAsync(file);
        Assert.StartsWith("FAULT at row 3", said);
        Assert.Contains(told, said);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("DELETE FROM AuditEntry WHERE Sequence = 3", "FAULT at row 3")]
    [InlineData("DELETE FROM AuditEntry WHERE Sequence = 5", "FAULT at row 5")]
    [InlineData("DELETE FROM AuditEntry", "FAULT at row 1")]
    [InlineData(
        "INSERT INTO AuditEntry SELECT 6, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, Hash, Hash, "
            + "HashVersion, About, SubjectSalt, SubjectDigest FROM AuditEntry WHERE Sequence = 5", "FAULT at row")]
    [InlineData(
        "INSERT INTO AuditEntry SELECT -1, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, Hash, Hash, "
            + "HashVersion, About, SubjectSalt, SubjectDigest FROM AuditEntry WHERE Sequence = 5", "FAULT at row 1")]
    [InlineData("UPDATE AuditHead SET EntryCount = 4", "FAULT at row")]
    [InlineData("DELETE FROM AuditHead", "FAULT at row 1")]
    public async Task A_missing_or_added_row_is_named_even_the_last(string change, string told)
    {
        var file = _five.Copy();
        Change(file, change);
        var (code, said) = await VerifyAsync(file);
        Assert.StartsWith(told, said);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit verify /nowhere/at-all.jsonl")]
    [InlineData("audit verify --keys")]
    [InlineData("audit verify --keys /nowhere/keys.json")]
    [InlineData("audit verify --checkpoints /nowhere/at-all")]
    [InlineData("audit verify --unknown x")]
    [InlineData("audit verify one.jsonl two.jsonl")]
    public async Task A_verification_that_cannot_run_is_reported_with_its_own_exit_code(string command) =>
        Assert.Equal(2, await AuditCommand.RunAsync(command.Split(' '), new ConfigurationManager(), TextWriter.Null));

    private static async Task<TestHub> FilledAsync(int rows)
    {
        var hub = new TestHub();
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            for (var i = 0; i < rows; i++)
                await tx.RecordAsync(TestHub.Actor("responder"),
                    new() { Action = "incident.noted", Subject = $"incident INC-{i}", Detail = new { n = i } });
            return default(Done);
        });
        return hub;
    }

    private static void Change(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private static async Task<(int Code, string Said)> VerifyAsync(string file)
    {
        var configuration = new ConfigurationManager();
        configuration["ConnectionStrings:IncidentHub"] = $"Data Source={file}";
        var say = new StringWriter();
        var code = await AuditCommand.RunAsync(["audit", "verify"], configuration, say);
        return (code, say.ToString().Trim());
    }
}
