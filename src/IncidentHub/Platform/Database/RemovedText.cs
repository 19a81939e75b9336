using Dapper;

namespace IncidentHub.Platform.Database;

/// <summary>
/// On SQLite, a text that was removed stays in free parts of the file and in the write-ahead log until they are used again. SQL Server
/// cleans up by itself.
/// </summary>
internal sealed class RemovedText(Connections connections)
{
    /// <summary>What this transaction removes is overwritten with zeros.</summary>
    public static async Task OverwriteFromNowAsync(UnitOfWork tx)
    {
        if (tx.Engine == Engine.Sqlite) await tx.Connection.ExecuteAsync("PRAGMA secure_delete = ON", transaction: tx.Transaction);
    }

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
