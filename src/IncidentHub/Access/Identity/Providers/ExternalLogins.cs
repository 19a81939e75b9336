using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>An account at a provider that belongs to a person.</summary>
internal sealed record ExternalLogin
{
    public required Guid Id { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }
    public required Guid PersonId { get; init; }
    public required string Provider { get; init; }

    /// <summary>The claims that the mapping named at the last sign-in, as JSON.</summary>
    public required string Claims { get; init; }
    public required string MappedRoles { get; init; }
    public required DateTimeOffset? LastSignInAt { get; init; }

    public Roles Mapped => Enum.Parse<Roles>(MappedRoles);
}

/// <summary>The store of <see cref="ExternalLogin"/>.</summary>
internal static class ExternalLogins
{
    public static Task<ExternalLogin?> FindAsync(ISql sql, string issuer, string subject) =>
        sql.FirstOrDefaultAsync<ExternalLogin>("ExternalLogin_BySubject", new { Issuer = issuer, Subject = subject });

    public static Task<IReadOnlyList<ExternalLogin>> OfPersonAsync(ISql sql, Guid personId) =>
        sql.QueryAsync<ExternalLogin>("ExternalLogin_OfPerson", new { PersonId = personId });

    /// <summary>Those of every person who has one at this provider.</summary>
    public static Task<IReadOnlyList<ExternalLogin>> OfPeopleOfAsync(ISql sql, string provider) =>
        sql.QueryAsync<ExternalLogin>("ExternalLogin_OfPeopleOf", new { Provider = provider });

    public static async Task<ExternalLogin> AddAsync(UnitOfWork tx, string issuer, string subject, Guid personId, string provider)
    {
        var login = new ExternalLogin
        {
            Id = OrderedId.Next(tx.Now),
            Issuer = issuer,
            Subject = subject,
            PersonId = personId,
            Provider = provider,
            Claims = "{}",
            MappedRoles = nameof(Roles.None),
            LastSignInAt = null,
        };
        await tx.ExecuteAsync("ExternalLogin_Insert", new
        {
            login.Id,
            login.Issuer,
            login.Subject,
            login.PersonId,
            login.Provider,
            login.Claims,
            login.MappedRoles,
            tx.Now,
        });
        return login;
    }

    public static Task<int> SaveAsync(UnitOfWork tx, ExternalLogin login) => tx.ExecuteAsync("ExternalLogin_Update",
        new { login.Id, login.Provider, login.Claims, login.MappedRoles, login.LastSignInAt });
}
