namespace IncidentHub.Domain.Audit;

/// <summary>The result of a verification.</summary>
/// <param name="Rows">Rows read, up to and with the faulty one.</param>
/// <param name="Redacted">Rows whose payload was removed, each recorded by a later row.</param>
public sealed record AuditVerification(long Rows, long Redacted, AuditFault? Fault)
{
    public bool IsOk => Fault is null;

    /// <summary>What the log was verified against; null where it has no head.</summary>
    public AuditHead? Head { get; init; }

    /// <summary>Rows whose contents an export withholds from its reader.</summary>
    public long Withheld { get; init; }

    /// <summary>Of those, the rows whose hash covers the subject itself: what is shown of them is not verified by the chain.</summary>
    public long WithheldUnverified { get; init; }

    /// <summary>Things in the audited tables that are as the log recorded them; 0 for an export.</summary>
    public long Compared { get; init; }

    /// <summary>Checkpoints read.</summary>
    public long Checkpoints { get; init; }

    /// <summary>The last row that a checkpoint with a trusted signature covers, with all before it; 0 where there is none.</summary>
    public long CoveredTo { get; init; }

    /// <summary>When the first row was written that no such checkpoint covers; null where all are covered.</summary>
    public DateTimeOffset? UncoveredSince { get; init; }

    /// <summary>Checkpoints that nobody verified, because no keys were given.</summary>
    public long UnverifiedCheckpoints { get; init; }

    /// <summary>Checkpoints of keys that were withdrawn since: they prove nothing.</summary>
    public long WithdrawnCheckpoints { get; init; }

    /// <summary>Kept checkpoints that were compared.</summary>
    public long KeptCompared { get; init; }

    /// <summary>Kept checkpoints of keys that were withdrawn since, or newer than the export.</summary>
    public long KeptIgnored { get; init; }
}
