namespace IncidentHub.Domain.Access;

/// <summary>Who acts: a signed-in person, a machine key, or the system itself. Passed to every handler.</summary>
/// <param name="Id">The person's or the key's id; <see cref="Guid.Empty"/> for the system.</param>
/// <param name="Name">As the timeline and the audit log show it; with the name of the key where a person acts through one.</param>
/// <param name="ThroughKey">A person's key acts, not the person at a screen.</param>
public sealed record Actor(Guid Id, string Name, Roles Roles, ActorKind Kind = ActorKind.Person, bool ThroughKey = false)
{
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
