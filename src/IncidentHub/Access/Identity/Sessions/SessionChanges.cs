using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>Begins and ends sessions, within a transaction of the caller.</summary>
internal sealed class SessionChanges(IOptions<IdentitySettings> settings)
{
    /// <summary>The topic of a person's own page.</summary>
    public static string Topic(Guid personId) => $"person:{personId}";

    /// <summary>Begins a session. The secret is for the cookie only.</summary>
    public async Task<string> BeginAsync(UnitOfWork tx, Person person, SessionOrigin origin, string browser)
    {
        var secret = Secrets.Make("");
        await tx.ExecuteAsync("Session_Insert", new
        {
            Id = OrderedId.Next(tx.Now),
            SecretHash = Secrets.Hash(secret),
            PersonId = person.Id,
            Method = origin.Method.ToString(),
            origin.Provider,
            origin.Issuer,
            origin.ProviderSession,
            Browser = browser,
            tx.Now,
            ExpiresAt = tx.Now + settings.Value.SessionLifetime,
        });
        await tx.RecordAsync(person.ToActor(), new JournalEntry
        {
            Action = "session.started",
            Subject = $"person {person.Account}",
            Detail = new { method = origin.Method, origin.SecondFactor, origin.Provider, browser },
            Topics = [Topic(person.Id), "people"],
        });
        return secret;
    }

    /// <summary>Ends a session that has not ended.</summary>
    /// <returns>Whether it was this call that ended it.</returns>
    public static async Task<bool> EndAsync(UnitOfWork tx, Guid sessionId, Person person, SessionEnd reason, Actor by)
    {
        if (await tx.ExecuteAsync("Session_End", new { Id = sessionId, tx.Now, Reason = reason.ToString() }) == 0) return false;
        tx.Announce(new SessionEnded(sessionId));
        await tx.RecordAsync(by, new JournalEntry
        {
            Action = "session.ended",
            Subject = $"person {person.Account}",
            Detail = new { reason },
            Topics = [Topic(person.Id), "people"],
        });
        return true;
    }

    /// <summary>Ends all sessions of a person but one.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> EndAllAsync(UnitOfWork tx, Person person, SessionEnd reason, Actor by, Guid? except = null)
    {
        var ended = 0;
        foreach (var id in await tx.QueryAsync<Guid>("Session_OpenOfPerson", new { PersonId = person.Id, tx.Now }))
        {
            if (id != except && await EndAsync(tx, id, person, reason, by)) ended++;
        }
        return ended;
    }
}
