using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Pauses;

/// <summary>
/// The instruction for data that was collected while allowed and not uploaded. Neither value destroys data: an instruction to a device
/// cannot be revoked, and the hub does not see what would be lost.
/// </summary>
public enum BufferPolicy
{
    /// <summary>Keep it unchanged and upload nothing until a decision.</summary>
    Hold,

    /// <summary>Keep it unreadable on the device. Cannot be undone.</summary>
    Seal,
}

/// <summary>Which policy applies where there are several.</summary>
public static class BufferPolicies
{
    /// <summary>The strictest of the pauses that stop a collector; a terminated program seals.</summary>
    /// <param name="stopping">The active pauses that affect this collector.</param>
    public static BufferPolicy Of(ProgramLifecycle lifecycle, IEnumerable<PauseState> stopping) =>
        lifecycle == ProgramLifecycle.Terminated || stopping.Any(p => p.Buffers == BufferPolicy.Seal)
            ? BufferPolicy.Seal : BufferPolicy.Hold;

    /// <summary>The value in the stop notice.</summary>
    public static string Word(BufferPolicy policy) => policy switch
    {
        BufferPolicy.Hold => "hold",
        BufferPolicy.Seal => "seal",
    };
}
