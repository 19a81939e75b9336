using IncidentHub.Domain.Access;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>A key as it is kept: never with its secret.</summary>
internal sealed record ApiKeyRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Scopes { get; init; }

    /// <summary>Where the collectors are that it enrols.</summary>
    public required string? Region { get; init; }
    public required string Categories { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid CreatedById { get; init; }
    public required string CreatedByName { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    public Scopes Granted => ScopeWords.Parse(Names.Split(Scopes))
        ?? throw new InvalidOperationException($"The key {Id} has unknown scopes: {Scopes}.");
}

/// <summary>A key that showed its secret, is not revoked and has not expired.</summary>
/// <param name="ProgramIds">The programs that it is tied to; null for all.</param>
/// <param name="OwnerId">The person who made it.</param>
/// <param name="Categories">What collectors that it enrols may collect; empty for all.</param>
internal sealed record KnownKey(
    Guid Id, string Name, Scopes Scopes, IReadOnlySet<Guid>? ProgramIds, Guid OwnerId, string? Region, IReadOnlyList<string> Categories,
        DateTimeOffset ExpiresAt)
{
    /// <summary>The key itself as it stands in the audit log. It has no role: what it may do is its scopes.</summary>
    public Actor Actor => new(Id, $"Key {Name}", Roles.None, ActorKind.Key);

    public bool Has(Scopes scope) => (Scopes & scope) == scope;

    public bool Reaches(Guid programId) => ProgramIds is null || ProgramIds.Contains(programId);
}
