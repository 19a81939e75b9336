using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A pause as exposed to other features.</summary>
/// <param name="GracePeriod">The grace period of the program when the pause became active; null before.</param>
/// <param name="FullyStoppedAt">When the last collector of its population was proven stopped; null until all are.</param>
/// <param name="PopulationAt">When its population was written, shortly after it became active; null before.</param>
/// <param name="LastChange">Who changed it last and how.</param>
internal sealed record PauseFacts(PauseState State, TimeSpan? GracePeriod, DateTimeOffset? FullyStoppedAt, DateTimeOffset? PopulationAt,
    ChangeNote LastChange)
{
    /// <summary>Active, but its population is not written yet: counts would be wrong.</summary>
    public bool IsPopulationPending => Status == PauseStatus.Active && PopulationAt is null;

    /// <summary>As of its counts, which were read later: the last proof may have been committed in between.</summary>
    public PauseFacts AsOf(StopCounts counts) => Status == PauseStatus.Active && !IsPopulationPending
        ? this with { FullyStoppedAt = counts.FullStop(State.Activated!.At) } : this;

    public Guid Id => State.Id;
    public Guid ProgramId => State.ProgramId;
    public Guid? IncidentId => State.Cause?.IncidentId;
    public PauseStatus Status => State.Status;
    public bool IsDrill => State.IsDrill;
}

/// <summary>A pause with its program, as loaded for a change.</summary>
internal sealed record PauseRecord(PauseFacts Pause, ProgramFacts Program) : ILoaded<PauseState>
{
    public Guid Id => Pause.Id;

    public PauseState State => Pause.State;

    public string Label => $"The pause of {Program.Code}";

    public int Version => State.Version;

    public ChangeNote LastChange => Pause.LastChange;

    public Relation Relation(Actor actor) => Program.Relation(actor);
}

/// <summary>Announced immediately after the commit: a pause whose population is still to be written.</summary>
internal sealed record PauseBegan(Guid PauseId);
