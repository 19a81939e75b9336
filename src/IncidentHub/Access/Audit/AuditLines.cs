using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>The lines of an export: docs/audit-format.md.</summary>
internal static class AuditLines
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>A row. In version 1 the fields of the subject's digest are absent.</summary>
    internal sealed record Line(
        long Sequence, string At, Guid ActorId, string ActorName, ActorKind ActorKind, string Act, string? Subject,
        string? Payload, string? Salt, string? PayloadDigest, string PreviousHash, string Hash)
    {
        public int HashVersion { get; init; } = 1;

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? About { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? SubjectSalt { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? SubjectDigest { get; init; }

        /// <summary>In place of subject and payload, where they are withheld.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Pseudonym { get; init; }
    }

    /// <param name="Checkpoint">A compact JWS; the line follows the last row that it covers.</param>
    internal sealed record CheckpointLine(string Checkpoint);

    /// <param name="Section">A compact JWS over the digests of the withheld rows since the one before.</param>
    internal sealed record SectionLine(string Section);

    /// <summary>The last line.</summary>
    internal sealed record HeadLine(AuditHead Head)
    {
        /// <summary>A compact JWS over the digest of all lines before, and this head.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Signature { get; init; }
    }

    public static Line Of(AuditEntry e, string? pseudonym) => new(e.Sequence, DapperSetup.TimeText(e.At), e.ActorId, e.ActorName,
        e.ActorKind,
        e.Act, e.Subject, e.Payload, e.Salt, e.PayloadDigest, e.PreviousHash, e.Hash)
    {
        HashVersion = e.HashVersion,
        About = e.About,
        SubjectSalt = e.SubjectSalt,
        SubjectDigest = e.SubjectDigest,
        Pseudonym = pseudonym,
    };

    /// <summary>Null with the fault where a field cannot be read.</summary>
    public static AuditEntry? Entry(Line l, out string fault)
    {
        var row = new AuditRow
        {
            Sequence = l.Sequence,
            At = l.At,
            ActorId = l.ActorId,
            ActorName = l.ActorName,
            ActorKind = l.ActorKind.ToString(),
            Act = l.Act,
            Subject = l.Subject ?? "",
            About = l.About,
            SubjectSalt = l.SubjectSalt,
            SubjectDigest = l.SubjectDigest,
            Payload = l.Payload,
            Salt = l.Salt,
            PayloadDigest = l.PayloadDigest,
            PreviousHash = l.PreviousHash,
            Hash = l.Hash,
            HashVersion = l.HashVersion,
        };
        return row.TryEntry(out var entry, out fault) ? entry with { Subject = l.Subject, IsWithheld = l.Pseudonym is not null } : null;
    }

    public static T? Read<T>(string line) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
