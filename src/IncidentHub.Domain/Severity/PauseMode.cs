namespace IncidentHub.Domain.Severity;

/// <summary>What the SEV policy does to a program that is a source of an incident.</summary>
public enum PauseMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The page says that a pause is recommended; a person places it.</summary>
    Recommended,

    /// <summary>A pause is proposed; it becomes active at its deadline unless the owner declines with a reason.</summary>
    Proposed,

    /// <summary>A pause is active at once.</summary>
    AtOnce,
}

/// <summary>The capacity in which a decision is approved; the SEV policy names the required ones.</summary>
public enum ApprovalRole { Owner, Privacy, Executive }
