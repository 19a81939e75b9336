using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>
/// The user store of ASP.NET Core Identity, a part for each of its interfaces. A user is the credential of a person, who may be
/// deactivated and is never deleted.
/// </summary>
internal sealed partial class AccountStore(Db db) : IUserStore<LocalAccount>
{
    private static readonly IdentityResult Changed = IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());

    public Task<string> GetUserIdAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult(user.PersonId.ToString());

    public Task<string?> GetUserNameAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Account);

    public Task<string?> GetNormalizedUserNameAsync(LocalAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Account);

    /// <summary>Accounts are stored in their normal form.</summary>
    public Task SetNormalizedUserNameAsync(LocalAccount user, string? normalizedName, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task SetUserNameAsync(LocalAccount user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account keeps its name.");

    public Task<LocalAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParse(userId, out var id)
        ? db.ReadAsync(sql => sql.FirstOrDefaultAsync<LocalAccount>("Credential_OfPerson", new { PersonId = id }), cancellationToken)
        : Task.FromResult<LocalAccount?>(null);

    public Task<LocalAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => db.ReadAsync(
        sql => sql.FirstOrDefaultAsync<LocalAccount>("Credential_ByAccount", new { Account = Codes.Lower(normalizedUserName) }),
        cancellationToken);

    public async Task<IdentityResult> CreateAsync(LocalAccount user, CancellationToken cancellationToken)
    {
        user.Version = 0;
        return await SaveAsync(user, cancellationToken);
    }

    public Task<IdentityResult> UpdateAsync(LocalAccount user, CancellationToken cancellationToken) => SaveAsync(user, cancellationToken);

    public Task<IdentityResult> DeleteAsync(LocalAccount user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A person is deactivated, never deleted.");

    /// <summary>Saves the credential within a transaction of the caller. False: it was changed since it was loaded.</summary>
    public static async Task<bool> SaveAsync(UnitOfWork tx, LocalAccount user)
    {
        var row = new
        {
            user.PersonId,
            user.PasswordHash,
            user.PasswordSetAt,
            user.SecurityStamp,
            user.FailedCount,
            user.LockedUntil,
            user.Version,
        };
        if (await tx.ExecuteAsync(user.Version == 0 ? "Credential_Insert" : "Credential_Update", row) == 0) return false;
        user.Version++;
        return true;
    }

    // What the framework itself changes: a hash that is renewed at a sign-in, a second factor.
    private async Task<IdentityResult> SaveAsync(LocalAccount user, CancellationToken ct)
    {
        var version = user.Version;
        var saved = await db.WriteAsync<bool>(async tx =>
        {
            user.Version = version;
            if (!await SaveAsync(tx, user)) return false;
            await tx.RecordAsync(new Actor(user.PersonId, user.Account, Roles.None), new JournalEntry
            {
                Action = "account.updated",
                Subject = $"person {user.Account}",
                Topics = [SessionChanges.Topic(user.PersonId)],
            });
            return true;
        }, ct: ct);
        return saved is { IsOk: true, Value: true } ? IdentityResult.Success : Changed;
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
