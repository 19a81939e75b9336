using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Pauses;

/// <summary>
/// What collectors are told to do with what they collected while it was allowed and have not handed on. Neither destroys anything: what is
/// told to a machine cannot be taken back, and the hub does not see what would be lost.
/// </summary>
public enum BufferPolicy
{
    /// <summary>Keep it as it is, and hand nothing on, until it is decided.</summary>
    Hold,

    /// <summary>Keep it so that nobody can read it on the machine any more. It is not undone.</summary>
    Seal,
}

/// <summary>Which policy counts where several could.</summary>
public static class BufferPolicies
{
    /// <summary>The strictest of the pauses that stop a collector; of a program that has ended everything is sealed.</summary>
    /// <param name="stopping">The standing pauses that keep this collector from something.</param>
    public static BufferPolicy Of(ProgramLifecycle lifecycle, IEnumerable<PauseState> stopping) =>
        lifecycle == ProgramLifecycle.Terminated || stopping.Any(p => p.Buffers == BufferPolicy.Seal)
            ? BufferPolicy.Seal : BufferPolicy.Hold;

    /// <summary>As the stop notice says it.</summary>
    public static string Word(BufferPolicy policy) => policy switch
    {
        BufferPolicy.Hold => "hold",
        BufferPolicy.Seal => "seal",
    };
}
