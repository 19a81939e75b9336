using System.Buffers.Text;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>A passkey of a person: its public key. The private one never leaves the person's device.</summary>
internal sealed record Passkey
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string CredentialId { get; init; }
    public required string PublicKey { get; init; }

    /// <summary>As its owner calls it.</summary>
    public required string Name { get; init; }
    public required long SignCount { get; init; }

    /// <summary>How the browser reaches the device, separated by blanks.</summary>
    public required string Transports { get; init; }
    public required bool IsUserVerified { get; init; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>For the framework. What the device sent when it was made is not kept: nothing about its maker is asked.</summary>
    public UserPasskeyInfo ToInfo() => new(Base64Url.DecodeFromChars(CredentialId), Base64Url.DecodeFromChars(PublicKey), CreatedAt,
        (uint)SignCount, Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), IsUserVerified, IsBackupEligible, IsBackedUp, [], [])
    {
        Name = Name,
    };
}

/// <summary>The store of passkeys.</summary>
internal static class Passkeys
{
    public static Task<IReadOnlyList<Passkey>> OfPersonAsync(ISql sql, Guid personId) =>
        sql.QueryAsync<Passkey>("Passkey_OfPerson", new { PersonId = personId });

    public static Task<Passkey?> FindAsync(ISql sql, byte[] credentialId) =>
        sql.FirstOrDefaultAsync<Passkey>("Passkey_ByCredential", new { CredentialHash = HashOf(credentialId) });

    public static Task AddAsync(UnitOfWork tx, Guid personId, UserPasskeyInfo made, string name) => tx.ExecuteAsync("Passkey_Insert", new
    {
        Id = OrderedId.Next(tx.Now),
        PersonId = personId,
        CredentialHash = HashOf(made.CredentialId),
        CredentialId = Base64Url.EncodeToString(made.CredentialId),
        PublicKey = Base64Url.EncodeToString(made.PublicKey),
        Name = name,
        SignCount = (long)made.SignCount,
        Transports = string.Join(' ', made.Transports ?? []),
        made.IsUserVerified,
        made.IsBackupEligible,
        made.IsBackedUp,
        tx.Now,
    });

    /// <summary>Notes a sign-in. False: the passkey is gone, or its counter shows that another sign-in was faster.</summary>
    public static async Task<bool> UseAsync(UnitOfWork tx, UserPasskeyInfo shown) => await tx.ExecuteAsync("Passkey_Use",
        new { CredentialHash = HashOf(shown.CredentialId), SignCount = (long)shown.SignCount, shown.IsBackedUp, tx.Now }) == 1;

    /// <returns>How many there were.</returns>
    public static Task<int> RemoveAllAsync(UnitOfWork tx, Guid personId) =>
        tx.ExecuteAsync("Passkey_DeleteOfPerson", new { PersonId = personId });

    private static string HashOf(byte[] credentialId) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(credentialId));
}
