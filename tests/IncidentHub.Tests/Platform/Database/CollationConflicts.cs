using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>
/// Where a T-SQL statement compares or joins text of two collations, which SQL Server refuses: a technical column has a different collation
/// than the database, and columns from OPENJSON have the database's.
/// </summary>
internal sealed class CollationConflicts : TSqlFragmentVisitor
{
    private const string OfDatabase = "the database's";
    private readonly IReadOnlyDictionary<string, TSqlTable> _tables;
    private readonly TSqlSources _sources = new();
    private readonly List<string> _found = [];

    private CollationConflicts(IReadOnlyDictionary<string, TSqlTable> tables) => _tables = tables;

    public static IReadOnlyList<string> In(string text, IReadOnlyDictionary<string, TSqlTable> tables)
    {
        var parsed = new TSql150Parser(true).Parse(new StringReader(text), out _);
        var visitor = new CollationConflicts(tables);
        parsed.Accept(visitor._sources);
        parsed.Accept(visitor);
        return visitor._found;
    }

    public override void Visit(BooleanComparisonExpression node) => Check(node, node.FirstExpression, node.SecondExpression);

    public override void Visit(LikePredicate node) => Check(node, node.FirstExpression, node.SecondExpression);

    public override void Visit(CoalesceExpression node) => Check(node, [.. node.Expressions]);

    public override void Visit(InPredicate node)
    {
        var selected = node.Subquery?.QueryExpression is QuerySpecification { SelectElements: [SelectScalarExpression one] }
            ? [one.Expression] : node.Values;
        Check(node, [node.Expression, .. selected]);
    }

    public override void Visit(BinaryQueryExpression node)
    {
        foreach (var (a, b) in Selected(node.FirstQueryExpression).Zip(Selected(node.SecondQueryExpression))) Check(b, a, b);
    }

    private static IEnumerable<ScalarExpression> Selected(QueryExpression query) => query is QuerySpecification one
        ? one.SelectElements.OfType<SelectScalarExpression>().Select(e => e.Expression) : [];

    private void Check(TSqlFragment where, params ScalarExpression[] expressions)
    {
        var collations = expressions.Select(CollationOf).OfType<string>().Distinct().ToList();
        if (collations.Count > 1) _found.Add($"{TSqlTable.TextOf(where)} ({string.Join(", ", collations)})");
    }

    // Null where it adopts the other collation: literals, parameters, expressions with COLLATE, and anything that is not text or unknown
    // here.
    private string? CollationOf(ScalarExpression expression)
    {
        switch (expression)
        {
            case ColumnReferenceExpression { Collation: null, MultiPartIdentifier: { } names }:
                var column = names.Identifiers[^1].Value;
                var alias = names.Count > 1 ? names.Identifiers[^2].Value : null;
                var found = _sources.All.Where(s => alias is null || s.Alias == alias).Select(s => CollationIn(s.Source, column));
                return found.OfType<string>().Distinct().ToList() is [var only] ? only : null;
            case CoalesceExpression { Collation: null } coalesce:
                return coalesce.Expressions.Select(CollationOf).FirstOrDefault(c => c is not null);
            default:
                return null;
        }
    }

    private string? CollationIn(TableReference source, string column) => source switch
    {
        NamedTableReference named when _tables.TryGetValue(named.SchemaObject.BaseIdentifier.Value, out var table) =>
            table.Columns.FirstOrDefault(c => c.ColumnIdentifier.Value == column) is { } found && IsText(found.DataType)
                ? found.Collation?.Value ?? OfDatabase : null,
        OpenJsonTableReference json => json.SchemaDeclarationItems.Count == 0 && column == "value"
            || json.SchemaDeclarationItems.Select(i => i.ColumnDefinition)
                .Any(c => c.ColumnIdentifier.Value == column && IsText(c.DataType))
                ? OfDatabase : null,
        _ => null,
    };

    private static bool IsText(DataTypeReference type) => type is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar };
}
