using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using IncidentHub.Platform.Database;
using Microsoft.Data.SqlClient;

namespace IncidentHub.Tests.Platform.Database;

public class NullParameterTests
{
    private sealed record Args(Guid? Id, DateTimeOffset? At, bool? Flag, string? Text, int? Number);

    [Fact]
    public void A_parameter_without_a_value_has_a_type_on_SQL_Server()
    {
        DapperSetup.Apply();
        using var connection = new NoServer();
        connection.Execute("SELECT @Id, @At, @Flag, @Text, @Number", new Args(null, null, null, null, null));
        var parameters = connection.Sent.ToDictionary(p => p.ParameterName);
        Assert.Equal(
            [SqlDbType.UniqueIdentifier, SqlDbType.DateTimeOffset, SqlDbType.Bit, SqlDbType.NVarChar, SqlDbType.Int],
            new[] { "Id", "At", "Flag", "Text", "Number" }.Select(n => parameters[n].SqlDbType));
        Assert.All(parameters.Values, p => Assert.Equal(DBNull.Value, p.Value));
    }

    /// <summary>A connection whose commands accept parameters like those of SQL Server, and do nothing.</summary>
    private sealed class NoServer : DbConnection
    {
        public List<SqlParameter> Sent { get; } = [];

        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Open;

        public override void ChangeDatabase(string databaseName)
        {
        }

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new NoCommand(Sent);
    }

    private sealed class NoCommand(List<SqlParameter> sent) : DbCommand
    {
        private readonly SqlCommand _inner = new();

        [AllowNull]
        public override string CommandText { get => _inner.CommandText; set => _inner.CommandText = value; }

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => _inner.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override int ExecuteNonQuery()
        {
            sent.AddRange(_inner.Parameters.Cast<SqlParameter>());
            return 0;
        }

        public override object? ExecuteScalar() => null;

        public override void Prepare()
        {
        }

        protected override DbParameter CreateDbParameter() => _inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();
    }
}
