using Dapper;
using IncidentHub.Platform.Database;
using Microsoft.Data.SqlClient;

namespace IncidentHub.Tests.Support;

/// <summary>
/// The database engine of the tests' hubs. <c>tests/run</c> runs the suite on SQLite, and again on SQL Server where
/// <c>INCIDENTHUB_TEST_SQLSERVER</c> holds a connection string of a login that may create databases.
/// </summary>
internal static class TestEngine
{
    public static string? SqlServer { get; } = Environment.GetEnvironmentVariable("INCIDENTHUB_TEST_SQLSERVER");

    public static Engine Current { get; } =
        Environment.GetEnvironmentVariable("INCIDENTHUB_TEST_ENGINE") is { Length: > 0 } name ? Enum.Parse<Engine>(name) : Engine.Sqlite;
}

/// <summary>A separate database on the test's SQL Server.</summary>
internal sealed class TestServerDatabase
{
    private readonly string _name = $"incidenthub_test_{Guid.CreateVersion7():N}";

    public string ConnectionString => new SqlConnectionStringBuilder(TestEngine.SqlServer) { InitialCatalog = _name }.ToString();

    public static TestServerDatabase Create()
    {
        if (string.IsNullOrEmpty(TestEngine.SqlServer)) throw new InvalidOperationException("INCIDENTHUB_TEST_SQLSERVER names no server.");
        var database = new TestServerDatabase();
        using var connection = new SqlConnection(TestEngine.SqlServer);
        connection.Execute($"CREATE DATABASE {database._name}");
        connection.Execute($"ALTER DATABASE {database._name} SET READ_COMMITTED_SNAPSHOT ON");
        return database;
    }

    public void Drop()
    {
        SqlConnection.ClearAllPools();
        using var connection = new SqlConnection(TestEngine.SqlServer);
        connection.Execute($"DROP DATABASE {_name}");
    }
}
