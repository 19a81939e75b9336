namespace IncidentHub.Domain.Incidents;

/// <summary>Status of an incident. It moves forward one step at a time; only a reopening goes back.</summary>
public enum IncidentStatus { Investigating, Contained, Resolved, Closed, Merged }

public static class IncidentStatuses
{
    /// <summary>Whether there is still something to do: neither closed nor continued in another incident.</summary>
    public static bool IsOpen(this IncidentStatus status) =>
        status is IncidentStatus.Investigating or IncidentStatus.Contained or IncidentStatus.Resolved;

    /// <summary>Whether a reopening begins a new cycle.</summary>
    public static bool CanReopen(this IncidentStatus status) =>
        status is IncidentStatus.Contained or IncidentStatus.Resolved or IncidentStatus.Closed;
}

/// <summary>Who may see an incident: every reader, or only privacy, counsel, its commander and the people named on it.</summary>
public enum Confidentiality { Open, Restricted }

/// <summary>How a program is involved in an incident.</summary>
public enum Involvement
{
    /// <summary>The data came from it: the policy's pause applies.</summary>
    Source,

    /// <summary>The data may have come from it: the policy's pause is proposed.</summary>
    Suspected,

    /// <summary>It uses the exposed data: no pause.</summary>
    Downstream,
}

/// <summary>What is known about improper access to the exposed data.</summary>
public enum EvidenceOfAccess
{
    NotStarted,
    UnderReview,

    /// <summary>Set only by a signed-off access review.</summary>
    NoneFound,
    Found,
    CannotBeDetermined,
}

/// <summary>Yes, no or unknown; unknown is never shown as no.</summary>
public enum Known { Unknown, Yes, No }

/// <summary>The roles on an incident.</summary>
public enum IncidentRole
{
    Commander,
    Communications,
    Scribe,

    /// <summary>May see the incident although it is restricted; no duty.</summary>
    Named,
}
