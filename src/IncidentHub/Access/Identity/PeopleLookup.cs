namespace IncidentHub.Access.Identity;

/// <summary>Resolves the accounts that a request names.</summary>
internal static class PeopleLookup
{
    public const int MaxAccount = 200;

    /// <summary>The person's id; empty where no account was named; null where the account does not exist.</summary>
    public static async Task<Guid?> IdOfAsync(this People people, string? account) =>
        string.IsNullOrWhiteSpace(account) ? Guid.Empty : account.Length > MaxAccount
            ? null : (await people.FindByAccountAsync(account))?.Id;

    public static async Task<bool> IsActiveAsync(this People people, Guid id) => await people.FindAsync(id) is { IsActive: true };
}
