using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Database;

/// <summary>A hub takes a backup into use: what happened after <paramref name="LastActAt"/>, its last act, is unknown to it.</summary>
internal sealed record DatabaseRestored(DateTimeOffset? LastActAt);

/// <summary>
/// The first start on a file that <c>incidenthub backup</c> wrote, by whatever way it came here: the layers above are told in one
/// transaction, before the hub is in use. The mark of a backup is the user version in the header of the file, and goes with it.
/// </summary>
internal sealed partial class RestoredDatabase(Db db, Connections connections, ILogger<RestoredDatabase> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (connections.DatabaseFile is null || await MarkAsync(cancellationToken) != SqliteFile.BackupMark) return;
        DateTimeOffset? last = null;
        await db.WriteAsync<Done>(async tx =>
        {
            last = (await tx.FirstOrDefaultAsync<LastAct>("Audit_LastAt"))?.At;
            await tx.RecordAsync(Actor.System,
                new JournalEntry { Action = "database.restored", Subject = "database", Detail = new { lastActOfTheBackup = last } });
            await tx.RaiseAsync(new DatabaseRestored(last), Actor.System);
            await using var command = tx.Connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 0";
            command.Transaction = tx.Transaction;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            return default(Done);
        }, ct: cancellationToken);
        LogRestored(last);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<long> MarkAsync(CancellationToken ct)
    {
        await using var connection = await connections.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private sealed record LastAct
    {
        public required DateTimeOffset At { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "This database is a restored backup; its last act was recorded at {LastActAt:u}. All sessions and "
        + "one-time links have ended. No collector gets a permit until the owner of its program confirms on the program's page")]
    private partial void LogRestored(DateTimeOffset? lastActAt);
}
