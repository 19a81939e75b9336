using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Database;

/// <summary>Opens connections of the configured engine.</summary>
internal sealed class Connections
{
    private readonly string _connectionString;

    public Connections(IOptions<DatabaseOptions> options)
    {
        DapperSetup.Apply();
        Engine = options.Value.Provider;
        if (Engine == Engine.Sqlite)
        {
            var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString) { ForeignKeys = true, DefaultTimeout = 5 };
            DatabaseFile = Path.GetFullPath(builder.DataSource);
            builder.DataSource = DatabaseFile;
            _connectionString = builder.ToString();
        }
        else
        {
            _connectionString = new SqlConnectionStringBuilder(options.Value.ConnectionString) { ApplicationName = "IncidentHub", MultipleActiveResultSets = false }.ToString();
        }
    }

    public Engine Engine { get; }

    /// <summary>The SQLite file; null on SQL Server.</summary>
    public string? DatabaseFile { get; }

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        DbConnection connection = Engine == Engine.Sqlite ? new SqliteConnection(_connectionString) : new SqlConnection(_connectionString);
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
