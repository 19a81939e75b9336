namespace IncidentHub.Domain.Pauses;

/// <summary>That a legal hold covers a program, as far as it may be said to whoever asks.</summary>
/// <param name="Incidents">The incidents under hold that they may see; none where they may see none of them.</param>
public sealed record HoldNotice(IReadOnlyList<string> Incidents)
{
    /// <summary>
    /// What whoever wants to destroy something is told. Somebody who may not see the incident hears that something must be kept, and
    /// nothing else.
    /// </summary>
    /// <param name="done">What did not happen, as a sentence.</param>
    public Refusal Refuse(string done) => Refusal.NotAllowed("legal_hold", $"{Words} {done} Privacy and counsel place and release holds.");

    public string Words => Incidents.Count switch
    {
        0 => "Data of this program is under legal hold.",
        1 => $"Data of this program is under legal hold, for {Incidents[0]}.",
        _ => $"Data of this program is under legal hold, for {string.Join(", ", Incidents.SkipLast(1))} and {Incidents[^1]}.",
    };
}
