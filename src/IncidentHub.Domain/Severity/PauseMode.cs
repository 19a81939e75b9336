namespace IncidentHub.Domain.Severity;

/// <summary>What the SEV policy does to a program that is a source of an incident.</summary>
public enum PauseMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The page says that a pause is recommended; a person places it.</summary>
    Recommended,

    /// <summary>A pause is proposed; it comes in force at its deadline unless the owner declines with a reason.</summary>
    Proposed,

    /// <summary>A pause is in force at once.</summary>
    AtOnce,
}

/// <summary>In which capacity a decision is approved; the SEV policy names the capacities that are needed.</summary>
public enum ApprovalRole { Owner, Privacy, Executive }
