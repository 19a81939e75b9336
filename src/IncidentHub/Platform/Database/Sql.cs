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

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? args = null, params string[] options) =>
        (await connection.QueryAsync<T>(statements.Get(statement, options), At(args), transaction)).AsList();

    public Task<T?> FirstOrDefaultAsync<T>(string statement, object? args = null, params string[] options) =>
        connection.QueryFirstOrDefaultAsync<T>(statements.Get(statement, options), At(args), transaction);

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

    public async Task<T> ScalarAsync<T>(string statement, object? args = null, params string[] options) =>
        (await connection.ExecuteScalarAsync<T>(statements.Get(statement, options), At(args), transaction))!;

    public virtual Task<int> ExecuteAsync(string statement, object? args = null) =>
        connection.ExecuteAsync(statements.Get(statement), At(args), transaction);

    private object? At(object? args)
    {
        if (args is ITimedParameters timed) timed.At(now());
        return args;
    }
}
