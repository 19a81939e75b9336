namespace IncidentHub.Access.Identity;

/// <summary>What a person signs in with at the hub itself: the user of ASP.NET Core Identity. Name and roles are the person's.</summary>
internal sealed partial class LocalAccount
{
    public required Guid PersonId { get; init; }

    /// <summary>The account's name.</summary>
    public required string Account { get; init; }

    /// <summary>Null: the account has no password, and its owner signs in otherwise.</summary>
    public string? PasswordHash { get; set; }
    public DateTimeOffset? PasswordSetAt { get; set; }

    /// <summary>Changes whenever what is needed to sign in changes.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Failures since the last sign-in or lock-out.</summary>
    public int FailedCount { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The version that was loaded; 0: not stored yet.</summary>
    public int Version { get; set; }
}
