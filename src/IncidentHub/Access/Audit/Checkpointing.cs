using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>
/// Signs a checkpoint when a thousand rows have none yet, when a row has had none for an hour, after a redaction, and when the key of the
/// last one was withdrawn. It runs after the commits, never within a transaction of the log.
/// </summary>
internal sealed partial class Checkpointing(
    Db db, SigningKeys keys, CheckpointFolder folder, TimeProvider clock, ILogger<Checkpointing> log) : ITick
{
    public const int Rows = 1000;

    public static readonly TimeSpan Age = TimeSpan.FromHours(1);

    // A fault is logged once, not at each tick.
    private string? _told;

    public static TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.ReadAsync(DueAsync, ct) is { } due) await SignAsync(due, ct);
        await folder.WriteAsync(ct);
    }

    private async Task<Due?> DueAsync(ISql sql)
    {
        // Before the head is read: rows that come meanwhile are not waited for by a clock that is later than they are.
        var now = clock.GetUtcNow();
        if (await AuditReader.HeadAsync(sql) is not { } head) return null;
        var row = await CheckpointStore.LastAsync(sql);
        if (row is not null && row.Checkpoint is null)
        {
            Tell($"checkpoint {row.Number} cannot be read");
            return null;
        }
        var (last, covered) = (row?.Checkpoint, row?.Sequence ?? 0);
        if (head.Count == 0 && covered == 0) return null;
        if (head.Count - covered >= Rows || (last is not null && keys.IsWithdrawn(last.KeyId))) return new(head, last);
        // What a removal says must not depend on the key that signed it alone: a withdrawn key proves nothing.
        if (await sql.ScalarAsync<long>("Audit_HasRemoval", new { After = covered }) == 1) return new(head, last);
        var oldest = await sql.FirstOrDefaultAsync<AtRow>("Audit_At", new { Sequence = covered + 1 });
        return oldest is not null && now - oldest.At >= Age ? new(head, last) : null;
    }

    private async Task SignAsync(Due due, CancellationToken ct)
    {
        // A checkpoint says what the log was, faulty or not: the rows after a fault deserve one, too. But it never contradicts the last.
        if (await db.ReadAsync(sql => AuditReader.VerifyTailAsync(sql, due.Last, due.Head), ct) is { } fault)
        {
            Tell($"row {fault.Row}: {fault.Message}");
            if (fault.Row <= (due.Last?.Sequence ?? 0)) return;
        }
        var signer = keys.Current;
        await db.WriteAsync<Done>(
            async tx =>
            {
                if (!keys.IsWithdrawn(signer.Kid))
                    await CheckpointStore.AddAsync(tx, AuditCheckpoint.Sign(due.Last, due.Head, tx.Now, signer.Kid, d => signer.Sign(d)));
                return default(Done);
            },
            ct: ct);
    }

    private void Tell(string fault)
    {
        if (fault == _told) return;
        _told = fault;
        LogFault(fault);
    }

    private sealed record Due(AuditHead Head, AuditCheckpoint? Last);

    private sealed record AtRow
    {
        public required DateTimeOffset At { get; init; }
    }

    [LoggerMessage(LogLevel.Error, "The audit log does not verify: {Fault}")]
    private partial void LogFault(string fault);
}
