using System.Globalization;
using IncidentHub.Domain.Pauses;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Switch.Pauses.Parts;

/// <summary>Display texts of the collection status.</summary>
internal static class SwitchStateText
{
    /// <summary>The appearance of <see cref="StateChip"/> for a derived state, and its details: «proven stopped», «2 pending».</summary>
    public static (string Face, string? Detail) Of(ProgramSwitchState state)
    {
        if (state.Stop is { Violating: > 0 } stop) return ("Violating", stop.Violating.ToString("N0", CultureInfo.InvariantCulture));
        if (state.Status == CollectionStatus.NotLive) return ("Draft", null);
        if (state.Status == CollectionStatus.Resuming) return ("Resuming", $"{state.Open.Max(p => p.State.ReleasedShare)} %");
        var face = state.Status.ToString();
        var stops = state.Status is CollectionStatus.Paused or CollectionStatus.PartlyPaused or CollectionStatus.Drill;
        if (!stops || state.Stop is not { Population: > 0 } counts) return (face, null);
        if (state.Shown?.FullyStoppedAt is not null) return (face, "proven stopped");
        return (face, $"{counts.Pending.ToString("N0", CultureInfo.InvariantCulture)} pending");
    }
}
