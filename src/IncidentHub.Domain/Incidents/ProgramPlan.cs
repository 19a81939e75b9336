using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Pauses;

/// <summary>What the SEV policy asks of one program.</summary>
public enum PolicyAnswer
{
    /// <summary>Nothing to do: the policy asks for none, or what stands or was decided answers it.</summary>
    Nothing,

    /// <summary>A pause is to be proposed.</summary>
    Propose,

    /// <summary>A pause is to be placed at once.</summary>
    Place,

    /// <summary>The proposed pause is to come in force.</summary>
    BringInForce,

    /// <summary>The standing pause is to count for the new cycle.</summary>
    Reassert,

    /// <summary>The proposal is withdrawn: the incident no longer involves the program.</summary>
    Withdraw,
}

/// <summary>Turns an incident's SEV and its tie to a program into what is to be done. Runs after every change of SEV, links or cycle, so it must settle: asked twice, it answers <see cref="PolicyAnswer.Nothing"/>.</summary>
public static class PolicyPauses
{
    /// <summary>How long a proposal stands where the policy gives no time of its own (a suspected source of a SEV that pauses at once).</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(60);

    /// <summary>What is to be done, given this incident's pauses on this program, oldest first.</summary>
    /// <param name="involvement">Null where the incident no longer involves the program.</param>
    public static PolicyAnswer For(PauseMode mode, Involvement? involvement, PauseCause cause, IReadOnlyCollection<PauseState> pauses)
    {
        var asked = Asked(mode, involvement);
        var standing = pauses.LastOrDefault(p => p.IsOpen && !p.IsDrill && p.Scope.IsWhole);
        if (standing is null) return Answered(asked, cause, pauses) ? PolicyAnswer.Nothing : asked;

        if (standing.Status == PauseStatus.Proposed)
        {
            if (asked == PolicyAnswer.Place) return PolicyAnswer.BringInForce;
            // Only what the policy proposed is the policy's to withdraw; a lower SEV alone leaves it to the owner.
            if (involvement is null or Involvement.Downstream && standing.Origin == PauseOrigin.Policy) return PolicyAnswer.Withdraw;
        }
        return cause.Cycle > standing.Cause!.Cycle ? PolicyAnswer.Reassert : PolicyAnswer.Nothing;
    }

    private static PolicyAnswer Asked(PauseMode mode, Involvement? involvement) => (mode, involvement) switch
    {
        (PauseMode.AtOnce, Involvement.Source) => PolicyAnswer.Place,
        (PauseMode.AtOnce, Involvement.Suspected) => PolicyAnswer.Propose,
        (PauseMode.Proposed, Involvement.Source or Involvement.Suspected) => PolicyAnswer.Propose,
        _ => PolicyAnswer.Nothing,
    };

    // What people answered in this cycle stands until the incident gets worse or is reopened: else any change of a link would undo it.
    // An owner's decline answers a proposal only; a withdrawal (by the hub) answers nothing.
    private static bool Answered(PolicyAnswer asked, PauseCause cause, IReadOnlyCollection<PauseState> pauses) =>
        pauses.LastOrDefault(p => !p.IsDrill && p.Scope.IsWhole && !p.IsOpen && !IsWithdrawn(p)) is { Cause: { } was } last
        && was.Cycle == cause.Cycle && was.Sev <= cause.Sev
        && (last.Status == PauseStatus.Lifted || asked == PolicyAnswer.Propose);

    private static bool IsWithdrawn(PauseState p) => p is { Status: PauseStatus.Declined, Ended.Id: var by } && by == Guid.Empty;
}
