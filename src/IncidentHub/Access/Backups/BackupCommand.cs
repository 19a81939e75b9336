using System.Diagnostics;
using System.Globalization;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IncidentHub.Access.Backups;

/// <summary>
/// <c>backup FILE</c>: a checked copy of the SQLite database, also while the hub runs. Exit code 0: written and sound; 1: the database is
/// damaged, there is no backup; 2: could not run.
/// </summary>
internal static class BackupCommand
{
    public const string Usage = "backup FILE";

    public static bool IsAsked(string[] args) => args is ["backup", ..];

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter say)
    {
        if (args is not ["backup", { Length: > 0 } name] || name[0] == '-')
        {
            await say.WriteLineAsync("Usage: " + Usage);
            return 2;
        }
        var target = Path.GetFullPath(name);
        try
        {
            return await WriteAsync(target, configuration, say);
        }
        catch (DatabaseFaultException e)
        {
            await say.WriteLineAsync($"No backup was written. {e.Message}");
            return 1;
        }
        catch (Exception e) when (DatabaseFaults.Sentence(target, e) is not null)
        {
            await say.WriteLineAsync($"No backup was written. {DatabaseFaults.Sentence(target, e)}");
            return 2;
        }
    }

    private static async Task<int> WriteAsync(string target, IConfiguration configuration, TextWriter say)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDatabase(configuration);
        await using var provider = services.BuildServiceProvider();
        if (Refuse(provider.GetRequiredService<Connections>().DatabaseFile, target) is { } refusal)
        {
            await say.WriteLineAsync(refusal);
            return 2;
        }
        var source = provider.GetRequiredService<Connections>().DatabaseFile!;
        var started = Stopwatch.GetTimestamp();
        var part = $"{target}.part-{OrderedId.Next(TimeProvider.System.GetUtcNow()):N}";
        try
        {
            DurableFiles.Create(part).Dispose();
            Copy(source, part);
            var content = await CheckAsync(source, part, provider.GetRequiredService<Statements>());
            DurableFiles.Rename(part, target);
            await ReportAsync(source, target, content, Stopwatch.GetElapsedTime(started), configuration, say);
            return 0;
        }
        finally
        {
            foreach (var left in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(part + left);
        }
    }

    private static string? Refuse(string? source, string target) => source is null
        ? "The database is on SQL Server, which makes its own backups: BACKUP DATABASE … TO DISK = '…' WITH CHECKSUM. This command is "
            + "for SQLite."
        : !File.Exists(source)
            ? $"There is no database {source}. Run this with the hub's own configuration (ConnectionStrings:IncidentHub)."
        : File.Exists(target) || Directory.Exists(target)
            ? $"{target} exists already, and a backup overwrites nothing. Choose another name."
        : !Directory.Exists(Path.GetDirectoryName(target)) ? $"The folder {Path.GetDirectoryName(target)} does not exist. Create it first."
        : null;

    // What is wrong with the database is not said of the copy.
    private static void Copy(string source, string part)
    {
        try
        {
            using var connection = SqliteFile.Open(source);
            _ = SqliteFile.Number(connection, "SELECT COUNT(*) FROM sqlite_schema");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is not (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB))
        {
            throw new InvalidOperationException(DatabaseFaults.Sentence(source, e));
        }
        catch (SqliteException e)
        {
            throw new DatabaseFaultException(DatabaseFaults.Sentence(source, e)!);
        }
        try
        {
            SqliteCopy.Make(source, part);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT)
        {
            throw new DatabaseFaultException(DatabaseFaults.Sentence(source, e)!);
        }
    }

    private static async Task<BackupContent> CheckAsync(string source, string part, Statements statements)
    {
        try
        {
            if (SqliteFile.Fault(part) is { } fault) throw new DatabaseFaultException(fault);
            return await BackupCheck.RunAsync(part, statements, verifyChain: false, null);
        }
        catch (Exception e) when (e is DatabaseFaultException or SqliteException)
        {
            // The copy is discarded: what is wrong with it is wrong with the database.
            throw new DatabaseFaultException(DatabaseFaults.Sentence(source, e)!.Replace(part, source, StringComparison.Ordinal));
        }
    }

    private static async Task ReportAsync(string source, string target, BackupContent content, TimeSpan took, IConfiguration configuration,
        TextWriter say)
    {
        var master = configuration.GetSection("Keys").Get<KeysOptions>()?.MasterKeyFile ?? new KeysOptions().MasterKeyFile;
        var evidence = configuration["Evidence:Path"] is { Length: > 0 } path
            ? path : Path.Combine(Path.GetDirectoryName(source)!, "evidence");
        await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            Backup of {source}, checked: {target}
              size        {new FileInfo(target).Length:N0} bytes, in {took.TotalSeconds:0.0} s
              schema      {content.Schema}
              audit log   {content.Head.Count:N0} records, the last one of {content.LastAct}
              audit head  {content.Head.LastHash}
            Not in it: the files of evidence in {Path.GetFullPath(evidence)} (the database has their digests only), and
            the master key {Path.GetFullPath(master)} (without it the hub does not start on this backup: it encrypts
            signing keys and second factors). Back up both, and keep the key apart from this file.
            """));
    }
}
