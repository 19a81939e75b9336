using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Switch.KeyRotation;

/// <summary>Changes of the keys that sign permits.</summary>
internal sealed class SigningKeyCommands(Db db, SigningKeys keys, PauseWriter pauses)
{
    public const int MaxReason = 2_000;

    /// <summary>Newest first.</summary>
    public Result<IReadOnlyList<SigningPeriod>> List(Actor viewer) =>
        AccessTable.Deny(viewer, Act.RotateSigningKeys) is { } denied ? denied : new List<SigningPeriod>(keys.Periods);

    /// <summary>Creates the next key, and publishes it at once.</summary>
    public async Task<Result<SigningPeriod>> RotateAsync(Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RotateSigningKeys) is { } denied) return denied;
        var made = await db.WriteAsync<SigningPeriod>(
            async tx =>
            {
                var next = await keys.RotateAsync(tx);
                if (next.IsOk) await tx.RecordAsync(actor, SigningKeyHistory.Rotated(next.Value));
                return next;
            },
            ct: ct);
        await keys.LoadAsync(ct);
        return made;
    }

    /// <summary>
    /// Withdraws a key whose private half is known to others, or may be: it stops signing, and its signatures are not accepted from now on.
    /// The epoch of every program is raised in the same transaction, so that all collectors request a permit of the next key at once.
    /// </summary>
    public async Task<Result<KeyWithdrawal>> WithdrawAsync(string kid, string? reason, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RotateSigningKeys) is { } denied) return denied;
        if (new Validation().Text(reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        try
        {
            return await db.WriteAsync<KeyWithdrawal>(
                async tx =>
                {
                    var done = await keys.WithdrawAsync(tx, kid, new(tx.Now, actor.Name, reason!.Clean()));
                    if (!done.IsOk) return done;
                    var programs = await pauses.PermitsVoidAsync(tx);
                    await tx.RecordAsync(actor, SigningKeyHistory.Withdrawn(kid, done.Value, programs));
                    return done;
                },
                WriteLane.Pause,
                ct);
        }
        finally
        {
            await keys.LoadAsync(CancellationToken.None);
        }
    }
}

/// <summary>The records of changes of the signing keys.</summary>
internal static class SigningKeyHistory
{
    public static JournalEntry Rotated(SigningPeriod next) => Entry("rotated", next.Kid, new { next.SignsFrom });

    /// <param name="epochsRaised">The number of programs.</param>
    public static JournalEntry Withdrawn(string kid, KeyWithdrawal withdrawal, int epochsRaised) =>
        Entry("withdrawn", kid, new { withdrawal.Reason, EpochsRaised = epochsRaised });

    private static JournalEntry Entry(string act, string kid, object detail) => new()
    {
        Action = $"signing-key.{act}",
        Subject = $"signing key {kid}",
        Detail = detail,
        Topics = ["keys"],
    };
}
