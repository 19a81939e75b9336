using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>What a T-SQL statement must not do; the reasons are in <see cref="TSqlRuleTests"/>.</summary>
internal enum TSqlRule
{
    /// <summary>SELECT *: an added column silently changes the result.</summary>
    SelectsAllColumns,

    /// <summary>OFFSET: it reads all rows that it skips; pages continue from the last row.</summary>
    SkipsRows,

    /// <summary>TOP without ORDER BY: the selected rows are undefined.</summary>
    TakesSomeOfUnordered,

    /// <summary>A hint that reads uncommitted data, or locks more than rows.</summary>
    HintOfAnotherIsolation,

    /// <summary>Locks ranges of keys that do not exist yet, including neighbouring keys.</summary>
    LocksARange,

    /// <summary>A loop or cursor for work that one statement does on a set.</summary>
    Loops,

    /// <summary>Dynamic SQL: it is compiled for each text, and no test can check it.</summary>
    RunsText,

    /// <summary>The server's clock: the hub has one clock and passes its time as a parameter.</summary>
    AsksTheClock,

    /// <summary>A schema prefix: the schema is determined by the connection.</summary>
    NamesASchema,

    /// <summary>An update without a version guard: it overwrites concurrent changes.</summary>
    ChangesWithoutItsVersion,

    /// <summary>A comparison of a computed expression: no index supports it.</summary>
    ComparesWhatIsComputed,

    /// <summary>Check, then insert: two concurrent transactions both find nothing, and both insert.</summary>
    InsertsWhereNoneIsUnlocked,

    /// <summary>An implicit conversion of one side for each row.</summary>
    ComparesDifferentTypes,

    /// <summary>A JSON value that is too long for its column is read as NULL, without an error.</summary>
    CutsJson,

    /// <summary>An unlimited change: beyond some thousand row locks SQL Server locks the whole table.</summary>
    ChangesWithoutAKey,
}

/// <summary>Finds the violations of the rules in a T-SQL statement.</summary>
internal sealed class TSqlFaults : TSqlFragmentVisitor
{
    private static readonly HashSet<string> Clocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "GETDATE", "GETUTCDATE", "SYSDATETIME", "SYSUTCDATETIME", "SYSDATETIMEOFFSET",
    };

    private readonly IReadOnlyDictionary<string, TSqlTable> _tables;
    private readonly TSqlSources _sources = new();
    private readonly List<(TSqlRule Rule, string Where)> _found = [];

    private TSqlFaults(IReadOnlyDictionary<string, TSqlTable> tables) => _tables = tables;

    public static IReadOnlyList<(TSqlRule Rule, string Where)> In(string text, IReadOnlyDictionary<string, TSqlTable> tables)
    {
        var parsed = new TSql150Parser(true).Parse(new StringReader(text), out var errors);
        Assert.Empty(errors);
        var visitor = new TSqlFaults(tables);
        parsed.Accept(visitor._sources);
        parsed.Accept(visitor);
        return visitor._found;
    }

    public override void Visit(SelectStarExpression node) => Add(TSqlRule.SelectsAllColumns, node);

    public override void Visit(OffsetClause node)
    {
        if (node.OffsetExpression is not IntegerLiteral { Value: "0" }) Add(TSqlRule.SkipsRows, node);
    }

    public override void Visit(QuerySpecification node)
    {
        if ((node.TopRowFilter is not null || node.OffsetClause is not null) && node.OrderByClause is null)
            Add(TSqlRule.TakesSomeOfUnordered, node);
    }

    public override void Visit(TableHint node)
    {
        if (node.HintKind is TableHintKind.NoLock or TableHintKind.ReadUncommitted or TableHintKind.TabLock or TableHintKind.TabLockX)
            Add(TSqlRule.HintOfAnotherIsolation, node);
        if (node.HintKind is TableHintKind.HoldLock or TableHintKind.Serializable) Add(TSqlRule.LocksARange, node);
    }

    public override void Visit(MergeStatement node) => Add(TSqlRule.InsertsWhereNoneIsUnlocked, node);

    public override void Visit(WhileStatement node) => Add(TSqlRule.Loops, node);

    public override void Visit(DeclareCursorStatement node) => Add(TSqlRule.Loops, node);

    public override void Visit(ExecuteStatement node) => Add(TSqlRule.RunsText, node);

    public override void Visit(ParameterlessCall node) => Add(TSqlRule.AsksTheClock, node);

    public override void Visit(FunctionCall node)
    {
        if (Clocks.Contains(node.FunctionName.Value)) Add(TSqlRule.AsksTheClock, node);
    }

    public override void Visit(SchemaObjectName node)
    {
        // A type has no schema, and is visited as a name as well.
        if (node.SchemaIdentifier is not null) Add(TSqlRule.NamesASchema, node);
    }

    public override void Visit(UpdateSpecification node)
    {
        if (node.TopRowFilter is not null) Add(TSqlRule.TakesSomeOfUnordered, node);
        if (TableOf(node.Target) is { } table && table.Columns.Any(c => c.ColumnIdentifier.Value == "Version")
            && !Terms(node.WhereClause?.SearchCondition).Any(t => IsEqual(t, "Version"))) Add(TSqlRule.ChangesWithoutItsVersion, node);
        // A statement that is joined with JSON rows takes its keys from there.
        if (node.FromClause is null) CheckKey(node, node.WhereClause);
        foreach (var set in node.SetClauses.OfType<AssignmentSetClause>().Where(s => s.Column is not null))
            CheckJson(node.Target, Name(set.Column), set.NewValue);
    }

    public override void Visit(DeleteSpecification node)
    {
        if (node.TopRowFilter is not null) Add(TSqlRule.TakesSomeOfUnordered, node);
        CheckKey(node, node.WhereClause);
    }

    public override void Visit(InsertSpecification node)
    {
        if (node.InsertSource is not SelectInsertSource { Select: QuerySpecification select }) return;
        var into = NameOf(node.Target);
        foreach (var absent in Terms(select.WhereClause?.SearchCondition).OfType<BooleanNotExpression>().Select(n => n.Expression)
            .OfType<ExistsPredicate>())
        {
            if (Sources(absent).Any(s => s.Name == into && !s.IsLocked)) Add(TSqlRule.InsertsWhereNoneIsUnlocked, absent);
        }
        foreach (var (column, element) in node.Columns.Zip(select.SelectElements.OfType<SelectScalarExpression>()))
            CheckJson(node.Target, Name(column), element.Expression);
    }

    public override void Visit(IfStatement node)
    {
        if (node.Predicate is BooleanNotExpression { Expression: ExistsPredicate absent } && Sources(absent).Any(s => !s.IsLocked))
            Add(TSqlRule.InsertsWhereNoneIsUnlocked, node.Predicate);
    }

    public override void Visit(WhereClause node) => CheckCondition(node.SearchCondition);

    public override void Visit(QualifiedJoin node) => CheckCondition(node.SearchCondition);

    private void CheckCondition(BooleanExpression? condition)
    {
        foreach (var term in Parts(condition))
        {
            ScalarExpression[] sides = term switch
            {
                BooleanComparisonExpression c => [c.FirstExpression, c.SecondExpression],
                BooleanTernaryExpression t => [t.FirstExpression, t.SecondExpression, t.ThirdExpression],
                LikePredicate l => [l.FirstExpression, l.SecondExpression],
                InPredicate i => [i.Expression, .. i.Values],
                BooleanIsNullExpression n => [n.Expression],
                _ => [],
            };
            if (sides.Any(IsComputed) || term is LikePredicate { SecondExpression: StringLiteral { Value: ['%', ..] } })
                Add(TSqlRule.ComparesWhatIsComputed, term);
            if (term is InPredicate { Subquery.QueryExpression: QuerySpecification { SelectElements: [SelectScalarExpression only] } } with)
                sides = [with.Expression, only.Expression];
            if (sides.Select(TypeOf).OfType<string>().Distinct().Count() > 1) Add(TSqlRule.ComparesDifferentTypes, term);
        }
    }

    private void CheckKey(TSqlFragment node, WhereClause? where)
    {
        if (!Terms(where?.SearchCondition).Any(t => t is BooleanComparisonExpression { ComparisonType: BooleanComparisonType.Equals }
            or InPredicate)) Add(TSqlRule.ChangesWithoutAKey, node);
    }

    private void CheckJson(TableReference target, string column, ScalarExpression value)
    {
        if (TableOf(target)?.Columns.FirstOrDefault(c => c.ColumnIdentifier.Value == column) is not { } into) return;
        var nullable = into.Constraints.OfType<NullableConstraintDefinition>().All(c => c.Nullable);
        foreach (var read in Columns(value))
        {
            if (JsonColumn(read) is not { } json || LengthOf(json.DataType) is not { } length) continue;
            if (length < (LengthOf(into.DataType) ?? int.MaxValue) || (nullable && length != int.MaxValue)) Add(TSqlRule.CutsJson, read);
        }
    }

    // A function, an arithmetic expression or a conversion of a column of a table.
    private bool IsComputed(ScalarExpression side) => side is not (ColumnReferenceExpression or ScalarSubquery)
        && Columns(side).Any(c => DefinitionOf(c) is not null);

    private string? TypeOf(ScalarExpression side) => side switch
    {
        ColumnReferenceExpression column => TypeName((DefinitionOf(column) ?? JsonColumn(column))?.DataType),
        StringLiteral => "text",
        IntegerLiteral => "number",
        CastCall cast => TypeName(cast.DataType),
        _ => null,
    };

    private static string? TypeName(DataTypeReference? type) => type is SqlDataTypeReference known ? known.SqlDataTypeOption switch
    {
        SqlDataTypeOption.NVarChar => "text",
        // A literal has the width of its value.
        SqlDataTypeOption.Int or SqlDataTypeOption.BigInt or SqlDataTypeOption.Bit => "number",
        var other => other.ToString(),
    } : null;

    private static int? LengthOf(DataTypeReference type) => type is SqlDataTypeReference
    {
        SqlDataTypeOption: SqlDataTypeOption.NVarChar,
        Parameters: [var length],
    } ? length is MaxLiteral ? int.MaxValue : int.Parse(length.Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    private ColumnDefinition? DefinitionOf(ColumnReferenceExpression column) => Owners(column)
        .Select(s => s.Source is NamedTableReference named && _tables.TryGetValue(named.SchemaObject.BaseIdentifier.Value, out var table)
            ? table.Columns.FirstOrDefault(c => c.ColumnIdentifier.Value == Name(column)) : null)
        .FirstOrDefault(c => c is not null);

    private ColumnDefinitionBase? JsonColumn(ColumnReferenceExpression column) => Owners(column)
        .Select(s => (s.Source as OpenJsonTableReference)?.SchemaDeclarationItems.Select(i => i.ColumnDefinition)
            .FirstOrDefault(c => c.ColumnIdentifier.Value == Name(column)))
        .FirstOrDefault(c => c is not null);

    private IEnumerable<(string? Alias, TableReference Source)> Owners(ColumnReferenceExpression column)
    {
        if (column.MultiPartIdentifier is not { } names) return [];
        var alias = names.Count > 1 ? names.Identifiers[^2].Value : null;
        return _sources.All.Where(s => alias is null || s.Alias == alias);
    }

    private static string Name(ColumnReferenceExpression column) => column.MultiPartIdentifier.Identifiers[^1].Value;

    // UPDATE and DELETE may refer to their table by its alias.
    private TSqlTable? TableOf(TableReference target)
    {
        var name = NameOf(target);
        return _sources.All.Where(s => s.Alias == name).Select(s => s.Source).OfType<NamedTableReference>()
            .Select(t => _tables.GetValueOrDefault(t.SchemaObject.BaseIdentifier.Value)).FirstOrDefault(t => t is not null);
    }

    private static string? NameOf(TableReference target) => (target as NamedTableReference)?.SchemaObject.BaseIdentifier.Value;

    private static List<(string Name, bool IsLocked)> Sources(TSqlFragment of)
    {
        var sources = new TSqlSources();
        of.Accept(sources);
        return
        [
            .. sources.All.Select(s => s.Source).OfType<NamedTableReference>().Select(t => (t.SchemaObject.BaseIdentifier.Value,
                t.TableHints.Any(h => h.HintKind == TableHintKind.UpdLock)
                    && t.TableHints.Any(h => h.HintKind is TableHintKind.HoldLock or TableHintKind.Serializable))),
        ];
    }

    // The operands of a conjunction.
    private static IEnumerable<BooleanExpression> Terms(BooleanExpression? condition) => condition switch
    {
        null => [],
        BooleanBinaryExpression { BinaryExpressionType: BooleanBinaryExpressionType.And } and =>
            Terms(and.FirstExpression).Concat(Terms(and.SecondExpression)),
        BooleanParenthesisExpression inner => Terms(inner.Expression),
        _ => [condition],
    };

    // Every comparison of a condition, except those of its subqueries, which have conditions of their own.
    private static IEnumerable<BooleanExpression> Parts(BooleanExpression? condition) => condition switch
    {
        null => [],
        BooleanBinaryExpression both => Parts(both.FirstExpression).Concat(Parts(both.SecondExpression)),
        BooleanParenthesisExpression inner => Parts(inner.Expression),
        BooleanNotExpression not => Parts(not.Expression),
        _ => [condition],
    };

    private static bool IsEqual(BooleanExpression term, string column) =>
        term is BooleanComparisonExpression { ComparisonType: BooleanComparisonType.Equals, FirstExpression: ColumnReferenceExpression c }
        && Name(c) == column;

    private static IReadOnlyList<ColumnReferenceExpression> Columns(ScalarExpression expression)
    {
        var visitor = new OwnColumns();
        expression.Accept(visitor);
        return visitor.Found;
    }

    private void Add(TSqlRule rule, TSqlFragment where) => _found.Add((rule, TSqlTable.TextOf(where)));

    private sealed class OwnColumns : TSqlFragmentVisitor
    {
        public List<ColumnReferenceExpression> Found { get; } = [];

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is not null) Found.Add(node);
        }

        // Those of a subquery belong to the subquery.
        public override void ExplicitVisit(ScalarSubquery node)
        {
        }
    }
}

/// <summary>The tables and JSON lists that a statement reads, by alias.</summary>
internal sealed class TSqlSources : TSqlFragmentVisitor
{
    public List<(string? Alias, TableReference Source)> All { get; } = [];

    public override void Visit(NamedTableReference node) =>
        All.Add((node.Alias?.Value ?? node.SchemaObject.BaseIdentifier.Value, node));

    public override void Visit(OpenJsonTableReference node) => All.Add((node.Alias?.Value, node));
}
