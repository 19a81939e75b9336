using System.Text.Json;
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
        var written = new List<WrittenEntry>(entry.Timeline.Count);
        foreach (var line in entry.Timeline)
        {
            var row = Row(tx, line.By ?? by, line);
            _timeline.Add(row);
            written.Add(new(row.Id, row.Digest()));
        }
        _acts.Add(new AuditAct(by, entry.Action, entry.Subject, About(entry), Payload(entry.Detail, written)));
    }

    public async Task WriteAsync(UnitOfWork tx)
    {
        if (_timeline.Count > 0) await tx.ExecuteAsync("Timeline_Insert", new { Rows = JsonSerializer.Serialize(_timeline) });
        _timeline.Clear();
        await AuditWriter.WriteAsync(tx, _acts);
        _acts.Clear();
    }

    private static string? About(JournalEntry entry)
    {
        var about = entry.About.Concat(entry.Timeline.SelectMany(l => l.IncidentId is { } id ? l.About.Append(id) : l.About))
            .Select(id => id.ToString("D")).Distinct().Order(StringComparer.Ordinal).ToList();
        return about.Count == 0 ? null : string.Join(' ', about);
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
            PublicTitle = line.PublicTitle,
            Body = line.Body,
            Data = line.Data is null ? null : JsonSerializer.Serialize(line.Data, TimelineJson),
            IsPinned = line.Pinned ? 1 : 0,
            About = line.About.Count == 0 ? null : string.Join(' ', line.About.Select(id => id.ToString("D"))),
        };
    }

    // The digests follow the facts as one more property: text after text, because a tree of nodes costs more than all else here.
    private static string? Payload(object? detail, List<WrittenEntry> written)
    {
        var facts = detail is null ? null : JsonSerializer.Serialize(detail, detail.GetType(), AuditJson);
        if (written.Count == 0) return facts;
        if (facts is not null && facts[0] != '{') facts = $$"""{"detail":{{facts}}}""";
        var digests = JsonSerializer.Serialize(written, AuditJson);
        return facts is null or "{}" ? $$"""{"timeline":{{digests}}}""" : $$"""{{facts[..^1]}},"timeline":{{digests}}}""";
    }

    private readonly record struct WrittenEntry(Guid Id, string Digest);
}

/// <summary>An act for the audit log.</summary>
/// <param name="About">The ids of what it is about, in order, separated by spaces; null for none.</param>
/// <param name="Payload">As JSON, serialised when the act happened.</param>
internal sealed record AuditAct(Actor Actor, string Act, string Subject, string? About, string? Payload);
