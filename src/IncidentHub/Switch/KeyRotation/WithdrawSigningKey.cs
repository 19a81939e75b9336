using IncidentHub.Domain.Access;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.KeyRotation;

/// <summary>
/// A signing key's private half is known to others, or may be: it signs no more, and nothing that it signed is believed from now on.
/// </summary>
internal sealed record WithdrawSigningKey(string Kid, string? Reason);

internal sealed class WithdrawSigningKeyHandler(Db db, SigningKeys keys, PauseWriter pauses)
{
    public const int MaxReason = 2_000;

    /// <summary>
    /// Every program's epoch is raised in the same transaction, so that all collectors ask for a permit of the next key at once.
    /// </summary>
    public async Task<Result<KeyWithdrawal>> HandleAsync(WithdrawSigningKey command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RotateSigningKeys) is { } denied) return denied;
        if (new Validation().Text(command.Reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        try
        {
            return await db.WriteAsync<KeyWithdrawal>(
                async tx =>
                {
                    var done = await keys.WithdrawAsync(tx, command.Kid, new(tx.Now, actor.Name, command.Reason!.Trim()));
                    if (!done.IsOk) return done;
                    var programs = await pauses.PermitsVoidAsync(tx);
                    await AuditWriter.AppendAsync(tx, actor, "signing-key.withdrawn", $"signing key {command.Kid}",
                        new { done.Value.Reason, EpochsRaised = programs });
                    tx.Touch("keys");
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
