using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Support;

/// <summary>One round trip.</summary>
/// <param name="Args">By name, without the @.</param>
internal sealed record RecordedStatement(string Name, string Text, IReadOnlyDictionary<string, string?> Args);

/// <summary>
/// Records the statements of every write transaction of a hub, as a decorator of its writer. The hub itself is unchanged.
/// </summary>
internal sealed class RecordedWrites : IWriter, IAsyncDisposable
{
    private readonly IWriter _writer;
    private readonly Statements _statements;
    private readonly Dictionary<string, string> _names = [];
    private readonly ConcurrentQueue<IReadOnlyList<RecordedStatement>> _committed = new();

    private RecordedWrites(IWriter writer, Statements statements)
    {
        (_writer, _statements) = (writer, statements);
        foreach (var name in statements.Names)
        {
            var options = statements.OptionsOf(name);
            foreach (string[] chosen in (string[][])[[], .. options.Select(o => new[] { o }), [.. options]])
                _names.TryAdd(statements.Get(name, chosen), name);
        }
    }

    /// <summary>Decorates the writer of the hub.</summary>
    public static void Install(IServiceCollection services)
    {
        var own = services.Last(s => s.ServiceType == typeof(IWriter));
        services.Remove(own);
        services.AddSingleton<IWriter>(s => new RecordedWrites((IWriter)own.ImplementationFactory!(s), s.GetRequiredService<Statements>()));
    }

    /// <summary>The transactions that were committed since the last call, in order.</summary>
    public IReadOnlyList<IReadOnlyList<RecordedStatement>> Take()
    {
        var taken = new List<IReadOnlyList<RecordedStatement>>();
        while (_committed.TryDequeue(out var transaction)) taken.Add(transaction);
        return taken;
    }

    public async Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct)
    {
        List<RecordedStatement> sent = [];
        var committed = await _writer.RunAsync(
            async tx =>
            {
                // The work may be retried.
                sent = [];
                // Lists are sent as to SQL Server.
                var recorded = new UnitOfWork(tx.Engine, _statements, new Connection(tx.Connection, (text, args) =>
                    sent.Add(new(NameOf(text), text, args))), tx.Transaction!, tx.Now, sendsListsAtOnce: true);
                var done = await work(recorded);
                foreach (var topic in recorded.Topics) tx.Touch(topic);
                foreach (var (subjects, topics) in recorded.SubjectTopics) tx.TouchAbout(subjects, topics);
                foreach (var announcement in recorded.Announcements) tx.Announce(announcement);
                tx.OnCommitted(recorded.Committed);
                return done;
            },
            lane,
            ct);
        if (committed is not null) _committed.Enqueue(sent);
        return committed;
    }

    // A list repeats its statement, with numbered parameters.
    private string NameOf(string text) => _names.GetValueOrDefault(text)
        ?? _names.GetValueOrDefault(Regex.Replace(text.Split(";\n")[0], @"(@\w+)_0\b", "$1")) ?? text;

    public async ValueTask DisposeAsync()
    {
        if (_writer is IAsyncDisposable owned) await owned.DisposeAsync();
    }

    private sealed class Connection(DbConnection inner, Action<string, IReadOnlyDictionary<string, string?>> sent) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

        public override string Database => inner.Database;

        public override string DataSource => inner.DataSource;

        public override string ServerVersion => inner.ServerVersion;

        public override ConnectionState State => inner.State;

        public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

        public override void Open() => inner.Open();

        public override void Close() => inner.Close();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

        protected override DbCommand CreateDbCommand() => new Command(inner.CreateCommand(), sent);
    }

    private sealed class Command(DbCommand inner, Action<string, IReadOnlyDictionary<string, string?>> sent) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }

        public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }

        public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }

        protected override DbConnection? DbConnection { get => inner.Connection; set { } }

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }

        public override void Cancel() => inner.Cancel();

        public override void Prepare() => inner.Prepare();

        public override int ExecuteNonQuery() => Sent().ExecuteNonQuery();

        public override object? ExecuteScalar() => Sent().ExecuteScalar();

        public override Task<int> ExecuteNonQueryAsync(CancellationToken ct) => Sent().ExecuteNonQueryAsync(ct);

        public override Task<object?> ExecuteScalarAsync(CancellationToken ct) => Sent().ExecuteScalarAsync(ct);

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Sent().ExecuteReader(behavior);

        protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken ct) =>
            Sent().ExecuteReaderAsync(behavior, ct);

        protected override DbParameter CreateDbParameter() => inner.CreateParameter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
        }

        private DbCommand Sent()
        {
            sent(inner.CommandText, inner.Parameters.Cast<DbParameter>()
                .ToDictionary(p => p.ParameterName.TrimStart('@'), p => p.Value?.ToString()));
            return inner;
        }
    }
}
