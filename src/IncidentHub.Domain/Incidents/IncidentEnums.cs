namespace IncidentHub.Domain.Incidents;

/// <summary>Where an incident stands. It moves forward one step at a time; only a reopening goes back.</summary>
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

/// <summary>How a program is tied to an incident.</summary>
public enum Involvement
{
    /// <summary>The data came from it: the policy's pause applies.</summary>
    Source,

    /// <summary>It may have: the policy's pause is proposed.</summary>
    Suspected,

    /// <summary>It uses what was exposed: no pause.</summary>
    Downstream,
}

/// <summary>Whether anybody improper was seen to have read the exposed data.</summary>
public enum EvidenceOfAccess
{
    NotStarted,
    UnderReview,

    /// <summary>Exists only through a signed-off access review; nobody can type it in.</summary>
    NoneFound,
    Found,
    CannotBeDetermined,
}

/// <summary>Yes, no, or not known: what is not known is never shown as no.</summary>
public enum Known { Unknown, Yes, No }

/// <summary>Who runs an incident, and who was told of a restricted one.</summary>
public enum IncidentRole
{
    Commander,
    Communications,
    Scribe,

    /// <summary>No duty; may see the incident although it is restricted.</summary>
    Named,
}
