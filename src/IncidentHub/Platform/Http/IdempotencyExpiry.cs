using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Platform.Http;

/// <summary>Deletes keys after 24 hours, so that they can be used again.</summary>
internal sealed class IdempotencyExpiry(Db db) : DurableJob
{
    private const int AtOnce = 2_000;

    public override async Task RunAsync(CancellationToken ct)
    {
        while (await ExpireAsync(ct) > 0) ct.ThrowIfCancellationRequested();
    }

    private async Task<int> ExpireAsync(CancellationToken ct) => (await db.WriteAsync<int>(
        async tx => await tx.ExecuteAsync("Idempotency_Expire", new { Before = tx.Now - IdempotencyMiddleware.Kept, Limit = AtOnce }),
        ct: ct)).Value;
}
