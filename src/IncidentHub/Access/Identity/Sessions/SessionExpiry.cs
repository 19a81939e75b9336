using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Deletes sessions that are over for 90 days, and sign-ins of before; the audit log keeps both. And challenges that were answered a day
/// ago: an answer to them is long too late.
/// </summary>
internal sealed class SessionExpiry(Db db) : DurableJob
{
    private const int AtOnce = 2_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public override async Task RunAsync(CancellationToken ct)
    {
        while (await ExpireAsync(ct) > 0) ct.ThrowIfCancellationRequested();
    }

    private async Task<int> ExpireAsync(CancellationToken ct) => (await db.WriteAsync<int>(
        async tx =>
        {
            var old = new { Before = tx.Now - Kept, Limit = AtOnce };
            return await tx.ExecuteAsync("Session_Expire", old) + await tx.ExecuteAsync("SignInAttempt_Expire", old)
                + await tx.ExecuteAsync("UsedChallenge_Expire", old with { Before = tx.Now - TimeSpan.FromDays(1) });
        }, ct: ct)).Value;
}
