using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Platform.Database;

/// <summary>
/// Before anything else runs: takes the SQLite file for this process alone (its writer and its clock assume that), migrates, and sets
/// the clock's floor to the last recorded act.
/// </summary>
internal sealed class DatabaseStart(Connections connections, Migrator migrator, Statements statements, Db db, HubClock clock, SigningKeys keys) : IHostedService, IDisposable
{
    private FileStream? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = statements;
        if (connections.DatabaseFile is { } file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            try
            {
                _lock = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                throw new InvalidOperationException($"Another IncidentHub process uses {file}. A SQLite database belongs to one process; use SQL Server for several.");
            }
        }
        await migrator.MigrateAsync(cancellationToken);
        var last = await db.ReadAsync(sql => sql.FirstOrDefaultAsync<LastAct>("Audit_LastAt"), cancellationToken);
        if (last is not null) clock.NotBefore(last.At);
        await keys.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    private sealed record LastAct
    {
        public required DateTimeOffset At { get; init; }
    }
}
