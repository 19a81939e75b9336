using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Access.Identity;

/// <summary>Deletes sessions that are over for 90 days; the audit log keeps their beginning and end.</summary>
internal sealed class SessionExpiry(Db db) : DurableJob
{
    private const int AtOnce = 2_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public override async Task RunAsync(CancellationToken ct)
    {
        while (await ExpireAsync(ct) > 0) ct.ThrowIfCancellationRequested();
    }

    private async Task<int> ExpireAsync(CancellationToken ct) => (await db.WriteAsync<int>(
        async tx => await tx.ExecuteAsync("Session_Expire", new { Before = tx.Now - Kept, Limit = AtOnce }), ct: ct)).Value;
}
