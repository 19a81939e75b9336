namespace IncidentHub.Domain.Access;

/// <summary>Who acts: a signed-in person, a machine key, or the system itself. Passed to every handler.</summary>
/// <param name="Id">The person's or the key's id; <see cref="Guid.Empty"/> for the system.</param>
/// <param name="Name">As the timeline and the audit log show it; with the name of the key where a person acts through one.</param>
/// <param name="Roles">An independent role leaves no other: see <see cref="Independence"/>.</param>
/// <param name="ThroughKey">A person's key acts, not the person at a screen.</param>
public sealed record Actor(Guid Id, string Name, Roles Roles, ActorKind Kind = ActorKind.Person, bool ThroughKey = false)
{
    public Roles Roles { get; init => field = value.Effective(); } = Roles.Effective();

    /// <summary>The hub itself: policy, timers, consumers.</summary>
    public static readonly Actor System = new(Guid.Empty, "IncidentHub", Roles.None, ActorKind.System);

    public bool Has(Roles role) => (Roles & role) != 0;
}

public enum ActorKind { Person, Key, System }

/// <summary>Roles held across the company. Owning a program or commanding an incident is a <see cref="Relation"/>, not a role.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Reporter = 1,
    Responder = 2,
    ProgramOwner = 4,
    Privacy = 8,
    Counsel = 16,
    Executive = 32,
    Administrator = 64,
    Auditor = 128,
    DataProtectionOfficer = 256,
    WorksCouncil = 512,
}

/// <summary>
/// Who advises must not decide: the data protection officer and the works council read decisions, give opinions and do nothing else,
/// whatever other roles and programs the same person has.
/// </summary>
public static class Independence
{
    public const Roles Independent = Roles.DataProtectionOfficer | Roles.WorksCouncil;

    /// <summary>What such a person may still do by relation, as every reporter.</summary>
    public const Relation Relations = Relation.OwnFlag | Relation.OwnTask;

    public static bool IsIndependent(this Roles roles) => (roles & Independent) != 0;

    /// <summary>The roles that count: beside an independent role only that of a reporter.</summary>
    public static Roles Effective(this Roles roles) => roles.IsIndependent() ? roles & (Independent | Roles.Reporter) : roles;

    /// <summary>What is wrong with granting these roles to one person, or null.</summary>
    public static string? Fault(Roles roles) => roles.Effective() == roles ? null
        : "Data protection officer and works council are independent: who has such a role has no other. Use a second account.";
}

/// <summary>The relation of the actor to the object.</summary>
[Flags]
public enum Relation
{
    None = 0,

    /// <summary>Owner or deputy of the program.</summary>
    OwnProgram = 1,

    /// <summary>Commander of the incident.</summary>
    Commander = 2,

    /// <summary>Named on the incident.</summary>
    Named = 4,

    /// <summary>Raised the flag.</summary>
    OwnFlag = 8,

    /// <summary>Owns the task.</summary>
    OwnTask = 16,

    /// <summary>Of privacy, and named on the privileged part of the incident.</summary>
    NamedPrivileged = 32,
}
