using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// A database from before the audit log had digests of rows: records them once, as they stand, before the hub is in use.
/// </summary>
internal sealed class RowBaseline(Db db) : IHostedService
{
    public const string Action = "audit.rows-recorded";

    private const int PageSize = 500;

    public async Task StartAsync(CancellationToken cancellationToken) => await db.WriteAsync<Done>(async tx =>
    {
        if (await tx.ScalarAsync<long>("Audit_Count") == 0 || await tx.ScalarAsync<long>("RowDigest_Any") == 1) return default(Done);
        foreach (var table in tx.Statements.AuditedTables)
        {
            object? after = null;
            while (await RowDigests.KeysAsync(tx, table, after, PageSize) is { Count: > 0 } keys)
            {
                after = keys[^1];
                foreach (var key in keys) tx.Journal.Wrote(table, RowKeys.Text(key));
                await tx.RecordAsync(Actor.System, new JournalEntry { Action = Action, Subject = $"rows of {table}" });
                await tx.Journal.WriteAsync(tx);
            }
        }
        return default(Done);
    }, ct: cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
