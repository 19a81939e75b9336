using System.Text.RegularExpressions;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

public partial class StatementTests
{
    private static IEnumerable<(string Name, string Text)> Variants(Statements statements) =>
        StatementVariants.Of(statements).Select(v => (v.ToString(), v.Text));

    [Fact]
    public async Task Every_SQLite_statement_prepares_against_the_migrated_database()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        var faults = new List<string>();
        foreach (var (name, text) in Variants(new Statements(Engine.Sqlite)))
        {
            try
            {
                await using var command = connection.CreateCommand();
                command.CommandText = text;
                command.Prepare();
            }
            catch (SqliteException e)
            {
                faults.Add($"{name}: {e.Message}");
            }
        }
        Assert.Empty(faults);
    }

    /// <summary>Tables that are read as a whole: each program has a few.</summary>
    private static readonly HashSet<string> Small = ["Safeguard", "SafeguardCheck"];

    [Fact]
    public async Task No_statement_of_a_redaction_reads_all_of_a_table_that_grows()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        var statements = new Statements(Engine.Sqlite);
        var read = new List<string>();
        foreach (var name in statements.TextTables.Except(Small).Select(t => $"Texts_{t}").Concat(["Audit_About", "Audit_OfSubject"]))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {statements.Get(name)}";
            await using var plan = await command.ExecuteReaderAsync();
            while (await plan.ReadAsync())
            {
                if (plan.GetString(3).StartsWith("SCAN ", StringComparison.Ordinal) && plan.GetString(3) != "SCAN CONSTANT ROW")
                    read.Add($"{name}: {plan.GetString(3)}");
            }
        }
        Assert.Empty(read);
    }

    [Fact]
    public void Every_T_SQL_statement_parses()
    {
        var faults = Variants(new Statements(Engine.SqlServer)).SelectMany(s => Parse(s.Name, s.Text));
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_T_SQL_migration_parses()
    {
        var faults = Migrator.Scripts(Engine.SqlServer)
            .SelectMany(m => Migrator.Batches(Engine.SqlServer, m.Text).SelectMany(batch => Parse($"{m.Number:0000}_{m.Name}", batch)));
        Assert.Empty(faults);
    }

    [Fact]
    public void The_parser_refuses_what_is_not_T_SQL() => Assert.NotEmpty(Parse("probe", "SELECT Id FROM Person LIMIT 1"));

    [Theory]
    [InlineData("MERGE ")]
    [InlineData("WAITFOR")]
    [InlineData("CREATE OR ALTER")]
    [InlineData("SYSTEM_VERSIONING")]
    [InlineData("##")]
    public void T_SQL_uses_only_what_every_target_supports(string word)
    {
        var texts = Variants(new Statements(Engine.SqlServer)).Concat(Migrator.Scripts(Engine.SqlServer).Select(m => (m.Name, m.Text)));
        Assert.DoesNotContain(texts, t => t.Item2.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_T_SQL_statement_compares_columns_of_two_collations()
    {
        var tables = TSqlTable.OfScripts();
        var conflicts =
            from statement in Variants(new Statements(Engine.SqlServer))
            from conflict in CollationConflicts.In(statement.Text, tables)
            select $"{statement.Name}: {conflict}";
        Assert.Empty(conflicts);
    }

    [Theory]
    [InlineData("SELECT 1 FROM Program p JOIN Dataset d ON d.Name = p.Code")]
    [InlineData("SELECT 1 FROM StopAck a JOIN OPENJSON(@Rows) WITH (D nvarchar(64) '$.d') r ON r.D = a.Digest")]
    [InlineData("SELECT COALESCE(r.D, a.Digest) FROM StopAck a CROSS JOIN OPENJSON(@Rows) WITH (D nvarchar(64) '$.d') r")]
    public void Columns_of_two_collations_are_found(string text) => Assert.Single(CollationConflicts.In(text, TSqlTable.OfScripts()));

    [Fact]
    public void Every_statement_is_used()
    {
        var statements = new Statements(Engine.Sqlite);
        var source = string.Join('\n', SourceTree.Files("src/IncidentHub", "*.cs").Concat(SourceTree.Files("src/IncidentHub", "*.razor"))
            .Select(File.ReadAllText));
        // The rows of audited tables, and of those with texts, are read by the table's name.
        var named = statements.Names.Except(statements.AuditedTables.Select(t => $"Rows_{t}"))
            .Except(statements.TextTables.SelectMany(t => (string[])[$"Texts_{t}", $"Redact_{t}"]));
        Assert.Empty(named.Where(n => !source.Contains($"\"{n}\"", StringComparison.Ordinal)).Order());
    }

    /// <summary>Statements that write an audited table and do not say which rows, with the reason.</summary>
    private static readonly Dictionary<string, string> NotSaying = new()
    {
        ["ApiKey_Enrol"] = "The number of collectors is not covered.",
        ["ApiKey_Used"] = "The last use is not covered.",
        ["Pause_FixPopulation"] = "This time is not covered.",
        ["Pause_MoveToIncident"] = "PauseWriter names the pauses.",
        ["Timeline_Insert"] = "The journal names the entries.",
    };

    [Fact]
    public void Every_statement_that_writes_an_audited_table_says_which_rows()
    {
        foreach (var engine in Enum.GetValues<Engine>())
        {
            var statements = new Statements(engine);
            var silent = statements.Names.Where(n => Writes().Matches(statements.Get(n, [.. statements.OptionsOf(n)]))
                .Select(m => m.Groups["table"].Value).Except(statements.WritesOf(n).Select(w => w.Table))
                .Intersect(statements.AuditedTables).Any());
            Assert.Equal(NotSaying.Keys.Order(StringComparer.Ordinal), silent.Order(StringComparer.Ordinal));
            Assert.Empty(statements.Names.SelectMany(statements.WritesOf).Select(w => w.Table).Except(statements.AuditedTables));
        }
    }

    [GeneratedRegex(@"\b(INSERT INTO|DELETE FROM|UPDATE) (?<table>\w+)\b")]
    private static partial Regex Writes();

    private static IEnumerable<string> Parse(string name, string text)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return errors.Select(e => $"{name}: line {e.Line}: {e.Message}");
    }
}
