using IncidentHub.Platform.Database;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>A table as created by the T-SQL scripts.</summary>
internal sealed record TSqlTable(List<ColumnDefinition> Columns, List<ConstraintDefinition> InTable)
{
    /// <summary>Constraints of the table and of its columns.</summary>
    public IEnumerable<ConstraintDefinition> Constraints => InTable.Concat(Columns.SelectMany(c => c.Constraints));

    /// <summary>All tables, in the order of their creation.</summary>
    public static IReadOnlyDictionary<string, TSqlTable> OfScripts()
    {
        var collector = new Collector();
        foreach (var script in Scripts()) script.Accept(collector);
        return collector.Tables;
    }

    public static IEnumerable<TSqlFragment> Scripts() => Migrator.Scripts(Engine.SqlServer)
        .SelectMany(m => Migrator.Batches(Engine.SqlServer, m.Text))
        .Select(batch => new TSql150Parser(true).Parse(new StringReader(batch), out _));

    public static string TextOf(TSqlFragment fragment) => string.Concat(
        fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1)
            .Select(t => t.Text));

    private sealed class Collector : TSqlFragmentVisitor
    {
        public OrderedDictionary<string, TSqlTable> Tables { get; } = [];

        public override void Visit(CreateTableStatement node) => Tables.Add(
            node.SchemaObjectName.BaseIdentifier.Value, new([.. node.Definition.ColumnDefinitions], [.. node.Definition.TableConstraints]));

        public override void Visit(AlterTableAddTableElementStatement node)
        {
            var table = Tables[node.SchemaObjectName.BaseIdentifier.Value];
            table.Columns.AddRange(node.Definition.ColumnDefinitions);
            table.InTable.AddRange(node.Definition.TableConstraints);
        }

        public override void Visit(DropTableStatement node) =>
            Assert.All(node.Objects, table => Assert.True(Tables.Remove(table.BaseIdentifier.Value)));
    }
}
