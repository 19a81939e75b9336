using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Identity;

/// <summary>What a one-time token permits.</summary>
internal enum OneTimeKind { SetUp, SetPassword }

/// <summary>Tokens that are used once. Only their digests are stored.</summary>
internal static class OneTimeTokens
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>Makes a token; earlier ones of the same kind and person end.</summary>
    /// <param name="personId">Null for the set-up.</param>
    public static async Task<string> MakeAsync(UnitOfWork tx, OneTimeKind kind, Guid? personId, TimeSpan? lifetime)
    {
        await EndAsync(tx, kind, personId);
        var secret = Secrets.Make("");
        await tx.ExecuteAsync("OneTimeToken_Insert", new
        {
            Id = OrderedId.Next(tx.Now),
            Kind = kind.ToString(),
            PersonId = personId,
            SecretHash = Secrets.Hash(secret),
            tx.Now,
            ExpiresAt = tx.Now + lifetime,
        });
        return secret;
    }

    /// <summary>The token, where it is valid.</summary>
    public static Task<OneTimeToken?> FindAsync(ISql sql, OneTimeKind kind, string? secret, DateTimeOffset now) =>
        sql.FirstOrDefaultAsync<OneTimeToken>("OneTimeToken_Find",
            new { Kind = kind.ToString(), SecretHash = Secrets.Hash(secret ?? ""), Now = now });

    /// <summary>Uses the token up. False: another request was faster.</summary>
    public static async Task<bool> UseAsync(UnitOfWork tx, OneTimeToken token) =>
        await tx.ExecuteAsync("OneTimeToken_Use", new { token.Id, tx.Now }) == 1;

    public static Task EndAsync(UnitOfWork tx, OneTimeKind kind, Guid? personId) => personId is { } id
        ? tx.ExecuteAsync("OneTimeToken_EndOfPerson", new { Kind = kind.ToString(), PersonId = id, tx.Now })
        : tx.ExecuteAsync("OneTimeToken_EndOfNobody", new { Kind = kind.ToString(), tx.Now });
}

internal sealed record OneTimeToken
{
    public required Guid Id { get; init; }
    public required Guid? PersonId { get; init; }
}
