using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>
/// <c>audit verify [file.jsonl] [--keys keys.json] [--checkpoints folder-or-file]</c>: verifies the configured database, or an export. Exit
/// code 0: everything is valid; 1: something was changed; 2: the verification could not run. May run while the hub is in use.
/// </summary>
internal static class AuditCommand
{
    public const string Usage = "audit verify [export.jsonl] [--keys jwks.json] [--checkpoints folder-or-file]";

    public static bool IsAsked(string[] args) => args is ["audit", ..];

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter say)
    {
        if (Parse(args) is not { } asked)
        {
            await say.WriteLineAsync("Usage: " + Usage);
            return 2;
        }
        try
        {
            using var given = asked.Keys is { } file ? AuditKeys.FromJwks(await File.ReadAllTextAsync(file)) : null;
            // A database's own hub may be told where its checkpoints are kept.
            var folder = configuration.GetSection("Audit").Get<AuditOptions>() is { HasFolder: true } options
                ? options.CheckpointFolder : null;
            var path = asked.Checkpoints ?? (asked.Export is null && folder is not null
                && Directory.EnumerateFiles(folder).Any() ? folder : null);
            var kept = path is null ? null : CheckpointFolder.Read(path);
            var report = asked.Export is { } export
                ? OfExport(AuditExport.Verify(File.ReadLines(export), given, kept), given)
                : await VerifyDatabaseAsync(configuration, given, kept);
            foreach (var line in report.Lines) await say.WriteLineAsync(line);
            return report.IsOk ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException
            or System.Data.Common.DbException)
        {
            await say.WriteLineAsync($"Could not be tried: {e.Message}");
            return 2;
        }
    }

    private static Asked? Parse(string[] args)
    {
        if (args is not ["audit", "verify", .. var rest]) return null;
        var asked = new Asked(null, null, null);
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case "--keys" when i + 1 < rest.Length && asked.Keys is null: asked = asked with { Keys = rest[++i] }; break;
                case "--checkpoints" when i + 1 < rest.Length
                    && asked.Checkpoints is null:
                    asked = asked with { Checkpoints = rest[++i] }; break;
                case { Length: > 0 } file when file[0] != '-' && asked.Export is null: asked = asked with { Export = file }; break;
                default: return null;
            }
        }
        return asked;
    }

    private static AuditReport OfExport((AuditVerification Result, bool IsSigned) verified, AuditKeys? keys)
    {
        var report = AuditReport.Of(verified.Result);
        if (!report.IsOk || verified.IsSigned) return report;
        return report.With(keys is null
            ? "Signatures were not verified: give the hub's public keys with --keys."
            : "The export itself is not signed, or by a key that was withdrawn: pseudonyms are not proven.");
    }

    private static async Task<AuditReport> VerifyDatabaseAsync(
        IConfiguration configuration, AuditKeys? given, IReadOnlyList<AuditCheckpoint>? kept)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDatabase(configuration);
        await using var provider = services.BuildServiceProvider();
        var connections = provider.GetRequiredService<Connections>();
        if (connections.DatabaseFile is { } file && !File.Exists(file)) throw new FileNotFoundException($"There is no database {file}.");
        var statements = provider.GetRequiredService<Statements>();
        await using var connection = await connections.OpenAsync(CancellationToken.None);
        // No transaction: rows up to the head never change, and a running hub must not wait.
        var sql = new Sql(connections.Engine, statements, connection, null, TimeProvider.System.GetUtcNow);
        if (given is not null) return AuditReport.Of(await AuditReader.VerifyAsync(sql, given, kept));
        var master = MasterKey.Find(configuration.GetSection("Keys").Get<KeysOptions>()?.MasterKeyFile ?? new KeysOptions().MasterKeyFile);
        using var own = await AuditKeyReader.LoadAsync(sql, master);
        var result = await AuditReader.VerifyAsync(sql, own, kept);
        var report = AuditReport.Of(result);
        return master is not null || !report.IsOk || result.Checkpoints == 0 ? report : report.With(
            "The keys were taken from the database itself, because the master key is not here: give them with --keys to be certain.");
    }

    private sealed record Asked(string? Export, string? Keys, string? Checkpoints);
}
