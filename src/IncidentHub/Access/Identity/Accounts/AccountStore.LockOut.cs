using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>Failures are counted by <see cref="SignInRecords"/>, in the transaction that records them.</summary>
internal sealed partial class AccountStore : IUserLockoutStore<LocalAccount>
{
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(LocalAccount user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(LocalAccount user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd;
        return Task.CompletedTask;
    }

    public Task<int> IncrementAccessFailedCountAsync(LocalAccount user, CancellationToken cancellationToken) =>
        Task.FromResult(++user.FailedCount);

    public Task ResetAccessFailedCountAsync(LocalAccount user, CancellationToken cancellationToken)
    {
        user.FailedCount = 0;
        return Task.CompletedTask;
    }

    public Task<int> GetAccessFailedCountAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult(user.FailedCount);

    public Task<bool> GetLockoutEnabledAsync(LocalAccount user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(LocalAccount user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;
}
