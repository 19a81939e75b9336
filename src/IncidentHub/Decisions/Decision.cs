using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>A decision with what people call it.</summary>
/// <param name="Code">«D-12».</param>
/// <param name="ProgramCode">The paused program's.</param>
internal sealed record Decision(string Code, string ProgramCode, DecisionState State)
{
    public Guid Id => State.Id;

    /// <summary>The last line of its log, as it was loaded.</summary>
    public ChangeNote? LastChange { get; init; }

    /// <summary>The incidents behind it.</summary>
    public IReadOnlyList<Guid> Incidents => [.. State.Pauses.Select(p => p.IncidentId).OfType<Guid>().Distinct()];
}
