using IncidentHub.Domain.Decisions;

namespace IncidentHub.Decisions;

/// <summary>A decision with what people call it.</summary>
/// <param name="Code">«D-12».</param>
/// <param name="ProgramCode">The paused program's.</param>
internal sealed record Decision(string Code, string ProgramCode, DecisionState State)
{
    public Guid Id => State.Id;

    /// <summary>The incidents behind it.</summary>
    public IReadOnlyList<Guid> Incidents => [.. State.Pauses.Select(p => p.IncidentId).OfType<Guid>().Distinct()];
}
