using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Pauses;

/// <summary>A pause as other features see it.</summary>
/// <param name="Grace">G of the program when the pause came in force; null before.</param>
/// <param name="FullyStoppedAt">When the last collector of its population had provably stopped; null until all have.</param>
/// <param name="PopulationAt">When its population was written, a moment after it came in force; null before.</param>
internal sealed record PauseFacts(PauseState State, TimeSpan? Grace, DateTimeOffset? FullyStoppedAt, DateTimeOffset? PopulationAt)
{
    /// <summary>In force, and nobody is written down yet whom it stops: what is counted of it would be wrong.</summary>
    public bool IsUncounted => Status == PauseStatus.InForce && PopulationAt is null;

    public Guid Id => State.Id;
    public Guid ProgramId => State.ProgramId;
    public Guid? IncidentId => State.Cause?.IncidentId;
    public PauseStatus Status => State.Status;
    public bool IsDrill => State.IsDrill;
}

/// <summary>Announced the moment it is committed: a pause whose population is still to be written.</summary>
internal sealed record PauseBegan(Guid PauseId);
