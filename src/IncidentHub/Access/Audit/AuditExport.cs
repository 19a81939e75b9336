using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>The log as JSON lines, one row per line, the head last: docs/audit-format.md.</summary>
internal static class AuditExport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly byte[] NewLine = [(byte)'\n'];

    private sealed record Line(
        long Sequence, string At, Guid ActorId, string ActorName, ActorKind ActorKind, string Act, string Subject,
        string? Payload, string? Salt, string? PayloadDigest, string PreviousHash, string Hash);

    private sealed record HeadLine(AuditHead Head);

    /// <summary>Writes the whole log up to the head at the start of the export.</summary>
    public static async Task WriteAsync(ISql sql, Stream to, CancellationToken ct)
    {
        var head = await AuditReader.HeadAsync(sql) ?? AuditHead.Empty;
        for (long at = 0; at < head.Count;)
        {
            var rows = await AuditReader.ReadAsync(sql, at);
            if (rows.Count == 0) break;
            foreach (var row in rows.Where(r => r.Sequence <= head.Count)) await WriteLineAsync(to, ToLine(row), ct);
            at = rows[^1].Sequence;
        }
        await WriteLineAsync(to, new HeadLine(head), ct);
    }

    /// <summary>Verifies an export, without any database.</summary>
    public static AuditVerification Verify(IEnumerable<string> lines)
    {
        var verifier = new AuditVerifier();
        string? last = null;
        foreach (var line in lines)
        {
            if (last is not null && !Take(verifier, last)) return verifier.Finish(AuditHead.Empty);
            last = line;
        }
        if (last is null || Read<HeadLine>(last) is not { Head: not null } head)
        {
            verifier.AddUnreadable(null, "The last line is not the head: the file was cut short.");
            return verifier.Finish(AuditHead.Empty);
        }
        return verifier.Finish(head.Head);
    }

    private static bool Take(AuditVerifier verifier, string line)
    {
        var fault = "The line cannot be read.";
        if (Read<Line>(line) is { } l && ToRow(l).TryEntry(out var entry, out fault)) return verifier.Take(entry);
        verifier.AddUnreadable(null, fault);
        return false;
    }

    private static T? Read<T>(string line) where T : class
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

    private static object ToLine(AuditRow row) => row.TryEntry(out var e, out _)
        ? new Line(e.Sequence, DapperSetup.TimeText(e.At), e.ActorId, e.ActorName, e.ActorKind, e.Act, e.Subject, e.Payload, e.Salt,
            e.PayloadDigest, e.PreviousHash, e.Hash)
        // Exported unchanged, so that a verification of the file reports the same fault.
        : row;

    private static AuditRow ToRow(Line l) => new()
    {
        Sequence = l.Sequence,
        At = l.At,
        ActorId = l.ActorId,
        ActorName = l.ActorName,
        ActorKind = l.ActorKind.ToString(),
        Act = l.Act,
        Subject = l.Subject,
        Payload = l.Payload,
        Salt = l.Salt,
        PayloadDigest = l.PayloadDigest,
        PreviousHash = l.PreviousHash,
        Hash = l.Hash,
    };

    private static async Task WriteLineAsync(Stream to, object line, CancellationToken ct)
    {
        await JsonSerializer.SerializeAsync(to, line, Json, ct);
        // Not WriteByte: a full buffer would be written to the network synchronously.
        await to.WriteAsync(NewLine, ct);
    }
}
