using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <summary>How an attempt to sign in ended.</summary>
internal enum SignInOutcome { Succeeded, Failed, LockedOut, SecondFactorFailed }

/// <summary>
/// Records attempts to sign in: for the person's own list and the administrators', in the audit log, and for the lock-out. A failure is
/// recorded as the hub's own observation: nobody has signed in.
/// </summary>
internal static class SignInRecords
{
    public const int MostFailures = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>A failure: the fifth in a row locks the account for 15 minutes.</summary>
    /// <param name="person">Null: there is no such account.</param>
    public static Task FailedAsync(Db db, Person? person, SignInMethod method, SignInOutcome outcome, SignInSource source) =>
        db.WriteAsync<Done>(async tx =>
        {
            await AttemptAsync(tx, person, method, outcome, source);
            await tx.RecordAsync(Actor.System, Entry("sign-in.failed", person, new { method, outcome }));
            if (person is null || outcome == SignInOutcome.LockedOut) return default(Done);
            var counted = new
            {
                PersonId = person.Id,
                Most = MostFailures,
                LockedUntil = tx.Now + LockedFor,
            };
            await tx.ExecuteAsync("Credential_Failed", counted);
            if (await tx.ExecuteAsync("Credential_LockOut", counted) > 0)
                await tx.RecordAsync(Actor.System, Entry("sign-in.locked-out", person, new { until = counted.LockedUntil }));
            return default(Done);
        });

    /// <summary>A success, in the transaction that begins the session: failures before it no longer count.</summary>
    public static async Task SucceededAsync(UnitOfWork tx, Person person, SignInMethod method, SignInSource source,
        SecondFactor? factor = null)
    {
        await tx.ExecuteAsync("Credential_Succeeded", new { PersonId = person.Id });
        await AttemptAsync(tx, person, method, SignInOutcome.Succeeded, source, factor);
    }

    private static Task AttemptAsync(UnitOfWork tx, Person? person, SignInMethod method, SignInOutcome outcome, SignInSource source,
        SecondFactor? factor = null) => tx.ExecuteAsync("SignInAttempt_Insert", new
        {
            Id = OrderedId.Next(tx.Now),
            PersonId = person?.Id,
            At = tx.Now,
            Outcome = outcome.ToString(),
            Method = method.ToString(),
            SecondFactor = factor?.ToString(),
            source.Address,
            source.Browser,
        });

    private static JournalEntry Entry(string action, Person? person, object detail) => new()
    {
        Action = action,
        Subject = person is null ? "unknown account" : $"person {person.Account}",
        Detail = detail,
        Topics = person is null ? [] : [SessionChanges.Topic(person.Id), "people"],
    };
}
