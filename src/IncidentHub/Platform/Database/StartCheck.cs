using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Platform.Database;

/// <summary>With what database the hub does not start: said in one sentence, before anything is migrated or served.</summary>
internal sealed partial class StartCheck(Connections connections, Statements statements, MasterKey master, ILogger<StartCheck> log)
{
    /// <summary>What the hub needs to know of a database on SQL Server.</summary>
    internal const string Settings =
        "SELECT is_read_committed_snapshot_on AS IsSnapshot, compatibility_level AS Level FROM sys.databases WHERE database_id = DB_ID()";

    private const string KeyTable = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'KeyRecord'";
    internal const string ServerKeyTable = "SELECT COUNT(*) FROM sys.tables WHERE name = 'KeyRecord'";

    // OPENJSON needs that of SQL Server 2016.
    private const int LeastLevel = 130;

    /// <summary>False where the hub must not start: the log says why.</summary>
    public async Task<bool> PassesAsync()
    {
        if (await FaultAsync() is not { } fault) return true;
        LogFault(fault);
        return false;
    }

    /// <summary>Why the hub must not start; null where it may.</summary>
    internal async Task<string?> FaultAsync()
    {
        if (connections.DatabaseFile is { } file && !File.Exists(file)) return null;
        await using var connection = await connections.OpenAsync(CancellationToken.None);
        return (connections.Engine == Engine.SqlServer ? FaultOf(await connection.QuerySingleAsync<ServerSettings>(Settings)) : null)
            ?? await OtherKeyAsync(connection);
    }

    /// <summary>
    /// The hub has one isolation level on every server: with locking reads, each page would wait for every open transaction.
    /// </summary>
    internal static string? FaultOf(ServerSettings settings) => settings.Level < LeastLevel
        ? $"The database has compatibility level {settings.Level}; the hub needs {LeastLevel} or higher: "
            + "ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = 150."
        : settings.IsSnapshot ? null
        : "Reads of the database wait for writes: turn read committed snapshot on while the hub is stopped: "
            + "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE.";

    private async Task<string?> OtherKeyAsync(DbConnection connection)
    {
        if (await connection.ExecuteScalarAsync<int>(connections.Engine == Engine.Sqlite ? KeyTable : ServerKeyTable) == 0) return null;
        var keys = await connection.QueryAsync<KeyRow>(statements.Get("KeyRecord_List"), new { SigningKeys.Purpose });
        try
        {
            if (keys.LastOrDefault() is { } last) CryptographicOperations.ZeroMemory(master.Decrypt(last.Secret, SigningKeys.Purpose));
            return null;
        }
        catch (AuthenticationTagMismatchException)
        {
            return master.OtherKey;
        }
    }

    [LoggerMessage(LogLevel.Critical, "{Fault}")]
    private partial void LogFault(string fault);
}

internal sealed record ServerSettings
{
    public required bool IsSnapshot { get; init; }
    public required int Level { get; init; }
}
