using System.Data;
using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Database;

/// <summary>One script of <c>db/</c>.</summary>
internal sealed record Migration(int Number, string Name, string Text)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}

/// <summary>A row of the schema journal.</summary>
internal sealed record AppliedScript
{
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
}

/// <summary>Migrates the database to the schema of this build. See db/README.md for the rules.</summary>
internal sealed partial class Migrator(Connections connections, TimeProvider clock, ILogger<Migrator> log)
{
    /// <summary>The table that has number, name and digest of each applied script.</summary>
    public const string Journal = "SchemaJournal";
    private const int Unlimited = 0;

    // Of the session, so that it covers the journal's own table and all scripts: whoever waited for it finds them applied.
    internal const string TakeLock = """
        DECLARE @taken int;
        EXEC @taken = sp_getapplock @Resource = 'IncidentHub.Migrate', @LockMode = 'Exclusive', @LockOwner = 'Session',
          @LockTimeout = 600000;
        SELECT @taken
        """;

    internal const string ReleaseLock = "EXEC sp_releaseapplock @Resource = 'IncidentHub.Migrate', @LockOwner = 'Session'";

    private bool _done;

    /// <summary>The scripts embedded for an engine, in order.</summary>
    public static IReadOnlyList<Migration> Scripts(Engine engine)
    {
        var folder = engine == Engine.Sqlite ? "db/sqlite/" : "db/sqlserver/";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(folder, StringComparison.Ordinal))
            .Select(n => new Migration(int.Parse(n.AsSpan(folder.Length, 4)), n[(folder.Length + 5)..^4], Statements.Read(assembly, n)))
            .OrderBy(m => m.Number)
            .ToList();
    }

    /// <summary>The batches of a T-SQL script: <c>GO</c> alone on a line separates them.</summary>
    public static IEnumerable<string> Batches(Engine engine, string script) =>
        engine == Engine.Sqlite ? [script] : GoLine().Split(script).Where(b => !string.IsNullOrWhiteSpace(b));

    /// <summary>The scripts that were applied to a database with a journal, in order.</summary>
    public static IReadOnlyList<AppliedScript> Applied(DbConnection connection) =>
        connection.Query<AppliedScript>($"SELECT Number, Name, Sha256 FROM {Journal} ORDER BY Number").AsList();

    /// <summary>
    /// Applies missing scripts, one transaction per script, under one lock of the database; once. Throws
    /// <see cref="InvalidOperationException"/> where an applied script was edited, where the database is newer than this build, or where it
    /// was created by scripts older than the baseline.
    /// </summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (_done) return;
        if (connections.DatabaseFile is { } file) Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var connection = await connections.OpenAsync(ct);
        if (connections.Engine == Engine.Sqlite) await connection.ExecuteAsync("PRAGMA journal_mode=WAL;");
        else Check(await connection.ExecuteScalarAsync<int>(TakeLock, commandTimeout: Unlimited));
        try
        {
            await MigrateAsync(connection, ct);
        }
        finally
        {
            if (connections.Engine == Engine.SqlServer && connection.State == ConnectionState.Open)
                await connection.ExecuteAsync(ReleaseLock);
        }
    }

    private async Task MigrateAsync(DbConnection connection, CancellationToken ct)
    {
        await CreateJournalAsync(connection);
        var applied = Applied(connection);
        var scripts = Scripts(connections.Engine);
        if (Fault(applied, scripts) is { } fault) throw new InvalidOperationException(fault);
        if (connections.Engine == Engine.Sqlite && await connection.ExecuteScalarAsync<int>("PRAGMA application_id") == 0)
            await connection.ExecuteAsync($"PRAGMA application_id = {SqliteFile.ApplicationId}");
        foreach (var script in scripts.Skip(applied.Count))
        {
            await using var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(ct);
            // An index of a large table takes its time.
            foreach (var batch in Batches(connections.Engine, script.Text))
                await connection.ExecuteAsync(batch, transaction: transaction, commandTimeout: Unlimited);
            await connection.ExecuteAsync(
                $"INSERT INTO {Journal} (Number, Name, Sha256, AppliedAt) VALUES (@Number, @Name, @Sha256, @At)",
                new { script.Number, script.Name, script.Sha256, At = clock.GetUtcNow() },
                transaction);
            await transaction.CommitAsync(ct);
            LogApplied(script.Number, script.Name);
        }
        _done = true;
    }

    /// <param name="taken">What sp_getapplock returned: 0 or 1 where the lock was taken.</param>
    internal static void Check(int taken)
    {
        if (taken < 0) throw new InvalidOperationException(
            $"Another node has been migrating the database for ten minutes (sp_getapplock returned {taken}). Start again when it is done.");
    }

    /// <summary>Why this build cannot use a database with these scripts, or null.</summary>
    public static string? Fault(IReadOnlyList<AppliedScript> applied, IReadOnlyList<Migration> scripts)
    {
        if (applied.Zip(scripts).Any(pair => pair.First.Name != pair.Second.Name))
        {
            return "The database was created by a version with another schema, and this version starts a new one. Export what is needed "
                + "with the version that created the database, then start this version with an empty database.";
        }
        if (applied.Count > scripts.Count)
            return $"The database has schema {applied[^1].Number}; this build supports {scripts[^1].Number}. Start a newer build.";
        foreach (var (row, script) in applied.Zip(scripts))
        {
            if (row.Number != script.Number || row.Sha256 != script.Sha256)
            {
                return $"Script {script.Number:0000}_{script.Name} differs from what the database was built with. An applied script is "
                    + "never edited: add a new one.";
            }
        }
        return null;
    }

    private Task<int> CreateJournalAsync(DbConnection connection) => connection.ExecuteAsync(connections.Engine == Engine.Sqlite
        ? $"CREATE TABLE IF NOT EXISTS {Journal} (Number INTEGER NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY, Name TEXT NOT NULL, "
            + $"Sha256 TEXT NOT NULL, AppliedAt TEXT NOT NULL) STRICT"
        : $"IF OBJECT_ID('{Journal}') IS NULL CREATE TABLE {Journal} (Number int NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY, Name "
            + $"nvarchar(200) NOT NULL, Sha256 nvarchar(64) NOT NULL, AppliedAt datetimeoffset(7) NOT NULL)");

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex GoLine();

    [LoggerMessage(LogLevel.Information, "Applied schema script {Number} {Name}")]
    private partial void LogApplied(int number, string name);
}
