using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <summary>What a person has linked with a provider.</summary>
internal sealed record LinkedProvider
{
    public required string Provider { get; init; }

    /// <summary>Null: not used yet.</summary>
    public required DateTimeOffset? LastSignInAt { get; init; }
}

/// <summary>
/// Unlinks a person from a provider: by themselves, who keep another way in, or by an administrator. The roles that its claims gave end.
/// </summary>
internal sealed class LinkedAccounts(Db db, Administrators administrators)
{
    private static readonly Refusal OnlyWayIn = Refusal.NotAllowed("only_way_in",
        "This is the only way in to your account. Link another one first, or ask an administrator for a link to set a password.");

    public Task<IReadOnlyList<LinkedProvider>> OfAsync(Guid personId, CancellationToken ct) =>
        db.ReadAsync(sql => sql.QueryAsync<LinkedProvider>("ExternalLogin_ProvidersOfPerson", new { PersonId = personId }), ct);

    /// <param name="session">Of whoever unlinks their own account: it goes on, the person's other sessions end.</param>
    public Task<Result<Person>> UnlinkAsync(Guid personId, string? provider, Actor by, Guid? session, CancellationToken ct) =>
        db.WriteAsync<Person>(async tx =>
        {
            if (await People.FindAsync(tx, personId) is not { } person) return Refusal.NotFound("The person");
            if (await tx.ExecuteAsync("ExternalLogin_Delete", new { PersonId = personId, Provider = provider }) == 0)
                return Refusal.NotFound("The account at the provider");
            if (by.Id == personId && !await administrators.CanSignInAsync(tx, personId)) return OnlyWayIn;
            var mapped = (await ExternalLogins.OfPersonAsync(tx, personId)).Aggregate(Roles.None, (roles, l) => roles | l.Mapped);
            var next = await MappedPeople.ApplyAsync(tx, person, mapped, person.Department, by);
            if (Administrators.Includes(person) && !await administrators.IsLeftAsync(tx)) return Administrators.Last;
            var reason = by.Id == personId ? SessionEnd.EndedByPerson : SessionEnd.EndedByAdministrator;
            await SessionChanges.EndAllAsync(tx, person, reason, by, except: session);
            await tx.RecordAsync(by, new JournalEntry
            {
                Action = "person.login-unlinked",
                Subject = $"person {person.Account}",
                Detail = new { provider },
                Topics = [SessionChanges.Topic(person.Id), "people"],
            });
            return next;
        }, ct: ct);
}
