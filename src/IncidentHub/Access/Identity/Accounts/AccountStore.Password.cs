using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

internal sealed partial class AccountStore : IUserPasswordStore<LocalAccount>, IUserSecurityStampStore<LocalAccount>
{
    public Task SetPasswordHashAsync(LocalAccount user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(LocalAccount user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(LocalAccount user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(LocalAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);
}
