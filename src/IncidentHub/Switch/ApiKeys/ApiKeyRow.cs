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

    /// <summary>Until when the secret before the last rotation remains valid; null where it was never rotated.</summary>
    public DateTimeOffset? OldKeyUntil { get; init; }
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>In CIDR notation, separated like names; null: from everywhere.</summary>
    public required string? Networks { get; init; }

    /// <summary>How many collectors may register with it.</summary>
    public required int MaxCollectors { get; init; }

    /// <summary>How many have.</summary>
    public int Enrolled { get; init; }

    /// <summary>In a search by secret: it is the one before the last rotation.</summary>
    public bool IsOldSecret { get; init; }

    /// <summary>Until when the secret that was presented is valid.</summary>
    public DateTimeOffset ValidUntil => IsOldSecret && OldKeyUntil < ExpiresAt ? OldKeyUntil.Value : ExpiresAt;

    public Scopes Granted => ScopeWords.Parse(Names.Split(Scopes))
        ?? throw new InvalidOperationException($"The key {Id} has unknown scopes: {Scopes}.");
}

/// <summary>A key whose secret was presented, and which is neither revoked nor expired.</summary>
/// <param name="ProgramIds">The programs that it is limited to; null for all.</param>
/// <param name="OwnerId">The person who created it.</param>
/// <param name="Categories">What the collectors that it enrols may collect; empty for all.</param>
/// <param name="ExpiresAt">Of this secret.</param>
/// <param name="Networks">Null: from everywhere.</param>
internal sealed record KnownKey(
    Guid Id, string Name, Scopes Scopes, IReadOnlySet<Guid>? ProgramIds, Guid OwnerId, string? Region, IReadOnlyList<string> Categories,
        DateTimeOffset ExpiresAt, NetworkList? Networks = null)
{
    /// <summary>The key as an actor in the audit log. It has no role: its permissions are its scopes.</summary>
    public Actor Actor => new(Id, $"Key {Name}", Roles.None, ActorKind.Key);

    public bool Has(Scopes scope) => (Scopes & scope) == scope;

    public bool IsUsableFrom(System.Net.IPAddress? address) => Networks is null || Networks.Contains(address);

    public bool Reaches(Guid programId) => ProgramIds is null || ProgramIds.Contains(programId);
}
