namespace IncidentHub.Domain.Access;

/// <summary>
/// The kinds of keys. A key is either a machine's (enrol, gate, evaluate, intake), tied to programs or company-wide, or it acts as its
/// owner (read, write) and can access what the owner can. Never both: the scopes of a leaked key must show what it can do.
/// </summary>
public static class ApiKeyRules
{
    public const int DefaultDays = 30, MaxDays = 366, MaxPrograms = 20, MaxName = 100;

    /// <summary>How many collectors may register with a key of the scope enrol.</summary>
    public const int DefaultCollectors = 10_000, MaxCollectors = 1_000_000;

    /// <summary>For how many hours the old secret of a rotated key remains valid.</summary>
    public const int DefaultOverlapHours = 24, MaxOverlapHours = 7 * 24;

    private const Scopes OfOwners = Scopes.Read | Scopes.Write;

    /// <summary>Whether a key of these scopes acts as the person who made it.</summary>
    public static bool ActsAsOwner(Scopes scopes) => (scopes & OfOwners) != 0;

    /// <summary>The permission that is required to create, list or revoke such a key.</summary>
    public static Act ActFor(Scopes scopes) => ActsAsOwner(scopes) ? Act.MakeOwnKey : Act.ManageKeys;

    /// <param name="scopes">Null where a name was unknown.</param>
    /// <param name="isNarrowed">Whether the key is limited to a region or to categories.</param>
    public static Validation Check(string? name, Scopes? scopes, int programs, bool isNarrowed, int days)
    {
        var asked = scopes ?? Scopes.None;
        return new Validation().Line(name, "name", MaxName)
            .Check(asked != Scopes.None, "scopes", "Name at least one scope: enrol, gate, evaluate, read, write or intake.")
            .Check(!asked.HasFlag(Scopes.Collect), "scopes",
                "A collector gets its own secret when it registers. Make a key with the scope enrol.")
            .Check(!ActsAsOwner(asked) || (asked & ~OfOwners) == 0, "scopes",
                "The scopes read and write act as you, the others as a machine. Make two keys.")
            .Check(programs <= MaxPrograms, "programs", $"At most {MaxPrograms} programs.")
            .Check(!ActsAsOwner(asked) || programs == 0, "programs", "A key that acts as you has your access. Name no program.")
            .Check(!asked.HasFlag(Scopes.Enrol) || programs > 0, "programs", "A key with the scope enrol needs at least one program.")
            .Check(asked.HasFlag(Scopes.Enrol) || !isNarrowed, "scopes", "Region and categories are for the scope enrol only.")
            .Check(days is >= 1 and <= MaxDays, "validDays", $"Between 1 and {MaxDays}.");
    }

    /// <summary>What limits a key further.</summary>
    /// <param name="networks">Null where a text was no network.</param>
    public static Validation CheckLimits(Validation check, Scopes scopes, NetworkList? networks, int? maxCollectors)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check
            .Check(networks is not null, "networks",
                "Networks in CIDR notation, such as 10.1.0.0/16 or 2001:db8::/32, without bits after the prefix.")
            .Check(networks is null || networks.Texts.Count <= NetworkList.MaxNetworks, "networks",
                $"At most {NetworkList.MaxNetworks} networks.")
            .Check(maxCollectors is null || scopes.HasFlag(Scopes.Enrol), "maxCollectors", "This is for the scope enrol only.")
            .Check(maxCollectors is null or >= 1 and <= MaxCollectors, "maxCollectors", $"Between 1 and {MaxCollectors:N0}.");
    }

    /// <summary>How a key is rotated.</summary>
    public static Validation CheckRotation(int overlapHours, int? validDays) => new Validation()
        .Check(overlapHours is >= 0 and <= MaxOverlapHours, "overlapHours", $"Between 0 and {MaxOverlapHours}: seven days.")
        .Check(validDays is null or >= 1 and <= MaxDays, "validDays", $"Between 1 and {MaxDays}.");
}
