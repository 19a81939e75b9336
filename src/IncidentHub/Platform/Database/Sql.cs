using System.Data.Common;
using System.Text;
using Dapper;

namespace IncidentHub.Platform.Database;

/// <summary>Runs named statements on one connection. Options: see <see cref="Statements"/>.</summary>
internal interface ISql
{
    Engine Engine { get; }

    Statements Statements { get; }

    Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? args = null, params string[] options);

    Task<T?> FirstOrDefaultAsync<T>(string statement, object? args = null, params string[] options);

    Task<T> ScalarAsync<T>(string statement, object? args = null, params string[] options);

    /// <summary>Runs several queries with the same arguments in one round trip; their rows are read in the same order.</summary>
    Task<T> TogetherAsync<T>(IReadOnlyList<string> queries, object args, Func<SqlMapper.GridReader, Task<T>> read);

    /// <summary>Runs a change; a list of arguments runs it once for each. Returns the number of rows affected.</summary>
    Task<int> ExecuteAsync(string statement, object? args = null);
}

/// <summary>Parameters that contain the time at which their statement runs, by the hub's clock.</summary>
internal interface ITimedParameters
{
    void At(DateTimeOffset now);
}

/// <summary>Statements on a connection, inside its transaction where there is one.</summary>
/// <param name="now">The time of its statements: of a transaction the time of the transaction.</param>
internal class Sql(
    Engine engine, Statements statements, DbConnection connection, DbTransaction? transaction, Func<DateTimeOffset> now) : ISql
{
    public Engine Engine => engine;

    public Statements Statements => statements;

    /// <summary>The connection itself, for bulk work that has no named statement.</summary>
    public DbConnection Connection => connection;

    public DbTransaction? Transaction => transaction;

    // Of a transaction all statements run again or none.
    private readonly bool _runsAgain = engine == Engine.SqlServer && transaction is null;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? args = null, params string[] options)
    {
        var text = statements.Get(statement, options);
        return (_runsAgain ? await SqlFailures.ReadAsync(() => connection.QueryAsync<T>(text, At(args), transaction))
            : await connection.QueryAsync<T>(text, At(args), transaction)).AsList();
    }

    public Task<T?> FirstOrDefaultAsync<T>(string statement, object? args = null, params string[] options)
    {
        var text = statements.Get(statement, options);
        return _runsAgain ? SqlFailures.ReadAsync(() => connection.QueryFirstOrDefaultAsync<T>(text, At(args), transaction))
            : connection.QueryFirstOrDefaultAsync<T>(text, At(args), transaction);
    }

    public async Task<T> TogetherAsync<T>(IReadOnlyList<string> queries, object args, Func<SqlMapper.GridReader, Task<T>> read)
    {
        var text = string.Join(StatementList.Separator, queries.Select(q => statements.Get(q)));
        return _runsAgain ? await SqlFailures.ReadAsync(RunAsync) : await RunAsync();

        async Task<T> RunAsync()
        {
            await using var rows = await connection.QueryMultipleAsync(text, At(args), transaction);
            return await read(rows);
        }
    }

    /// <summary>Runs statements that take <c>@Ids</c> in one round trip, each with its own.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<object>>> QueryAllAsync(IReadOnlyList<(string Statement, string Ids)> queries)
    {
        var args = new DynamicParameters();
        var text = new StringBuilder();
        for (var i = 0; i < queries.Count; i++)
        {
            args.Add($"Ids{i}", queries[i].Ids);
            text.Append(statements.Get(queries[i].Statement, "Ids").Replace("@Ids", $"@Ids{i}", StringComparison.Ordinal)).Append(";\n");
        }
        var rows = new List<IReadOnlyList<object>>(queries.Count);
        await using var all = await connection.QueryMultipleAsync(text.ToString(), args, transaction);
        while (rows.Count < queries.Count) rows.Add((await all.ReadAsync<object>()).AsList());
        return rows;
    }

    public async Task<T> ScalarAsync<T>(string statement, object? args = null, params string[] options)
    {
        var text = statements.Get(statement, options);
        return (_runsAgain ? await SqlFailures.ReadAsync(() => connection.ExecuteScalarAsync<T>(text, At(args), transaction))
            : await connection.ExecuteScalarAsync<T>(text, At(args), transaction))!;
    }

    public virtual Task<int> ExecuteAsync(string statement, object? args = null) =>
        SendsListsAtOnce && StatementList.ElementsOf(args) is { } elements ? ExecuteAsync(statements.Get(statement), elements)
        : connection.ExecuteAsync(statements.Get(statement), At(args), transaction);

    /// <summary>Runs several changes with the same arguments in one round trip. Returns the number of rows affected.</summary>
    protected Task<int> ExecuteTogetherAsync(IReadOnlyList<string> changes, object args) =>
        connection.ExecuteAsync(string.Join(StatementList.Separator, changes.Select(c => statements.Get(c))), At(args), transaction);

    /// <summary>Whether a list is one round trip: on SQLite, where nothing travels, it is a loop over a prepared statement.</summary>
    protected virtual bool SendsListsAtOnce => engine == Engine.SqlServer;

    private async Task<int> ExecuteAsync(string text, IReadOnlyList<object> elements)
    {
        var rows = 0;
        foreach (var element in elements) At(element);
        foreach (var (all, args) in StatementList.Requests(text, elements)) rows += await connection.ExecuteAsync(all, args, transaction);
        return rows;
    }

    private object? At(object? args)
    {
        if (args is ITimedParameters timed) timed.At(now());
        return args;
    }
}
