using Dapper;

namespace IncidentHub.Platform.Database;

/// <summary>
/// On SQLite, the writer overwrites what it replaces (<see cref="SqliteWriter"/>), and a text that was removed stays in the write-ahead log
/// until that is used again. SQL Server cleans up by itself.
/// </summary>
internal sealed class RemovedText(Connections connections)
{
    /// <summary>
    /// After the commit: empties the write-ahead log, once no reader needs it. Where one takes longer than some seconds, it is emptied with
    /// the next redaction, or overwritten by later writes.
    /// </summary>
    public async Task OverwriteAsync(CancellationToken ct)
    {
        if (connections.Engine != Engine.Sqlite) return;
        await using var connection = await connections.OpenAsync(ct);
        await connection.ExecuteAsync("PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 0");
    }
}
