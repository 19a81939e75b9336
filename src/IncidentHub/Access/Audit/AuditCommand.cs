using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>
/// <c>audit verify [file.jsonl]</c>: verifies the configured database, or an export. Exit code 0: every row is valid; 1: a row was changed;
/// 2: the verification could not run. May run while the hub is in use.
/// </summary>
internal static class AuditCommand
{
    public static bool IsAsked(string[] args) => args is ["audit", ..];

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter say)
    {
        if (args is not (["audit", "verify"] or ["audit", "verify", _]))
        {
            await say.WriteLineAsync("Usage: audit verify [export.jsonl]");
            return 2;
        }
        try
        {
            var result = args.Length == 3 ? AuditExport.Verify(File.ReadLines(args[2])) : await VerifyDatabaseAsync(configuration);
            await say.WriteLineAsync(Tell(result));
            return result.IsOk ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await say.WriteLineAsync($"Could not be tried: {e.Message}");
            return 2;
        }
    }

    internal static string Tell(AuditVerification result) => result.Fault is { } fault
        ? $"FAULT at row {fault.Row}{(fault.Sequence is { } s && s != fault.Row ? $" (sequence {s})" : "")}: {fault.Message}"
        : $"OK: {result.Rows} rows fit{(result.Redacted > 0 ? $", {result.Redacted} of them redacted" : "")}.";

    private static async Task<AuditVerification> VerifyDatabaseAsync(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDatabase(configuration);
        await using var provider = services.BuildServiceProvider();
        var connections = provider.GetRequiredService<Connections>();
        if (connections.DatabaseFile is { } file && !File.Exists(file)) throw new FileNotFoundException($"There is no database {file}.");
        var statements = provider.GetRequiredService<Statements>();
        await using var connection = await connections.OpenAsync(CancellationToken.None);
        // No transaction: rows up to the head never change, and a running hub must not wait.
        return await AuditReader.VerifyAsync(new Sql(connections.Engine, statements, connection, null));
    }
}
