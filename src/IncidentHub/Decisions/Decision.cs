using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>A decision with its code and the code of its program.</summary>
/// <param name="Code">«D-12».</param>
/// <param name="ProgramCode">The code of the paused program.</param>
internal sealed record Decision(string Code, string ProgramCode, DecisionState State)
{
    public Guid Id => State.Id;

    /// <summary>The digest as it was recorded; null while nothing is recommended.</summary>
    public string? RecordedDigest { get; init; }

    /// <summary>The last entry of its log, as loaded.</summary>
    public ChangeNote? LastChange { get; init; }

    /// <summary>The incidents that its pauses belong to.</summary>
    public IReadOnlyList<Guid> Incidents => [.. State.Pauses.Select(p => p.IncidentId).OfType<Guid>().Distinct()];
}
