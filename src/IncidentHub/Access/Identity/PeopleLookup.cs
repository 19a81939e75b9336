namespace IncidentHub.Access.Identity;

/// <summary>Finds whom a request names.</summary>
internal static class PeopleLookup
{
    private const int MaxAccount = 200;

    /// <summary>The person's id; empty where no account was named; null where nobody has it.</summary>
    public static async Task<Guid?> IdOfAsync(this People people, string? account) =>
        string.IsNullOrWhiteSpace(account) ? Guid.Empty : account.Length > MaxAccount
            ? null : (await people.FindByAccountAsync(account))?.Id;

    public static async Task<bool> IsActiveAsync(this People people, Guid id) => await people.FindAsync(id) is { IsActive: true };
}
