using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Platform.Http;

/// <summary>Forgets keys after their 24 hours, so that they can be used again.</summary>
internal sealed class IdempotencyExpiry(Db db) : DurableJob
{
    public override Task RunAsync(CancellationToken ct) => db.WriteAsync<Done>(
        async tx =>
        {
            await tx.ExecuteAsync("Idempotency_Expire", new { Before = tx.Now - IdempotencyMiddleware.Kept });
            return default(Done);
        },
        ct: ct);
}
