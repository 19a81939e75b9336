using IncidentHub.Domain.Access;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>A key as stored; never with its secret.</summary>
internal sealed record ApiKeyRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Scopes { get; init; }

    /// <summary>The region of the collectors that it enrols.</summary>
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

/// <summary>A key whose secret was presented, and which is neither revoked nor expired.</summary>
/// <param name="ProgramIds">The programs that it is limited to; null for all.</param>
/// <param name="OwnerId">The person who created it.</param>
/// <param name="Categories">What the collectors that it enrols may collect; empty for all.</param>
internal sealed record KnownKey(
    Guid Id, string Name, Scopes Scopes, IReadOnlySet<Guid>? ProgramIds, Guid OwnerId, string? Region, IReadOnlyList<string> Categories,
        DateTimeOffset ExpiresAt)
{
    /// <summary>The key as an actor in the audit log. It has no role: its permissions are its scopes.</summary>
    public Actor Actor => new(Id, $"Key {Name}", Roles.None, ActorKind.Key);

    public bool Has(Scopes scope) => (Scopes & scope) == scope;

    public bool Reaches(Guid programId) => ProgramIds is null || ProgramIds.Contains(programId);
}
