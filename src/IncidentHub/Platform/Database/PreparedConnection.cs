using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Database;

/// <summary>
/// A SQLite connection that caches prepared statements. Parsing and planning a statement costs more than running it, and the single writer
/// runs the same statements repeatedly. A command returns to the cache when it is disposed; a command in use is never shared.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner) : DbConnection
{
    private readonly Dictionary<string, SqliteCommand> _idle = [];

    public SqliteConnection Inner => inner;

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

    protected override DbCommand CreateDbCommand() => new Command(this);

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var command in _idle.Values) command.Dispose();
        inner.Dispose();
    }

    private SqliteCommand Take(string text)
    {
        if (_idle.Remove(text, out var command)) return command;
        command = inner.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (!_idle.TryAdd(command.CommandText, command)) command.Dispose();
    }

    private sealed class Command(PreparedConnection owner) : DbCommand
    {
        private SqliteCommand? _command;

        private SqliteCommand Prepared => _command ?? throw new InvalidOperationException("The command has no text yet.");

        [AllowNull]
        public override string CommandText
        {
            get => _command?.CommandText ?? "";
            set
            {
                if (_command is not null) owner.Return(_command);
                _command = owner.Take(value ?? "");
            }
        }

        public override int CommandTimeout { get => _command?.CommandTimeout ?? 0; set => Prepared.CommandTimeout = value; }

        public override CommandType CommandType { get => CommandType.Text; set { } }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get => owner; set { } }

        protected override DbParameterCollection DbParameterCollection => Prepared.Parameters;

        protected override DbTransaction? DbTransaction { get => _command?.Transaction; set => _transaction = (SqliteTransaction?)value; }

        private SqliteTransaction? _transaction;

        public override void Cancel() => _command?.Cancel();

        public override void Prepare() => Prepared.Prepare();

        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

        public override object? ExecuteScalar() => Ready().ExecuteScalar();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override void Dispose(bool disposing)
        {
            if (!disposing || _command is null) return;
            owner.Return(_command);
            _command = null;
        }

        // Dapper sets the transaction before the text.
        private SqliteCommand Ready()
        {
            Prepared.Transaction = _transaction;
            return Prepared;
        }
    }
}
