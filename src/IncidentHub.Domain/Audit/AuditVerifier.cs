using System.Text;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// Verifies rows and checkpoints one by one, in order, a checkpoint after the last row that it covers, and stops at the first
/// inconsistency. Keeps in memory the rows without payload that no later row has recorded yet, and the digests of the checkpoints.
/// </summary>
/// <param name="keys">Null: signatures are not verified, and the result says so.</param>
/// <param name="kept">Checkpoints that were kept outside of the log, to compare with it.</param>
/// <param name="start">Where the rows begin after a verified checkpoint; null: at the first row.</param>
public sealed class AuditVerifier(AuditKeys? keys = null, IEnumerable<AuditCheckpoint>? kept = null, AuditCheckpoint? start = null)
{
    private readonly CheckpointVerifier _checkpoints = new(keys, kept, start);
    private readonly RemovalVerifier _removals = new(keys, start);
    private AuditHead _at = start is null ? AuditHead.Empty : new(start.Sequence, start.Hash);
    private int _version = 1;
    private long _withheld, _withheldUnverified;
    private AuditFault? _fault;
    private DateTimeOffset? _uncoveredSince;

    /// <summary>The last row taken, or where the verification started.</summary>
    public long At => _at.Count;

    /// <summary>Verifies the next row. False once an inconsistency was found: further rows need not be read.</summary>
    public bool Take(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_fault is not null) return false;
        var row = _at.Count + 1;
        if (Fault(entry) is { } message)
        {
            _fault = new AuditFault(row, entry.Sequence, message);
            return false;
        }
        _version = entry.HashVersion;
        if (entry.IsWithheld)
        {
            _withheld++;
            if (entry.HashVersion == 1) _withheldUnverified++;
        }
        _uncoveredSince ??= entry.At;
        _at = new AuditHead(row, entry.Hash);
        _fault = _removals.Take(entry) ?? _checkpoints.CompareKept(_at);
        return _fault is null;
    }

    /// <summary>Verifies the next checkpoint.</summary>
    public bool Take(AuditCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (_fault is not null) return false;
        var covered = _checkpoints.CoveredTo;
        _fault = _checkpoints.Take(checkpoint, _at);
        if (_checkpoints.CoveredTo > covered) _uncoveredSince = null;
        return _fault is null;
    }

    /// <summary>The next row or checkpoint cannot be read.</summary>
    public void AddUnreadable(long? sequence, string what) => _fault ??= new AuditFault(_at.Count + 1, sequence, what);

    public bool HasFault => _fault is not null;

    /// <summary>A fault that was found beside the chain.</summary>
    public void Add(AuditFault fault) => _fault ??= fault;

    /// <summary>The result after the last row.</summary>
    /// <param name="exportedAt">Where an export is verified: newer kept checkpoints are not compared.</param>
    public AuditVerification Finish(AuditHead head, DateTimeOffset? exportedAt = null)
    {
        ArgumentNullException.ThrowIfNull(head);
        var fault = _fault ?? AtEnd(head) ?? _removals.AtEnd(_checkpoints.CoveredTo) ?? _checkpoints.AtEnd(head, exportedAt);
        return new AuditVerification(_at.Count, _removals.Removed, fault)
        {
            Head = head,
            Withheld = _withheld,
            WithheldUnverified = _withheldUnverified,
            Checkpoints = _checkpoints.Count,
            CoveredTo = _checkpoints.CoveredTo,
            UncoveredSince = _uncoveredSince,
            UnverifiedCheckpoints = _checkpoints.Unverified,
            WithdrawnCheckpoints = _checkpoints.Withdrawn,
            KeptCompared = _checkpoints.KeptCompared,
            KeptIgnored = _checkpoints.KeptIgnored,
        };
    }

    private AuditFault? AtEnd(AuditHead head)
    {
        if (_at.Count < head.Count)
            return new AuditFault(_at.Count + 1, null, $"The head counts {head.Count} rows; the log ends after {_at.Count}.");
        if (_at.Count > head.Count)
            return new AuditFault(head.Count + 1, head.Count + 1, $"The head counts {head.Count} rows; the log has {_at.Count}.");
        if (_at.LastHash != head.LastHash)
            return new AuditFault(_at.Count, _at.Count == 0 ? null : _at.Count, "The head's hash is not the last row's.");
        return null;
    }

    private string? Fault(AuditEntry entry)
    {
        if (entry.Sequence != _at.Count + 1)
            return $"The sequence should be {_at.Count + 1} and is {entry.Sequence}: rows are missing, added or out of order.";
        if (entry.HashVersion is < 1 or > AuditChain.HashVersion) return "The version of the hash is not known.";
        if (entry.HashVersion < _version) return "The version of the hash is older than that of the row before.";
        if (entry.PreviousHash != _at.LastHash) return "The hash of the previous row does not match the one recorded here.";
        if (entry.At.Offset != TimeSpan.Zero) return "The time is not in UTC.";
        try
        {
            return SubjectFault(entry) ?? (HashFits(entry) ? PayloadFault(entry) : "The row was changed: its hash does not match.");
        }
        catch (EncoderFallbackException)
        {
            return "A text of the row is not valid Unicode.";
        }
    }

    // In version 1 the hash covers the subject itself: where it is withheld, the row is verified by the row after it only.
    private static bool HashFits(AuditEntry entry) => entry is { HashVersion: 1, IsWithheld: true }
        || entry.Hash == AuditHash.OfEntry(entry);

    private static string? SubjectFault(AuditEntry entry) => entry switch
    {
        { IsWithheld: true } => entry is { Subject: null, SubjectSalt: null, About: null, Payload: null, Salt: null }
            ? entry.HashVersion > 1 || entry.SubjectDigest is null ? null : "A digest of the subject was added."
            : "The row is withheld, and yet its contents are there.",
        { Subject: null } => "The subject is missing.",
        { HashVersion: 1 } => entry is { SubjectSalt: null, SubjectDigest: null } ? null : "A digest of the subject was added.",
        { Subject: { } subject, SubjectSalt: { } salt } when AuditHash.IsHex(salt, AuditChain.SaltBytes)
            && AuditHash.OfSubject(salt, subject, entry.About) == entry.SubjectDigest => null,
        _ => "The subject was changed: its digest does not match.",
    };

    private static string? PayloadFault(AuditEntry entry) => entry switch
    {
        { IsWithheld: true } => null,
        { PayloadDigest: null, Payload: null, Salt: null } => null,
        { PayloadDigest: null } => "A payload was added: the row was written without one.",
        { Payload: null, Salt: null } => null, // removed; a later row must record it
        { Payload: null } or { Salt: null } => "Only one of payload and salt is present.",
        { Payload: { } payload, Salt: { } salt } when AuditHash.IsHex(salt, AuditChain.SaltBytes)
            && AuditHash.OfPayload(salt, payload) == entry.PayloadDigest => null,
        _ => "The payload was changed: its digest does not match.",
    };
}
