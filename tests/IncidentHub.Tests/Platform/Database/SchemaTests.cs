using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

public class SchemaTests
{
    [Fact]
    public void Both_engines_have_the_same_scripts() => Assert.Equal(
        Migrator.Scripts(Engine.Sqlite).Select(m => (m.Number, m.Name)),
        Migrator.Scripts(Engine.SqlServer).Select(m => (m.Number, m.Name)));

    [Fact]
    public async Task Both_engines_have_the_same_tables_and_columns()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        var sqlite = (await connection.QueryAsync<string>(
            "SELECT m.name || '.' || p.name || CASE p.\"notnull\" WHEN 1 THEN ' NOT NULL' ELSE ' NULL' END FROM sqlite_master m JOIN "
                + "pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'SchemaJournal'")).Order().ToList();
        Assert.Equal(TSqlColumns().Order(), sqlite);
    }

    [Fact]
    public async Task Both_engines_have_the_same_indexes()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        var sqlite = (await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
            .Order().ToList();
        var tsql = new IndexCollector();
        foreach (var script in TSqlScripts()) script.Accept(tsql);
        Assert.Equal(tsql.Names.Order(), sqlite);
    }

    [Fact]
    public async Task Every_SQLite_table_is_strict()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        Assert.Empty(
            await connection.QueryAsync<string>(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        var again = new Migrator(database.Connections, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance);
        await again.MigrateAsync(CancellationToken.None);
        await using var connection = await database.OpenAsync();
        Assert.Equal(Migrator.Scripts(Engine.Sqlite).Count, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM SchemaJournal"));
    }

    [Theory]
    [InlineData("UPDATE SchemaJournal SET Sha256 = 'x' WHERE Number = 1", "differs")]
    [InlineData("INSERT INTO SchemaJournal (Number, Name, Sha256, AppliedAt) VALUES (9999, 'later', 'x', 'x')", "newer build")]
    public async Task An_edited_script_or_a_newer_database_is_refused(string change, string says)
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using (var connection = await database.OpenAsync()) await connection.ExecuteAsync(change);
        var migrator = new Migrator(database.Connections, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => migrator.MigrateAsync(CancellationToken.None));
        Assert.Contains(says, error.Message);
    }

    private static IEnumerable<TSqlFragment> TSqlScripts() => Migrator.Scripts(Engine.SqlServer)
        .SelectMany(m => Migrator.Batches(Engine.SqlServer, m.Text))
        .Select(batch => new TSql150Parser(true).Parse(new StringReader(batch), out _));

    private static IEnumerable<string> TSqlColumns()
    {
        var collector = new ColumnCollector();
        foreach (var script in TSqlScripts()) script.Accept(collector);
        return collector.Columns;
    }

    private sealed class ColumnCollector : TSqlFragmentVisitor
    {
        public List<string> Columns { get; } = [];

        public override void Visit(CreateTableStatement node) =>
            Add(node.SchemaObjectName.BaseIdentifier.Value, node.Definition.ColumnDefinitions);

        public override void Visit(AlterTableAddTableElementStatement node) =>
            Add(node.SchemaObjectName.BaseIdentifier.Value, node.Definition.ColumnDefinitions);

        public override void Visit(DropTableStatement node)
        {
            foreach (var table in node.Objects)
                Assert.NotEqual(0, Columns.RemoveAll(c => c.StartsWith($"{table.BaseIdentifier.Value}.", StringComparison.Ordinal)));
        }

        // sp_rename 'Table', 'Name' and sp_rename 'Table.Column', 'Name', 'COLUMN'.
        public override void Visit(ExecuteStatement node)
        {
            if (node.ExecuteSpecification.ExecutableEntity is not ExecutableProcedureReference call
                || call.ProcedureReference.ProcedureReference.Name.BaseIdentifier.Value != "sp_rename") return;
            var words = call.Parameters.Select(p => ((StringLiteral)p.ParameterValue).Value).ToList();
            var (from, to) = words.Count == 3
                ? ($"{words[0]} ", $"{words[0].Split('.')[0]}.{words[1]} ") : ($"{words[0]}.", $"{words[1]}.");
            Assert.Contains(Columns, c => c.StartsWith(from, StringComparison.Ordinal));
            for (var i = 0; i < Columns.Count; i++)
            {
                if (Columns[i].StartsWith(from, StringComparison.Ordinal)) Columns[i] = to + Columns[i][from.Length..];
            }
        }

        private void Add(string table, IList<ColumnDefinition> columns) => Columns.AddRange(columns.Select(c =>
            $"{table}.{c.ColumnIdentifier.Value}{(c.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable ? " NULL" : " NOT NULL")}"));
    }

    private sealed class IndexCollector : TSqlFragmentVisitor
    {
        public List<string> Names { get; } = [];

        public override void Visit(CreateIndexStatement node) => Names.Add(node.Name.Value);

        public override void Visit(DropIndexClause node) => Assert.True(Names.Remove(node.Index.Value));
    }
}
