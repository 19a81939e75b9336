using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>What the framework reads when it checks a passkey. They are written with their record in the journal.</summary>
internal sealed partial class AccountStore : IUserPasskeyStore<LocalAccount>
{
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(LocalAccount user, CancellationToken cancellationToken) =>
        [.. (await db.ReadAsync(sql => Passkeys.OfPersonAsync(sql, user.PersonId), cancellationToken)).Select(p => p.ToInfo())];

    public async Task<LocalAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.ReadAsync(sql => Passkeys.FindAsync(sql, credentialId), cancellationToken) is { } found
            ? await FindByIdAsync(found.PersonId.ToString(), cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(LocalAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        await db.ReadAsync(sql => Passkeys.FindAsync(sql, credentialId), cancellationToken) is { } found && found.PersonId == user.PersonId
            ? found.ToInfo() : null;

    public Task AddOrUpdatePasskeyAsync(LocalAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException("PasskeyCommands adds passkeys; PasskeySignIn notes their use.");

    public Task RemovePasskeyAsync(LocalAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("PasskeyCommands removes passkeys.");
}
