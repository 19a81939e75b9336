namespace IncidentHub.Domain.Pauses;

/// <summary>A legal hold that covers a program, as far as the reader may see it.</summary>
/// <param name="Incidents">The incidents under hold that the reader may see; may be empty.</param>
public sealed record HoldNotice(IReadOnlyList<string> Incidents)
{
    /// <summary>The refusal to destroy data. Without access to the incident it says only that the data must be kept.</summary>
    /// <param name="done">A sentence that says what was not done.</param>
    public Refusal Refuse(string done) => Refusal.NotAllowed("legal_hold", $"{Words} {done} Privacy and counsel place and release holds.");

    public string Words => Incidents.Count switch
    {
        0 => "Data of this program is under legal hold.",
        1 => $"Data of this program is under legal hold, for {Incidents[0]}.",
        _ => $"Data of this program is under legal hold, for {string.Join(", ", Incidents.SkipLast(1))} and {Incidents[^1]}.",
    };
}
