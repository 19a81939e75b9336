using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// The journal entries of a transaction: collected while it runs and written last, in a fixed order: timelines in one statement, then the
/// audit log in one statement, whose head is a single row for the whole hub and blocks every other writer.
/// </summary>
internal sealed class JournalWriter
{
    private static readonly JsonSerializerOptions TimelineJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions AuditJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<TimelineRow> _timeline = [];
    private readonly List<AuditAct> _acts = [];

    public void Add(UnitOfWork tx, Actor actor, JournalEntry entry)
    {
        var by = entry.By ?? actor;
        // The audit record contains the digest of each timeline entry: a text that is changed later is detected.
        JsonArray? written = null;
        foreach (var line in entry.Timeline)
        {
            var row = Row(tx, line.By ?? by, line);
            _timeline.Add(row);
            (written ??= []).Add(new JsonObject { ["id"] = row.Id.ToString("D"), ["digest"] = row.Digest() });
        }
        _acts.Add(new AuditAct(by, entry.Action, entry.Subject, Payload(entry.Detail, written)));
    }

    public async Task WriteAsync(UnitOfWork tx)
    {
        if (_timeline.Count > 0) await tx.ExecuteAsync("Timeline_Insert", new { Rows = JsonSerializer.Serialize(_timeline) });
        _timeline.Clear();
        await AuditWriter.WriteAsync(tx, _acts);
        _acts.Clear();
    }

    private static TimelineRow Row(UnitOfWork tx, Actor actor, TimelineEntry line)
    {
        var recordedAt = tx.NextRecordedAt();
        return new()
        {
            Id = line.Id == Guid.Empty ? OrderedId.Next(tx.Now) : line.Id,
            IncidentId = line.IncidentId,
            ProgramId = line.ProgramId,
            Kind = line.Kind,
            HappenedAt = DapperSetup.TimeText(line.HappenedAt is not { } at || at == tx.Now ? recordedAt : at),
            RecordedAt = DapperSetup.TimeText(recordedAt),
            ActorId = actor.Id,
            ActorName = actor.Name,
            Title = line.Title,
            Body = line.Body,
            Data = line.Data is null ? null : JsonSerializer.Serialize(line.Data, TimelineJson),
            IsPinned = line.Pinned ? 1 : 0,
            About = line.About.Count == 0 ? null : string.Join(' ', line.About.Select(id => id.ToString("D"))),
        };
    }

    private static string? Payload(object? detail, JsonArray? written)
    {
        if (written is null) return detail is null ? null : JsonSerializer.Serialize(detail, AuditJson);
        var node = detail is null ? null : JsonSerializer.SerializeToNode(detail, detail.GetType(), AuditJson);
        var payload = node as JsonObject ?? (node is null ? [] : new JsonObject { ["detail"] = node });
        payload["timeline"] = written;
        return payload.ToJsonString(AuditJson);
    }
}

/// <summary>An act for the audit log.</summary>
/// <param name="Payload">As JSON, serialised when the act happened.</param>
internal sealed record AuditAct(Actor Actor, string Act, string Subject, string? Payload);
