using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Database;

/// <summary>Opens connections of the configured engine.</summary>
internal sealed class Connections
{
    private const int ConnectRetries = 3, PauseConnections = 20;

    public Connections(IOptions<DatabaseOptions> options)
    {
        DapperSetup.Apply();
        Engine = options.Value.Provider;
        try
        {
            if (Engine == Engine.Sqlite) (ConnectionString, DatabaseFile) = OfFile(options.Value.ConnectionString);
            else (ConnectionString, PauseConnectionString) = OfServer(options.Value.ConnectionString);
        }
        // What they say may hold a part of the password.
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            var engine = Engine == Engine.Sqlite ? "SQLite" : "SQL Server";
            throw new StartFaultException($"ConnectionStrings:IncidentHub cannot be read: {engine} does not know one of its keywords, or a "
                + "value is wrong. Put a value that contains ; or = in quotes.");
        }
    }

    public Engine Engine { get; }

    public string ConnectionString { get; }

    /// <summary>On SQL Server, pauses have connections of their own: slow pages cannot use them up.</summary>
    public string? PauseConnectionString { get; }

    /// <summary>The SQLite file; null on SQL Server.</summary>
    public string? DatabaseFile { get; }

    /// <summary>
    /// Opens a connection. Throws <see cref="DatabaseAwayException"/> where all connections were in use for as long as one waits for them.
    /// </summary>
    public async Task<DbConnection> OpenAsync(CancellationToken ct, WriteLane lane = WriteLane.Normal)
    {
        DbConnection connection = Engine == Engine.Sqlite ? new SqliteConnection(ConnectionString)
            : new SqlConnection(lane == WriteLane.Pause ? PauseConnectionString : ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (InvalidOperationException e) when (Engine == Engine.SqlServer)
        {
            await connection.DisposeAsync();
            throw new DatabaseAwayException(e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static (string Text, string File) OfFile(string text)
    {
        var builder = new SqliteConnectionStringBuilder(text) { ForeignKeys = true, DefaultTimeout = 5 };
        builder.DataSource = Path.GetFullPath(builder.DataSource);
        return (builder.ToString(), builder.DataSource);
    }

    private static (string Text, string OfPauses) OfServer(string text)
    {
        var builder = new SqlConnectionStringBuilder(text)
        {
            ApplicationName = "IncidentHub",
            MultipleActiveResultSets = false,
            // After a failover the first connection that succeeds is used: no error is answered from memory for up to a minute.
            PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock,
        };
        if (!builder.ShouldSerialize("Connect Retry Count")) builder.ConnectRetryCount = ConnectRetries;
        var all = builder.ToString();
        // Another name is another pool.
        builder.ApplicationName = "IncidentHub pause";
        builder.MaxPoolSize = PauseConnections;
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, PauseConnections);
        return (all, builder.ToString());
    }
}
