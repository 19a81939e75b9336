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
internal sealed partial record Migration(int Number, string Name, string Text)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>
    /// The last script that a build must know to run on the schema after this one; from the line <c>-- needs: NNNN</c> of a script that
    /// takes something away. 0: it only adds, and every build goes on.
    /// </summary>
    public int Needs { get; } = NeedsLine().Match(Text) is { Success: true } line ? int.Parse(line.Groups[1].ValueSpan) : 0;

    [GeneratedRegex(@"^-- needs: (\d{4})\r?$", RegexOptions.Multiline)]
    private static partial Regex NeedsLine();
}

/// <summary>A row of the schema journal.</summary>
internal sealed record AppliedScript
{
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>As <see cref="Migration.Needs"/>; null where a build wrote it that had no such line.</summary>
    public int? Needs { get; init; }
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

    internal const string MakeJournal = $"""
        IF OBJECT_ID('{Journal}') IS NULL CREATE TABLE {Journal} (Number int NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY,
          Name nvarchar(200) NOT NULL, Sha256 nvarchar(64) NOT NULL, AppliedAt datetimeoffset(7) NOT NULL, Needs int NULL)
        """;

    internal const string JournalHasNeeds = $"SELECT COUNT(*) FROM sys.columns WHERE object_id = OBJECT_ID('{Journal}') AND name = 'Needs'";

    internal const string AddNeeds = $"ALTER TABLE {Journal} ADD Needs int NULL";

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
    // Every column that is there: a journal that an older build made has no Needs.
    public static IReadOnlyList<AppliedScript> Applied(DbConnection connection) =>
        connection.Query<AppliedScript>($"SELECT * FROM {Journal} ORDER BY Number").AsList();

    /// <summary>
    /// Applies missing scripts, one transaction per script, under one lock of the database; once. Throws
    /// <see cref="InvalidOperationException"/> where an applied script was edited, where a newer build took away what this one uses, or
    /// where the database was created by scripts older than the baseline.
    /// </summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (_done) return;
        if (connections.DatabaseFile is { } file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            DurableFiles.CreateMissing(file);
        }
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
        if (applied.Count > scripts.Count) LogNewer(applied[^1].Number, scripts[^1].Number);
        foreach (var script in scripts.Skip(applied.Count))
        {
            await using var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(ct);
            // An index of a large table takes its time.
            foreach (var batch in Batches(connections.Engine, script.Text))
                await connection.ExecuteAsync(batch, transaction: transaction, commandTimeout: Unlimited);
            await connection.ExecuteAsync(
                $"INSERT INTO {Journal} (Number, Name, Sha256, AppliedAt, Needs) VALUES (@Number, @Name, @Sha256, @At, @Needs)",
                new { script.Number, script.Name, script.Sha256, At = clock.GetUtcNow(), script.Needs },
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
        // What only adds does not concern a build that does not know it: nodes are replaced one after the other, and one may be set back.
        var known = scripts[^1].Number;
        if (applied.Skip(scripts.Count).Where(row => row.Needs is null || row.Needs > known)
            .MaxBy(row => row.Needs ?? row.Number) is { } taken)
        {
            return $"The database has schema {applied[^1].Number}; this build knows {known}, and script {taken.Number:0000}_{taken.Name} "
                + $"may have taken away what it uses. Start a build that knows schema {taken.Needs ?? taken.Number} or a later one, or "
                + "restore the backup from before the upgrade.";
        }
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

    private async Task CreateJournalAsync(DbConnection connection)
    {
        await connection.ExecuteAsync(connections.Engine == Engine.Sqlite
            ? $"CREATE TABLE IF NOT EXISTS {Journal} (Number INTEGER NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY, Name TEXT NOT NULL, "
                + "Sha256 TEXT NOT NULL, AppliedAt TEXT NOT NULL, Needs INTEGER NULL) STRICT"
            : MakeJournal);
        // One that an older build made.
        if (await connection.ExecuteScalarAsync<int>(connections.Engine == Engine.Sqlite
            ? $"SELECT COUNT(*) FROM pragma_table_info('{Journal}') WHERE name = 'Needs'" : JournalHasNeeds) == 0)
            await connection.ExecuteAsync(connections.Engine == Engine.Sqlite
                ? $"ALTER TABLE {Journal} ADD COLUMN Needs INTEGER NULL" : AddNeeds);
    }

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex GoLine();

    [LoggerMessage(LogLevel.Warning, "The database has schema {Schema}, of a newer version; this build knows {Known}. It goes on, because "
        + "what was added since then does not concern it. What the newer version wrote with words of its own is not shown")]
    private partial void LogNewer(int schema, int known);

    [LoggerMessage(LogLevel.Information, "Applied schema script {Number} {Name}")]
    private partial void LogApplied(int number, string name);
}
