using Dapper;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>What somebody changes in the tables themselves, past the hub, is located: table, key and the row of the log.</summary>
[Collection(nameof(RecordedStory))]
public sealed class RowTamperingTests(RecordedStory recorded, RowTamperingTests.DemoStory demo)
    : IClassFixture<RowTamperingTests.DemoStory>, IAsyncLifetime
{
    private static readonly Statements Statements = new(Engine.Sqlite);
    // The story of the commands; tables in which it leaves no row are looked at in the demo story.
    private Copy _story = null!, _demo = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Changes the SQLite file by hand.");
        (_story, _demo) = (await Copy.OfAsync(recorded.Story.Hub), await Copy.OfAsync(demo.Hub));
    }

    public ValueTask DisposeAsync()
    {
        _story?.Dispose();
        _demo?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task After_every_command_the_tables_are_as_the_log_recorded_them()
    {
        foreach (var copy in (Copy[])[_story, _demo])
        {
            Assert.StartsWith("OK", await copy.VerifyAsync(), StringComparison.Ordinal);
            Assert.Empty(copy.Db.Query<string>("SELECT Payload FROM AuditEntry WHERE Act = 'rows.written'"));
        }
        Assert.All(Statements.AuditedTables, t => Assert.True(_story.Has(t) || _demo.Has(t), t));
    }

    [Fact]
    public async Task A_change_of_any_column_of_any_audited_table_is_located()
    {
        foreach (var table in Statements.AuditedTables)
        {
            var copy = _story.Has(table) ? _story : _demo;
            foreach (var (column, change) in copy.Changes(table))
            {
                var key = copy.Key(table);
                var said = await copy.AfterAsync($"UPDATE {table} SET {column} = {change} WHERE rowid = (SELECT MIN(rowid) FROM {table})");
                var covered = !RowDigests.NotCovered.Contains($"{table}.{column}");
                Assert.True(said.StartsWith(covered ? "FAULT" : "OK", StringComparison.Ordinal), $"{table}.{column} = {change}: {said}");
                if (covered) Assert.Contains(column == KeyColumn(table) ? table : $"{table} {key}", said, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_row_that_is_removed_or_added_is_located()
    {
        foreach (var table in Statements.AuditedTables)
        {
            var copy = _story.Has(table) ? _story : _demo;
            var key = copy.Key(table);
            var row = copy.Db.ExecuteScalar<long>("SELECT Sequence FROM RowDigest WHERE TableName = @table AND RowsKey = @key",
                new { table, key });
            var said = await copy.AfterAsync($"DELETE FROM {table} WHERE rowid = (SELECT MIN(rowid) FROM {table})");
            Assert.StartsWith($"FAULT at row {row}: {table} {key}", said, StringComparison.Ordinal);
            var columns = copy.Columns(table).Select(c => c.Name == KeyColumn(table) ? c.Type == "INTEGER" ? "99" : "'zz'"
                : !copy.IsUnique(table, c.Name) ? c.Name : c.Type == "TEXT" ? $"{c.Name} || 'x'" : $"{c.Name} + 99");
            said = await copy.AfterAsync($"INSERT INTO {table} ({string.Join(", ", copy.Columns(table).Select(c => c.Name))}) "
                + $"SELECT {string.Join(", ", columns)} FROM {table} LIMIT 1");
            Assert.Contains($"No row recorded {table}", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_change_of_the_saved_digests_is_located()
    {
        var row = _story.Db.QuerySingle<(string Table, string Key, long Sequence)>("SELECT TableName, RowsKey, Sequence FROM RowDigest "
            + "WHERE TableName = 'Incident' ORDER BY Sequence DESC LIMIT 1");
        var args = new { row.Table, row.Key };
        const string where = " WHERE TableName = @Table AND RowsKey = @Key";
        foreach (var column in _story.Columns("RowDigest"))
        {
            var change = column.Type == "INTEGER" ? $"{column.Name} + 1" : $"'0' || {column.Name}";
            var said = await _story.AfterAsync($"UPDATE RowDigest SET {column.Name} = {change}{where}", args);
            Assert.StartsWith("FAULT", said, StringComparison.Ordinal);
            if (column.Name is not "Sequence") Assert.StartsWith($"FAULT at row {row.Sequence}", said, StringComparison.Ordinal);
            Assert.Contains($"Incident {row.Key}", said, StringComparison.Ordinal);
        }
        var gone = await _story.AfterAsync("DELETE FROM RowDigest" + where, args);
        Assert.StartsWith($"FAULT at row {row.Sequence}", gone, StringComparison.Ordinal);
        Assert.StartsWith("FAULT at row", await _story.AfterAsync("DELETE FROM RowDigest"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_set_back_together_with_its_digest_is_located_by_the_later_record()
    {
        // The digest that an earlier record has of the same incident.
        var (key, earlier, digest, last) = _story.Db.QueryFirst<(string, long, string, long)>("""
            SELECT d.RowsKey, e.Sequence, json_extract(j.value, '$.digest'), d.Sequence
            FROM RowDigest d, AuditEntry e, json_each(e.Payload, '$.rows') j
            WHERE d.TableName = 'Incident' AND e.Sequence < d.Sequence AND json_extract(j.value, '$.table') = d.TableName
              AND json_extract(j.value, '$.key') = d.RowsKey
            ORDER BY e.Sequence
            """);
        var said = await _story.AfterAsync("UPDATE RowDigest SET Sequence = @earlier, Digest = @digest WHERE RowsKey = @key "
            + "AND TableName = 'Incident'", new { earlier, digest, key });
        Assert.Matches(@"^FAULT at row \d+: This row recorded Incident " + key, said);
        Assert.Contains($"is that of row {earlier}: it was set back", said, StringComparison.Ordinal);
        Assert.True(last > earlier);
    }

    private static string KeyColumn(string table)
    {
        var text = Statements.Get($"Rows_{table}");
        var start = text.IndexOf("t.", StringComparison.Ordinal) + 2;
        return text[start..text.IndexOf(" AS RowsKey", StringComparison.Ordinal)];
    }

    public sealed class DemoStory : IAsyncLifetime
    {
        internal TestHub Hub { get; } = new() { Demo = true };

        // The demo story has no conditions, no stages and no lent role: one more decision, which has them.
        public async ValueTask InitializeAsync()
        {
            const string Decisions = "/api/v1/decisions";
            var (responder, second) = (await Hub.AsAsync("responder"), await Hub.AsAsync("responder-2"));
            await responder.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "To be looked at." });
            await Hub.CountedAsync();
            var code = (await responder.ReadAsync($"{Decisions}?program=MCI")).GetProperty("items")[0].Text("code");
            foreach (var kind in (await responder.ReadAsync($"{Decisions}/{code}")).GetProperty("criteria").EnumerateArray())
                await second.MakeAsync($"{Decisions}/{code}/criteria/{kind.Text("kind")}/meet", new { evidence = "Looked, and it holds." });
            await responder.MakeAsync($"{Decisions}/{code}/propose", new
            {
                outcome = "ResumeWithConditions",
                rationale = "It was nothing.",
                conditions = new[] { new { what = "Look again", owner = "responder-2", dueAt = Hub.Clock.Now.AddDays(7) } },
                stages = new[] { new { share = 5, soakSeconds = 86_400 } },
            });
            foreach (var approver in (string[])["owner", "privacy"])
                await (await Hub.AsAsync(approver)).MakeAsync($"{Decisions}/{code}/approve", new { });
            await (await Hub.AsAsync("administrator")).MakeAsync("/api/v1/people/employee/lend",
                new { roles = new[] { "Responder" }, until = Hub.Clock.Now.AddHours(8) });
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    /// <summary>A copy of a hub's database in memory.</summary>
    private sealed class Copy(SqliteConnection db, AuditKeys keys) : IDisposable
    {
        public SqliteConnection Db => db;

        public static async Task<Copy> OfAsync(TestHub hub)
        {
            var db = new SqliteConnection("Data Source=:memory:;Foreign Keys=False");
            db.Open();
            await using (var file = new SqliteConnection($"Data Source={hub.DatabaseFile}"))
            {
                file.Open();
                file.BackupDatabase(db);
            }
            db.Execute("PRAGMA ignore_check_constraints = 1");
            return new(db, await AuditKeyReader.LoadAsync(SqlOf(db), hub.Services.GetRequiredService<MasterKey>()));
        }

        public void Dispose()
        {
            keys.Dispose();
            db.Dispose();
        }

        public bool Has(string table) => db.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM {table})") == 1;

        /// <summary>Verifies after this change, which is then undone.</summary>
        public async Task<string> AfterAsync(string change, object? args = null)
        {
            db.Execute("SAVEPOINT changed");
            try
            {
                Assert.True(db.Execute(change, args) > 0, change);
                return await VerifyAsync();
            }
            finally
            {
                db.Execute("ROLLBACK TO changed; RELEASE changed");
            }
        }

        public async Task<string> VerifyAsync() =>
            string.Join('\n', AuditReport.Of(await AuditReader.VerifyAsync(SqlOf(db), keys)).Lines);

        public string Key(string table) =>
            db.ExecuteScalar<string>($"SELECT {KeyColumn(table)} FROM {table} ORDER BY rowid LIMIT 1")!;

        public bool IsUnique(string table, string column) => db.Query<string>(
            "SELECT i.name FROM pragma_index_list(@table) l, pragma_index_info(l.name) i WHERE l.\"unique\" = 1", new { table })
            .Contains(column);

        public List<(string Name, string Type, bool NotNull)> Columns(string table) => db.Query<(string, string, bool)>(
            $"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')").ToList();

        /// <summary>Another value for each column; and none, where the column may be empty.</summary>
        public IEnumerable<(string Column, string Change)> Changes(string table)
        {
            foreach (var (name, type, notNull) in Columns(table))
            {
                yield return (name, type == "INTEGER" ? $"COALESCE({name}, 0) + 1000" : $"COALESCE({name}, '') || '1'");
                if (!notNull && db.ExecuteScalar<long>($"SELECT {name} IS NOT NULL FROM {table} ORDER BY rowid LIMIT 1") == 1)
                    yield return (name, "NULL");
            }
        }

        private static Sql SqlOf(SqliteConnection db) => new(Engine.Sqlite, Statements, db, null, TimeProvider.System.GetUtcNow);
    }
}
