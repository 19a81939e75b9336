using IncidentHub.Domain;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Outbox;

/// <summary>Claims messages, delivers them, retries with backoff, and parks what keeps failing, visibly.</summary>
internal sealed partial class OutboxDispatcher(Db db, OutboxRegistry registry, OutboxSignal signal, TimeProvider clock, ILogger<OutboxDispatcher> log) : BackgroundService
{
    private const int MostAtOnce = 20;
    private const int MostAttempts = 10;
    private static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(30);
    private readonly Guid _me = OrderedId.Next(clock.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeliverWaitingAsync(stoppingToken) == 0) await signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailedRound(e);
                await signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    /// <summary>One round. Answers how many messages it took.</summary>
    public async Task<int> DeliverWaitingAsync(CancellationToken ct)
    {
        var any = await db.ReadAsync(sql => sql.ScalarAsync<int>("Outbox_AnyWaiting", new { Now = clock.GetUtcNow() }), ct);
        if (any == 0) return 0;
        var claimed = await db.WriteAsync<List<OutboxRow>>(
            async tx => (await tx.QueryAsync<OutboxRow>("Outbox_Claim", new { Me = _me, tx.Now, Until = tx.Now + ClaimFor, Limit = MostAtOnce })).OrderBy(r => r.Id).ToList(),
            ct: ct);
        foreach (var row in claimed.Value) await DeliverAsync(row, ct);
        return claimed.Value.Count;
    }

    private async Task DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        try
        {
            var registration = registry.Find(row.Topic, row.Consumer) ?? throw new InvalidOperationException($"Nobody named {row.Consumer} consumes {row.Topic} in this build.");
            await db.WriteAsync<Done>(
                async tx =>
                {
                    // Marked first: if another node has taken the claim over meanwhile, this one does nothing.
                    if (await tx.ExecuteAsync("Outbox_Done", new { row.Id, Me = _me }) == 0) return Refusal.Stale("Claimed by another node.");
                    await registration.Deliver(row.Payload, tx, ct);
                    return default(Done);
                },
                ct: ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(e, row.Topic, row.Consumer, row.Attempts + 1);
            var attempts = row.Attempts + 1;
            var delay = TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, attempts)));
            await db.WriteAsync<Done>(
                async tx =>
                {
                    await tx.ExecuteAsync("Outbox_Failed", new
                    {
                        row.Id, Attempts = attempts, AvailableAt = tx.Now + delay, ParkedAt = attempts >= MostAttempts ? tx.Now : (DateTimeOffset?)null, Error = e.Message[..Math.Min(e.Message.Length, 1000)],
                    });
                    return default(Done);
                },
                ct: ct);
        }
    }

    [LoggerMessage(LogLevel.Error, "An outbox round failed")]
    private partial void LogFailedRound(Exception e);

    [LoggerMessage(LogLevel.Error, "Outbox message {Topic} to {Consumer} failed, attempt {Attempt}")]
    private partial void LogFailed(Exception e, string topic, string consumer, int attempt);
}
