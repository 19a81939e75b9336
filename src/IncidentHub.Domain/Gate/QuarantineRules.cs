using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Gate;

/// <summary>The disposition of a quarantined batch.</summary>
public enum Disposition
{
    /// <summary>Ingestion stores it.</summary>
    Admit,

    /// <summary>Ingestion keeps it sealed and stores it nowhere else.</summary>
    Seal,

    /// <summary>Ingestion destroys it.</summary>
    Purge,
}

/// <summary>A batch that the gate did not admit.</summary>
/// <param name="Disposed">The last disposition; null while undecided.</param>
public sealed record QuarantinedBatchState(Guid Id, BatchClass Class, Disposition? Disposed);

/// <summary>Who may decide on quarantined batches.</summary>
public static class QuarantineRules
{
    public const int MaxReason = 2_000;

    /// <summary>Null where the actor may make this disposition.</summary>
    /// <param name="hold">The legal hold that covers its program; null where none does.</param>
    public static Refusal? Refuse(QuarantinedBatchState batch, Disposition disposition, Actor actor, HoldNotice? hold)
    {
        if (batch.Disposed is Disposition.Admit or Disposition.Purge)
            return Refusal.NotAllowed("already_disposed", $"This batch was {Word(batch.Disposed.Value)}. That is final.");
        if (batch.Disposed == Disposition.Seal && disposition == Disposition.Seal)
            return Refusal.NotAllowed("already_disposed", "This batch is sealed already.");
        if (disposition == Disposition.Purge && hold is not null) return hold.Refuse("Nothing was purged. Seal the data instead.");
        if (disposition != Disposition.Admit || batch.Class == BatchClass.A) return null;
        if (batch.Class == BatchClass.C)
            return Refusal.NotAllowed(
                "never_admitted",
                "This data is a violation: it was collected after a proven stop. Seal or purge it; it cannot be admitted.");
        return actor.Has(Roles.Privacy) ? null : Refusal.Forbidden(
            "This data may have been collected while the program was paused. Only privacy can admit it. The owner can seal or purge it.");
    }

    public static string Word(Disposition disposition) => disposition switch
    {
        Disposition.Admit => "admitted",
        Disposition.Seal => "sealed",
        Disposition.Purge => "purged",
    };
}
