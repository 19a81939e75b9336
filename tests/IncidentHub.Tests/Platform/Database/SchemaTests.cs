using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Tests.Support;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

public partial class SchemaTests
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
                + "pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'SchemaJournal'"))
                    .Order().ToList();
        Assert.Equal(TSqlColumns().Order(), sqlite);
    }

    [Fact]
    public async Task Both_engines_have_the_same_indexes()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        var sqlite = (await connection.QueryAsync<string>("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
            .Select(OneLine).Order().ToList();
        Assert.Equal(Indexes.Select(i => OneLine(i.Text.Replace("CLUSTERED ", ""))).Order(), sqlite);
    }

    [Fact]
    public void Both_engines_have_the_same_constraints() => Assert.Equal(Constraints(Engine.SqlServer), Constraints(Engine.Sqlite));

    [Fact]
    public void Every_T_SQL_table_is_clustered_once()
    {
        var clustered = Tables
            .SelectMany(t => t.Value.Constraints.OfType<UniqueConstraintDefinition>().Where(IsClustered).Select(_ => t.Key))
            .Concat(Indexes.Where(i => i.Statement.Clustered == true).Select(i => i.Statement.OnName.BaseIdentifier.Value));
        Assert.Equal(Tables.Keys.Order(), clustered.Order());
    }

    [Fact]
    public void Technical_T_SQL_columns_are_compared_by_their_bytes_and_no_others() => Assert.Equal(
        TechnicalColumns.Of(Tables).Order(),
        Tables.SelectMany(t => t.Value.Columns.Where(c => c.Collation?.Value == TechnicalColumns.Collation)
            .Select(c => $"{t.Key}.{c.ColumnIdentifier.Value}")).Order());

    [Fact]
    public void A_T_SQL_table_refers_only_to_tables_that_exist_by_then()
    {
        var references = new ReferenceCollector();
        foreach (var script in TSqlTable.Scripts()) script.Accept(references);
        Assert.NotEqual(0, references.Count);
        Assert.Empty(references.Early);
    }

    // Nodes are replaced one after the other: a hub of the version before goes on on the schema of the next one.
    [Fact]
    public void A_script_after_the_baseline_takes_nothing_away_and_demands_nothing_new()
    {
        const int baseline = 7;
        var contractions = new ContractionCollector();
        // One that says what it needs may take away what builds before that did not use any more.
        foreach (var batch in Migrator.Scripts(Engine.SqlServer).Where(m => m.Number > baseline && m.Needs == 0)
            .SelectMany(m => Migrator.Batches(Engine.SqlServer, m.Text)))
            new TSql150Parser(true).Parse(new StringReader(batch), out _).Accept(contractions);
        Assert.NotEqual(0, contractions.Added);
        Assert.Empty(contractions.Found);
    }

    [Fact]
    public void A_script_needs_one_up_to_itself_or_none_and_says_the_same_on_both_engines()
    {
        var scripts = Migrator.Scripts(Engine.Sqlite);
        Assert.All(scripts, s => Assert.True(s.Needs == 0 || scripts.Any(o => o.Number == s.Needs && o.Number <= s.Number), s.Name));
        Assert.Equal(scripts.Select(s => s.Needs), Migrator.Scripts(Engine.SqlServer).Select(s => s.Needs));
    }

    // The digests of the rows that were there before do not have it.
    [Fact]
    public void A_column_that_is_added_to_an_audited_table_is_empty_or_its_value_counts_as_empty()
    {
        const int digests = 17;
        var audited = new Statements(Engine.Sqlite).AuditedTables;
        var added = Migrator.Scripts(Engine.Sqlite).Where(m => m.Number > digests)
            .SelectMany(m => AddedWithValue().Matches(m.Text)).Where(m => audited.Contains(m.Groups["table"].Value))
            .Select(m => KeyValuePair.Create($"{m.Groups["table"].Value}.{m.Groups["column"].Value}", m.Groups["value"].Value));
        Assert.Equal(RowDigests.AddedWith.OrderBy(a => a.Key, StringComparer.Ordinal), added.OrderBy(a => a.Key, StringComparer.Ordinal));
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
    [InlineData("UPDATE SchemaJournal SET Name = 'audit_timeline' WHERE Number = 2", "start this version with an empty database")]
    [InlineData("INSERT INTO SchemaJournal (Number, Name, Sha256, AppliedAt) VALUES (9999, 'later', 'x', 'x')", "Start a build that knows schema 9999")]
    public async Task An_edited_script_a_newer_database_and_one_of_another_schema_are_refused(string change, string says)
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using (var connection = await database.OpenAsync()) await connection.ExecuteAsync(change);
        var migrator = new Migrator(database.Connections, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => migrator.MigrateAsync(CancellationToken.None));
        Assert.Contains(says, error.Message);
    }

    private static readonly IReadOnlyDictionary<string, TSqlTable> Tables = TSqlTable.OfScripts();

    private static IReadOnlyList<(CreateIndexStatement Statement, string Text)> Indexes
    {
        get
        {
            var collector = new IndexCollector();
            foreach (var script in TSqlTable.Scripts()) script.Accept(collector);
            return [.. collector.Indexes.Values];
        }
    }

    private static IEnumerable<string> TSqlColumns() =>
        from table in Tables
        from column in table.Value.Columns
        let nullable = column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable
        select $"{table.Key}.{column.ColumnIdentifier.Value}{(nullable ? " NULL" : " NOT NULL")}";

    // A primary key is clustered unless declared otherwise; a unique constraint only where it is declared so.
    private static bool IsClustered(UniqueConstraintDefinition c) =>
        c.IndexType?.IndexTypeKind is { } kind ? kind == IndexTypeKind.Clustered : c.Clustered ?? c.IsPrimaryKey;

    private static IEnumerable<string> Constraints(Engine engine) =>
        from script in Migrator.Scripts(engine)
        from Match match in Constraint().Matches(script.Text)
        let text = OneLine(Physical().Replace(match.Value, ""))
        orderby text
        select text;

    private static string OneLine(string text) => Space().Replace(text, " ").Replace("( ", "(").Replace(" )", ")").Trim();

    [GeneratedRegex(@"CONSTRAINT \w+\s.*?(?=,\n  CONSTRAINT|\n\)|;)", RegexOptions.Singleline)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\b(NON)?CLUSTERED\b|WITH \(FILLFACTOR = \d+\)")]
    private static partial Regex Physical();

    [GeneratedRegex(@"ALTER TABLE (?<table>\w+) ADD COLUMN (?<column>\w+) .*\bDEFAULT (?<value>.+);")]
    private static partial Regex AddedWithValue();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private sealed class ReferenceCollector : TSqlFragmentVisitor
    {
        private readonly HashSet<string> _exist = [];

        public int Count { get; private set; }

        public List<string> Early { get; } = [];

        public override void Visit(CreateTableStatement node) => _exist.Add(node.SchemaObjectName.BaseIdentifier.Value);

        public override void Visit(ForeignKeyConstraintDefinition node)
        {
            Count++;
            if (!_exist.Contains(node.ReferenceTableName.BaseIdentifier.Value)) Early.Add(node.ConstraintIdentifier.Value);
        }
    }

    private sealed class ContractionCollector : TSqlFragmentVisitor
    {
        public int Added { get; private set; }

        public List<string> Found { get; } = [];

        public override void Visit(AlterTableAddTableElementStatement node)
        {
            foreach (var column in node.Definition.ColumnDefinitions)
            {
                Added++;
                var constraints = column.Constraints;
                if (column.DefaultConstraint is null && constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable))
                    Found.Add(TSqlTable.TextOf(node));
            }
        }

        // A constraint may go: a wider one follows.
        public override void Visit(AlterTableDropTableElementStatement node)
        {
            if (node.AlterTableDropTableElements.Any(e => e.TableElementType == TableElementType.Column))
                Found.Add(TSqlTable.TextOf(node));
        }

        // A wider text holds what the narrower one held.
        public override void Visit(AlterTableAlterColumnStatement node)
        {
            var column = Tables[node.SchemaObjectName.BaseIdentifier.Value].Columns
                .Single(c => c.ColumnIdentifier.Value == node.ColumnIdentifier.Value);
            if (LengthOf(node.DataType) is not { } now || LengthOf(column.DataType) is not { } before || now < before)
                Found.Add(TSqlTable.TextOf(node));
        }

        private static int? LengthOf(DataTypeReference type) =>
            type is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar, Parameters: [IntegerLiteral length] }
                ? int.Parse(length.Value, System.Globalization.CultureInfo.InvariantCulture) : null;

        public override void Visit(DropTableStatement node) => Found.Add(TSqlTable.TextOf(node));

        public override void Visit(ExecuteStatement node) => Found.Add(TSqlTable.TextOf(node));
    }

    private sealed class IndexCollector : TSqlFragmentVisitor
    {
        public Dictionary<string, (CreateIndexStatement Statement, string Text)> Indexes { get; } = [];

        public override void Visit(CreateIndexStatement node) => Indexes.Add(node.Name.Value, (node, TSqlTable.TextOf(node).TrimEnd(';')));

        public override void Visit(DropIndexClause node) => Assert.True(Indexes.Remove(node.Index.Value));
    }
}
