using System.Globalization;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace IncidentHub.Access.Backups;

/// <summary>
/// <c>restore FILE</c>: puts a backup in the place of the configured SQLite database, after it was checked; what was there is moved aside.
/// The hub must be stopped. Exit code 0: done; 1: the file cannot be restored; 2: could not run.
/// </summary>
internal static class RestoreCommand
{
    public const string Usage = "restore FILE";

    public static bool IsAsked(string[] args) => args is ["restore", ..];

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter say)
    {
        if (args is not ["restore", { Length: > 0 } name] || name[0] == '-')
        {
            await say.WriteLineAsync("Usage: " + Usage);
            return 2;
        }
        var backup = Path.GetFullPath(name);
        var services = new ServiceCollection().AddLogging();
        services.AddDatabase(configuration);
        await using var provider = services.BuildServiceProvider();
        string? target = null;
        try
        {
            target = provider.GetRequiredService<Connections>().DatabaseFile;
            if (Refuse(backup, target) is { } refusal)
            {
                await say.WriteLineAsync(refusal);
                return 2;
            }
            try
            {
                provider.GetRequiredService<DatabaseLock>().Take();
            }
            catch (InvalidOperationException)
            {
                await say.WriteLineAsync($"A hub is running on {target}. Stop it, run this again, and start it.");
                return 2;
            }
            return await RestoreAsync(backup, target!, provider.GetRequiredService<Statements>(), configuration, say);
        }
        catch (DatabaseFaultException e)
        {
            await say.WriteLineAsync($"Nothing was restored. {e.Message} Take another backup.");
            return 1;
        }
        catch (StartFaultException e)
        {
            await say.WriteLineAsync($"Nothing was restored. {e.Message}");
            return 2;
        }
        catch (Exception e) when (DatabaseFaults.Sentence(target ?? backup, e) is not null)
        {
            await say.WriteLineAsync($"Nothing was restored. {DatabaseFaults.Sentence(target ?? backup, e)}");
            return 2;
        }
    }

    private static string? Refuse(string backup, string? target) => target is null
        ? "The database is on SQL Server, which restores its own backups: RESTORE DATABASE … FROM DISK = '…'. This command is for "
            + "SQLite."
        : !File.Exists(backup) ? $"There is no file {backup}."
        : backup == target ? $"{backup} is the hub's own database, not a backup of it."
        : new FileInfo(backup + "-wal") is { Exists: true, Length: > 0 }
            ? $"{backup} has a log beside it ({backup}-wal): it is a database or a copy of its files, not a backup, and may lack the "
                + "newest commits. Make a backup with 'incidenthub backup'."
        : null;

    private static async Task<int> RestoreAsync(string backup, string target, Statements statements, IConfiguration configuration,
        TextWriter say)
    {
        var part = $"{target}.restoring-{OrderedId.Next(TimeProvider.System.GetUtcNow()):N}";
        try
        {
            await CopyAsync(backup, part);
            var content = await CheckAsync(backup, part, statements, configuration);
            var now = TimeProvider.System.GetUtcNow();
            var aside = ReplacedFiles.MoveAside(target, now);
            // Due work is kept in the hub's tables; the schedules are written again.
            ReplacedFiles.MoveAside(Path.Combine(Path.GetDirectoryName(target)!, "jobs.db"), now);
            DurableFiles.Rename(part, target);
            await ReportAsync(backup, target, aside, content, say);
            return 0;
        }
        finally
        {
            foreach (var left in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(part + left);
        }
    }

    private static async Task CopyAsync(string backup, string part)
    {
        await using var from = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var to = DurableFiles.Create(part);
        await from.CopyToAsync(to);
        to.Flush(flushToDisk: true);
    }

    // The copy is checked, not the backup: that one is only ever read.
    private static async Task<BackupContent> CheckAsync(string backup, string part, Statements statements, IConfiguration configuration)
    {
        try
        {
            if (SqliteFile.Fault(part) is { } fault) throw new DatabaseFaultException(fault);
            // The verification reads the tables of this build.
            var copy = new Connections(Options.Create(new DatabaseOptions { ConnectionString = $"Data Source={part};Pooling=False" }));
            await new Migrator(copy, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
            SqliteCopy.Finish(part);
            var master = MasterKey.Find(
                configuration.GetSection("Keys").Get<KeysOptions>()?.MasterKeyFile ?? new KeysOptions().MasterKeyFile);
            return await BackupCheck.RunAsync(part, statements, verifyChain: true, master);
        }
        catch (Exception e) when (e is DatabaseFaultException
            or SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB })
        {
            throw new DatabaseFaultException(DatabaseFaults.Sentence(part, e)!.Replace(part, backup, StringComparison.Ordinal));
        }
    }

    private static async Task ReportAsync(string backup, string target, string? aside, BackupContent content, TextWriter say)
    {
        await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            Restored, checked: {target} from {backup}
              schema      {content.Schema}
              audit log   {content.Head.Count:N0} records, verified; the last one of {content.LastAct}
              audit head  {content.Head.LastHash}
            """));
        if (aside is not null) await say.WriteLineAsync($"What was there is kept: {aside}. Delete it when you do not need it any more.");
        await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            Before the hub is used again:
            - Put back the files of evidence and the master key of that time: neither is in a backup.
            - Whatever was done after {content.LastAct} is lost. API keys, signing keys, collectors and accounts that were
              revoked, withdrawn or deactivated since then are valid again, with the passwords of that time: do it again on the pages
              API keys and People, and on the pages of programs.
            When it starts, it ends all sessions and one-time links, and issues no permit: the owner of each live program confirms on
            its page what may be collected. Collectors that have seen a later pause stay stopped until then.
            """));
    }
}
