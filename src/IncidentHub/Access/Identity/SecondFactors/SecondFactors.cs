using System.Security.Cryptography;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Identity;

/// <summary>What is shown after the password.</summary>
internal enum SecondFactor { Authenticator, RecoveryCode }

/// <summary>A code that is right, and was not used when it was looked at.</summary>
internal sealed record ShownCode(SecondFactor Factor, long Step = 0, string CodeHash = "");

/// <summary>Recovery codes as they are shown, once.</summary>
internal sealed record NewRecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>The authenticator app of an account.</summary>
internal sealed record Authenticator
{
    public required Guid PersonId { get; init; }

    /// <summary>Encrypted by the master key.</summary>
    public required string Secret { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>How many recovery codes are not used yet.</summary>
    public required int CodesLeft { get; init; }
}

/// <summary>
/// The store of authenticator apps and recovery codes. A code is used once, also where two requests show it at the same time.
/// </summary>
internal sealed class SecondFactors(Db db, MasterKey master, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    // 120 random bits.
    private static readonly SecretCode Code = new(24);

    /// <summary>Null: the account has no second factor.</summary>
    public Task<Authenticator?> FindAsync(Guid personId, CancellationToken ct = default) =>
        db.ReadAsync(sql => sql.FirstOrDefaultAsync<Authenticator>("Authenticator_OfPerson", new { PersonId = personId }), ct);

    /// <summary>
    /// What a text is; null: no code of this account, or a recovery code that was used. Whether the app's was used, the use says.
    /// </summary>
    public async Task<ShownCode?> ReadAsync(Authenticator app, string? text, CancellationToken ct)
    {
        if (AuthenticatorCodes.StepOf(master.Decrypt(app.Secret, Purpose(app.PersonId)), text, clock.GetUtcNow()) is { } step)
            return new(SecondFactor.Authenticator, step);
        return Code.Digest(text) is { } hash && await db.ReadAsync(sql => sql.ScalarAsync<int>(
            "RecoveryCode_IsOpen", new { app.PersonId, CodeHash = hash }), ct) > 0 ? new(SecondFactor.RecoveryCode, CodeHash: hash) : null;
    }

    /// <summary>Uses the code up, within the transaction of the sign-in. False: it was used before, or the factor is gone.</summary>
    public static async Task<bool> UseAsync(UnitOfWork tx, Guid personId, ShownCode shown) => await (shown.Factor switch
    {
        SecondFactor.Authenticator => tx.ExecuteAsync("Authenticator_UseStep", new { PersonId = personId, shown.Step }),
        _ => tx.ExecuteAsync("RecoveryCode_Use", new { PersonId = personId, shown.CodeHash, tx.Now }),
    }) == 1;

    /// <param name="step">The time step of the code that confirmed it.</param>
    public Task AddAsync(UnitOfWork tx, Guid personId, byte[] secret, long step) => tx.ExecuteAsync("Authenticator_Insert",
        new { PersonId = personId, Secret = master.Encrypt(secret, Purpose(personId)), LastStep = step, AddedAt = tx.Now });

    /// <summary>Makes ten codes in place of the former ones.</summary>
    public static async Task<NewRecoveryCodes> MakeCodesAsync(UnitOfWork tx, Guid personId)
    {
        await tx.ExecuteAsync("RecoveryCode_Delete", new { PersonId = personId });
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => Code.Write(RandomNumberGenerator.GetBytes(Code.Bytes))).ToList();
        foreach (var code in codes) await tx.ExecuteAsync("RecoveryCode_Insert", new { PersonId = personId, CodeHash = Code.Digest(code) });
        return new(codes);
    }

    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveAsync(UnitOfWork tx, Guid personId)
    {
        await tx.ExecuteAsync("RecoveryCode_Delete", new { PersonId = personId });
        return await tx.ExecuteAsync("Authenticator_Delete", new { PersonId = personId }) > 0;
    }

    // The secret of one person cannot be put in the place of another's.
    private static string Purpose(Guid personId) => $"authenticator {personId}";
}
