using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Whether somebody is left who administers the hub. Only who can sign in counts: with a password or a passkey where there are local
/// accounts, with a provider that is configured, or, in Development, by the account alone.
/// </summary>
internal sealed class Administrators(bool samples, bool local, IEnumerable<string> providers)
{
    public static readonly Refusal Last = Refusal.NotAllowed("last_administrator",
        "This is the last administrator who can sign in. Make another person administrator first: one who has a "
            + "password, or signs in with a provider.");

    private readonly HashSet<string> _providers = new(providers, StringComparer.Ordinal);

    public static Administrators Of(IConfiguration configuration, IHostEnvironment? environment)
    {
        var settings = configuration.GetSection("Identity").Get<ProvidersSettings>() ?? new();
        return new(environment?.IsDevelopment() == true, settings.LocalAccounts, settings.Providers.Select(p => p.Name));
    }

    /// <summary>Whether there is one beside this person.</summary>
    public async Task<bool> IsOtherAsync(UnitOfWork tx, Guid except) =>
        (await tx.QueryAsync<Administrator>("Person_OtherAdministrators", new { Id = except })).Any(a => a.IsEffective && IsOpen(a));

    /// <summary>Whether there is one.</summary>
    public Task<bool> IsLeftAsync(UnitOfWork tx) => IsOtherAsync(tx, Guid.Empty);

    public async Task<bool> CanSignInAsync(ISql sql, Guid personId) =>
        (await sql.QueryAsync<WayIn>("Person_WaysIn", new { Id = personId })).Any(IsOpen);

    public static bool Includes(Person person) => Includes(person.Own | person.Mapped);

    // An independent role, which a provider may have given them, leaves nothing of the others.
    private static bool Includes(Roles roles) => roles.Effective().HasFlag(Roles.Administrator);

    private bool IsOpen(WayIn way) =>
        samples || (local && way.IsLocal == 1) || (way.Provider is { } provider && _providers.Contains(provider));

    private record WayIn
    {
        public required int IsLocal { get; init; }
        public required string? Provider { get; init; }
    }

    private sealed record Administrator : WayIn
    {
        public required string Roles { get; init; }
        public required string? MappedRoles { get; init; }

        public bool IsEffective => Includes(Enum.Parse<Roles>(Roles) | (MappedRoles is null ? default : Enum.Parse<Roles>(MappedRoles)));
    }
}
