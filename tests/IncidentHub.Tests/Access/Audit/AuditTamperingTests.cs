using Dapper;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>Every kind of change to the audit tables is found, and located.</summary>
public class AuditTamperingTests : IClassFixture<SignedLog>
{
    private readonly SignedLog _log;

    public AuditTamperingTests(SignedLog log)
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Changes the SQLite file by hand.");
        _log = log;
    }

    [Fact]
    public async Task The_untouched_log_verifies_also_against_the_kept_checkpoints()
    {
        var (code, said) = await _log.CommandAsync("--checkpoints", _log.Kept);
        Assert.True(code == 0, said);
        Assert.Contains("OK: 14 rows fit.", said, StringComparison.Ordinal);
        Assert.Contains("2 checkpoints fit; rows to 8 are covered.", said, StringComparison.Ordinal);
        Assert.Contains("2 kept checkpoints fit.", said, StringComparison.Ordinal);
        Assert.Contains("Not covered by a checkpoint: rows 9 to 14", said, StringComparison.Ordinal);
        Assert.Equal(0, (await _log.CommandAsync("--keys", _log.Keys)).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(SignedLog.Rows)]
    public async Task A_change_of_any_column_of_a_row_is_located(int row)
    {
        foreach (var (column, change) in Changes("AuditEntry"))
        {
            var said = await _log.AfterAsync(c =>
                Assert.Equal(1, c.Execute($"UPDATE AuditEntry SET {column} = {change} WHERE Sequence = {row}")));
            Assert.True(said.StartsWith($"FAULT at row {row}", StringComparison.Ordinal), $"{column} = {change}: {said}");
        }
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    public async Task A_change_of_any_column_of_a_checkpoint_is_located(int number, int row)
    {
        foreach (var (column, change) in Changes("AuditCheckpoint"))
        {
            var said = await _log.AfterAsync(c =>
                Assert.Equal(1, c.Execute($"UPDATE AuditCheckpoint SET {column} = {change} WHERE Number = {number}")));
            Assert.True(said.StartsWith("FAULT", StringComparison.Ordinal), $"{column} = {change}: {said}");
            if (column is not ("Number" or "Sequence")) Assert.StartsWith($"FAULT at row {row}", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_change_of_any_column_of_the_head_is_found()
    {
        foreach (var (column, change) in Changes("AuditHead").Where(c => c.Column != "Id"))
        {
            var said = await _log.AfterAsync(c => Assert.Equal(1, c.Execute($"UPDATE AuditHead SET {column} = {change}")));
            Assert.True(said.StartsWith("FAULT", StringComparison.Ordinal), $"{column} = {change}: {said}");
        }
    }

    [Theory]
    [InlineData("DELETE FROM AuditEntry WHERE Sequence = 1", 1)]
    [InlineData("DELETE FROM AuditEntry WHERE Sequence = 6", 6)]
    [InlineData("DELETE FROM AuditEntry WHERE Sequence = 14", 14)]
    [InlineData("UPDATE AuditEntry SET Sequence = 99 WHERE Sequence = 3; UPDATE AuditEntry SET Sequence = 3 WHERE Sequence = 7; "
        + "UPDATE AuditEntry "
        + "SET Sequence = 7 WHERE Sequence = 99", 3)]
    [InlineData("INSERT INTO AuditEntry SELECT -1, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, "
        + "PreviousHash, "
        + "Hash, HashVersion, About, SubjectSalt, SubjectDigest FROM AuditEntry WHERE Sequence = 6", 1)]
    [InlineData("INSERT INTO AuditEntry SELECT 15, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, "
        + "PreviousHash, "
        + "Hash, HashVersion, About, SubjectSalt, SubjectDigest FROM AuditEntry WHERE Sequence = 14", 15)]
    [InlineData("UPDATE AuditEntry SET Payload = NULL, Salt = NULL WHERE Sequence = 6", 6)]
    [InlineData("DELETE FROM AuditHead", 1)]
    [InlineData("DELETE FROM AuditEntry", 1)]
    [InlineData("DELETE FROM AuditEntry WHERE Sequence > 6; UPDATE AuditHead SET EntryCount = 6, LastHash = (SELECT Hash FROM "
        + "AuditEntry WHERE "
        + "Sequence = 6)", 7)]
    [InlineData("DELETE FROM AuditEntry; UPDATE AuditHead SET EntryCount = 0, LastHash = printf('%064d', 0)", 1)]
    [InlineData("DELETE FROM AuditCheckpoint WHERE Number = 1", 8)]
    [InlineData("DELETE FROM AuditCheckpoint WHERE Number = 2", 14)]
    public async Task Rows_removed_added_or_swapped_are_located_also_together_with_the_head(string change, int row)
    {
        var said = await _log.AfterAsync(c => c.Execute(change));
        Assert.StartsWith($"FAULT at row {row}", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(6, 8)]
    public async Task A_row_removed_with_everything_computed_anew_is_located_by_the_next_checkpoint(int removed, int row)
    {
        var said = await _log.AfterAsync(c => Remove(c, removed));
        Assert.StartsWith($"FAULT at row {row}", said, StringComparison.Ordinal);
        Assert.Contains("was rewritten", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(6, 8)]
    public async Task What_was_rewritten_together_with_the_checkpoints_is_located_by_whoever_kept_one(int removed, int row)
    {
        void Change(SqliteConnection c)
        {
            Remove(c, removed);
            c.Execute("DELETE FROM AuditCheckpoint WHERE Sequence >= @removed; UPDATE AuditHead SET CheckpointCount = (SELECT "
                + "COUNT(*) FROM "
                + "AuditCheckpoint)", new { removed });
        }
        Assert.StartsWith("OK", await _log.AfterAsync(Change), StringComparison.Ordinal);
        foreach (var kept in (string[])[_log.Kept, Directory.GetFiles(_log.Kept).Order().Last()])
        {
            var said = await _log.AfterAsync(Change, kept);
            Assert.StartsWith($"FAULT at row {(kept == _log.Kept ? row : 8)}", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_emptied_log_is_found_by_whoever_kept_a_checkpoint()
    {
        static void Change(SqliteConnection c) => c.Execute(
            "DELETE FROM AuditEntry; DELETE FROM AuditCheckpoint; DELETE FROM RowDigest; "
                + "UPDATE AuditHead SET EntryCount = 0, CheckpointCount = 0, "
                + "LastHash = printf('%064d', 0)");
        Assert.StartsWith("OK", await _log.AfterAsync(Change), StringComparison.Ordinal);
        var said = await _log.AfterAsync(Change, _log.Kept);
        Assert.StartsWith("FAULT at row 1: Kept checkpoint 1 covers 4 rows; the log ends after 0.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checkpoints_signed_anew_with_another_key_are_located_even_where_that_key_was_added_to_the_database(bool addsKey)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var id = Guid.Parse("01990000-0000-7000-8000-000000000001");
        var said = await _log.AfterAsync(c =>
        {
            Remove(c, 2);
            var hash = c.ExecuteScalar<string>("SELECT Hash FROM AuditEntry WHERE Sequence = 4")!;
            var made = AuditCheckpoint.Sign(null, new(4, hash), DateTimeOffset.UnixEpoch, id.ToString("N"), d => key.SignData(
                d, System.Security.Cryptography.HashAlgorithmName.SHA256,
                System.Security.Cryptography.DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
            c.Execute("DELETE FROM AuditCheckpoint; UPDATE AuditHead SET CheckpointCount = 1");
            c.Execute("INSERT INTO AuditCheckpoint VALUES (@Number, @Sequence, @Hash, @At, @PreviousDigest, @KeyId, @Signature)", new
            {
                made.Number,
                made.Sequence,
                made.Hash,
                At = DapperSetup.TimeText(made.At),
                made.PreviousDigest,
                made.KeyId,
                made.Signature,
            });
            if (!addsKey) return;
            var q = key.ExportParameters(false).Q;
            c.Execute("INSERT INTO KeyRecord (Id, Purpose, PublicX, PublicY, Secret, CreatedAt) SELECT @id, Purpose, @x, @y, Secret, "
                + "CreatedAt "
                + "FROM KeyRecord WHERE Purpose = 'signing'", new
                {
                    id = id.ToString("D"),
                    x = System.Buffers.Text.Base64Url.EncodeToString(q.X),
                    y = System.Buffers.Text.Base64Url.EncodeToString(q.Y),
                });
        });
        Assert.StartsWith("FAULT at row 4", said, StringComparison.Ordinal);
        Assert.Contains("not among the keys", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_record_of_a_redaction_is_located()
    {
        var said = await _log.AfterAsync(c =>
        {
            c.Execute("UPDATE AuditEntry SET Act = 'audit.redacted', Subject = 'audit 3', Payload = '{\"reason\":\"A secret.\"}' "
                + "WHERE Sequence = 10");
            SignedLog.Recompute(c, 10);
            c.Execute("UPDATE AuditEntry SET Payload = NULL, Salt = NULL WHERE Sequence = 3");
        });
        Assert.StartsWith("FAULT at row 10: The removal is not proven.", said, StringComparison.Ordinal);
    }

    private static void Remove(SqliteConnection c, int row)
    {
        c.Execute("DELETE FROM AuditEntry WHERE Sequence = @row", new { row });
        for (var i = row + 1; i <= SignedLog.Rows; i++) c.Execute("UPDATE AuditEntry SET Sequence = @i - 1 WHERE Sequence = @i", new { i });
        SignedLog.Recompute(c, row);
    }

    // Another value for each column; and none, where the column may be empty.
    private List<(string Column, string Change)> Changes(string table)
    {
        var changes = new List<(string, string)>();
        _log.AfterAsync(c =>
        {
            foreach (var (name, type, notNull) in c.Query<(string, string, bool)>(
                $"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')"))
            {
                changes.Add((name, type == "INTEGER" ? $"{name} + 100"
                    : name == "ActorKind" ? "CASE ActorKind WHEN 'System' THEN 'Key' ELSE 'System' END"
                    // The last character but the Z of a time; and something where there was nothing.
                    : $"COALESCE(substr({name}, 1, length({name}) - 2) || CASE substr({name}, -2, 1) WHEN '1' THEN '2' ELSE '1' END || "
                        + $"substr({name}, -1), 'added')"));
                if (!notNull) changes.Add((name, $"CASE WHEN {name} IS NULL THEN '00' END"));
            }
        }).GetAwaiter().GetResult();
        return changes;
    }
}
