using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Pauses;

/// <summary>
/// What the epochs that collectors report say about the hub: one that has seen a higher epoch than the hub has was told it by this hub,
/// which has lost it since. Its database was put back to an older state, whether it was marked as a backup or not.
/// </summary>
public static class EpochTrust
{
    /// <summary>No program has so many epochs: a collector that claims more stays stopped, and nobody else does.</summary>
    public const long MostAhead = 1_000_000;

    /// <summary>Whether a collector that has seen this epoch does not trust a hub with that one.</summary>
    public static bool IsAhead(long seen, long epoch) => seen > epoch && seen - epoch <= MostAhead;

    /// <summary>The epoch after a person's confirmation: above every one that a collector has seen.</summary>
    /// <param name="highestSeen">Of those that are ahead; null where there is none.</param>
    public static long Confirmed(long epoch, long? highestSeen) => Math.Max(epoch, highestSeen ?? 0) + 1;

    /// <summary>
    /// Who is told that collectors do not trust the hub: whoever may confirm what the program may collect, and administrators, who find out
    /// what was put back.
    /// </summary>
    public static bool Concerns(Actor actor, Relation relation) =>
        AccessTable.Allows(actor, Act.ConfirmSwitch, relation) || actor.Has(Roles.Administrator);
}
