using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>What a mapping does to a person, by the claims that were kept at their last sign-in.</summary>
/// <param name="Logins">Their accounts at the provider, as they are with the mapping.</param>
/// <param name="Unknown">Claims that were not kept at the last sign-in: what they give shows at the next.</param>
internal sealed record MappingEffect(Person Person, Roles Mapped, string? Department, IReadOnlyList<ExternalLogin> Logins,
    IReadOnlyList<string> Unknown)
{
    /// <summary>What the person may do afterwards and not before.</summary>
    public Roles Gains => After & ~Person.Roles;

    public Roles Loses => Person.Roles & ~After;

    private Roles After => (Person.Own | Person.Lent | Mapped).Effective();

    public bool Changes => Gains != Roles.None || Loses != Roles.None || Department != Person.Department || Unknown.Count > 0;
}

/// <summary>The effects of a mapping on everybody who is known from its provider: before it is saved, and when it is.</summary>
internal static class MappingEffects
{
    public static async Task<IReadOnlyList<MappingEffect>> OfAsync(ISql sql, ProviderMapping mapping)
    {
        var people = (await People.AtProviderAsync(sql, mapping.Provider)).ToDictionary(p => p.Id);
        return [.. (await ExternalLogins.OfPeopleOfAsync(sql, mapping.Provider)).GroupBy(l => l.PersonId)
            .Select(logins => Of(mapping, people[logins.Key], [.. logins]))];
    }

    private static MappingEffect Of(ProviderMapping mapping, Person person, IReadOnlyList<ExternalLogin> all)
    {
        var (mapped, unknown, department) = (Roles.None, new SortedSet<string>(StringComparer.Ordinal), person.Department);
        var logins = new List<ExternalLogin>();
        foreach (var login in all)
        {
            if (login.Provider != mapping.Provider)
            {
                mapped |= login.Mapped;
                continue;
            }
            var kept = ReceivedClaims.Read(login.Claims);
            IReadOnlyList<string> Values(string claim) => kept.TryGetValue(claim, out var values) ? values : [];
            unknown.UnionWith(mapping.Claims.Where(c => !kept.ContainsKey(c)));
            var roles = mapping.RolesOf(Values);
            mapped |= roles;
            if (mapping.DepartmentClaim is { } claim && kept.ContainsKey(claim)) department = mapping.DepartmentOf(Values);
            logins.Add(login with
            {
                MappedRoles = roles.ToString(),
                // What the mapping no longer reads is not kept any longer.
                Claims = JsonSerializer.Serialize(kept.Where(k => mapping.Claims.Contains(k.Key)).ToDictionary()),
            });
        }
        return new(person, mapped, department, logins, [.. unknown]);
    }
}
