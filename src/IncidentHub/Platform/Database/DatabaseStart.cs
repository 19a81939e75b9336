using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Platform.Database;

/// <summary>
/// Starts before and stops after everything else. At start it locks the SQLite file for this process (its writer and its clock assume
/// that), sets the clock by the database's on SQL Server, migrates, and sets the clock's floor to the last recorded act; at the end it
/// waits for the writes of pages whose circuit has already ended.
/// </summary>
internal sealed class DatabaseStart(Migrator migrator, DatabaseLock file, Statements statements, Db db, DatabaseClock database,
    HubClock clock, SigningKeys keys) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = statements;
        file.Take();
        await database.SetAsync(cancellationToken);
        await migrator.MigrateAsync(cancellationToken);
        var last = await db.ReadAsync(sql => sql.FirstOrDefaultAsync<LastAct>("Audit_LastAt"), cancellationToken);
        if (last is not null) clock.NotBefore(last.At);
        await keys.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => db.DrainAsync(cancellationToken);

    private sealed record LastAct
    {
        public required DateTimeOffset At { get; init; }
    }
}
