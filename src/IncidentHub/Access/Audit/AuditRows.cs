using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>
/// A row as stored. Times and ids keep the raw value of the engine: they may have been changed to an invalid value, which must be reported
/// instead of thrown.
/// </summary>
internal sealed record AuditRow
{
    public required long Sequence { get; init; }
    public required object At { get; init; }
    public required object ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string ActorKind { get; init; }
    public required string Act { get; init; }
    public required string Subject { get; init; }
    public required string? About { get; init; }
    public required string? SubjectSalt { get; init; }
    public required string? SubjectDigest { get; init; }
    public required string? Payload { get; init; }
    public required string? Salt { get; init; }
    public required string? PayloadDigest { get; init; }
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }
    public required int HashVersion { get; init; }

    /// <summary>
    /// The entry; or false with the field that cannot be parsed. A different spelling of the same value counts as unreadable, because no
    /// hash would detect it.
    /// </summary>
    public bool TryEntry([NotNullWhen(true)] out AuditEntry? entry, out string fault)
    {
        entry = null;
        fault = "";
        if (!TryTime(At, out var at)) fault = "The time cannot be read.";
        else if (!TryId(ActorId, out var actorId)) fault = "The actor's id cannot be read.";
        else if (!Enum.TryParse<ActorKind>(ActorKind, out var kind) || kind.ToString() != ActorKind)
            fault = "The actor's kind cannot be read.";
        else
        {
            entry = new(Sequence, at, actorId, ActorName, kind, Act, Subject, Payload, Salt, PayloadDigest, PreviousHash, Hash)
            {
                HashVersion = HashVersion,
                About = About,
                SubjectSalt = SubjectSalt,
                SubjectDigest = SubjectDigest,
            };
        }
        return entry is not null;
    }

    internal static bool TryTime(object value, out DateTimeOffset time)
    {
        if (value is DateTimeOffset t)
        {
            time = t;
            return true;
        }
        return DateTimeOffset.TryParse(value as string, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            && DapperSetup.TimeText(time) == (string)value;
    }

    private static bool TryId(object value, out Guid id)
    {
        if (value is Guid guid)
        {
            id = guid;
            return true;
        }
        return Guid.TryParse(value as string, out id) && id.ToString("D") == (string)value;
    }
}

internal sealed record AuditHeadRow
{
    public required long EntryCount { get; init; }
    public required string LastHash { get; init; }
    public required long CheckpointCount { get; init; }
}
