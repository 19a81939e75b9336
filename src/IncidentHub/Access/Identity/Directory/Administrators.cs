using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Whether somebody is left who administers the hub. Only who can sign in counts: with a password or a passkey where there are local
/// accounts, with a provider that is configured, or, in Development, by the account alone.
/// </summary>
internal sealed class Administrators(bool samples, bool local, IEnumerable<string> providers)
{
    private readonly HashSet<string> _providers = new(providers, StringComparer.Ordinal);

    public static Administrators Of(IConfiguration configuration, IHostEnvironment? environment)
    {
        var settings = configuration.GetSection("Identity").Get<ProvidersSettings>() ?? new();
        return new(environment?.IsDevelopment() == true, settings.LocalAccounts, settings.Providers.Select(p => p.Name));
    }

    /// <summary>Whether there is one beside this person.</summary>
    public async Task<bool> IsOtherAsync(ISql sql, Guid except) =>
        (await sql.QueryAsync<Row>("Person_OtherAdministrators", new { Id = except }))
            .Any(r => samples || (local && r.IsLocal == 1) || (r.Provider is { } provider && _providers.Contains(provider)));

    public static bool Includes(Person person) => (person.Own | person.Mapped).HasFlag(Roles.Administrator);

    private sealed record Row
    {
        public required int IsLocal { get; init; }
        public required string? Provider { get; init; }
    }
}
