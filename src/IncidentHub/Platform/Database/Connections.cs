using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Database;

/// <summary>Opens connections of the configured engine.</summary>
internal sealed class Connections
{
    public Connections(IOptions<DatabaseOptions> options)
    {
        DapperSetup.Apply();
        Engine = options.Value.Provider;
        if (Engine == Engine.Sqlite)
        {
            var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString) { ForeignKeys = true, DefaultTimeout = 5 };
            DatabaseFile = Path.GetFullPath(builder.DataSource);
            builder.DataSource = DatabaseFile;
            ConnectionString = builder.ToString();
        }
        else
        {
            var builder = new SqlConnectionStringBuilder(options.Value.ConnectionString)
            {
                ApplicationName = "IncidentHub",
                MultipleActiveResultSets = false,
            };
            ConnectionString = builder.ToString();
        }
    }

    public Engine Engine { get; }

    public string ConnectionString { get; }

    /// <summary>The SQLite file; null on SQL Server.</summary>
    public string? DatabaseFile { get; }

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        DbConnection connection = Engine == Engine.Sqlite ? new SqliteConnection(ConnectionString) : new SqlConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
