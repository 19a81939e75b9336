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

    // Written since the last act was recorded; what was written before belongs to that act already.
    private readonly List<RowsRef> _rows = [];
    private readonly HashSet<RowsRef> _allRows = [];

    /// <summary>Rows of an audited table were written: the next act has their digest.</summary>
    public void Wrote(string table, string key)
    {
        if (_allRows.Add(new(table, key))) _rows.Add(new(table, key));
    }

    public void Add(UnitOfWork tx, Actor actor, JournalEntry entry)
    {
        var by = entry.By ?? actor;
        foreach (var line in entry.Timeline)
        {
            var row = Row(tx, line.By ?? by, line);
            _timeline.Add(row);
            Wrote("TimelineEntry", row.Id.ToString("D"));
        }
        _acts.Add(new AuditAct(by, entry.Action, entry.Subject, About(entry), Facts(entry.Detail), [.. _rows]));
        _rows.Clear();
    }

    /// <summary>What the acts so far tell of.</summary>
    public IReadOnlyCollection<Guid> Subjects =>
        _acts.SelectMany(a => a.About?.Split(' ') ?? []).Select(Guid.Parse).ToHashSet();

    public async Task WriteAsync(UnitOfWork tx)
    {
        if (_timeline.Count > 0)
        {
            var subjects = _timeline.SelectMany(t => (t.About?.Split(' ') ?? []).Select(id => new { SubjectId = id, EntryId = t.Id }));
            await tx.ExecuteAsync("Timeline_Insert",
                new { Rows = JsonSerializer.Serialize(_timeline), Subjects = JsonSerializer.Serialize(subjects) });
        }
        _timeline.Clear();
        if (_rows.Count > 0)
        {
            if (_acts.Count == 0) _acts.Add(new(Actor.System, "rows.written", "rows", null, null, []));
            _acts[^1] = _acts[^1] with { Rows = [.. _acts[^1].Rows, .. _rows] };
        }
        if (_acts.Count > 0) await WriteActsAsync(tx);
        _acts.Clear();
        _rows.Clear();
        _allRows.Clear();
    }

    private async Task WriteActsAsync(UnitOfWork tx)
    {
        var digests = await RowDigests.ComputeAsync(tx, _allRows);
        var acts = _acts.Select(a => a with
        {
            Payload = Payload(a.Payload, [.. a.Rows.Select(r => new WrittenRows(r.Table, r.Key, digests[r].Digest))]),
        });
        await AuditWriter.WriteAsync(tx, [.. acts], _acts.SelectMany((a, i) => a.Rows.Select(r =>
            new RowDigest(r.Table, r.Key, i, digests[r].Salt, digests[r].Digest))));
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
            About = line.About.Count == 0 ? null : string.Join(' ', line.About.Distinct().Select(id => id.ToString("D"))),
        };
    }

    // A payload is an object: what was written follows the facts as one more property.
    private static string? Facts(object? detail)
    {
        var facts = detail is null ? null : JsonSerializer.Serialize(detail, detail.GetType(), AuditJson);
        return facts is null || facts[0] == '{' ? facts : $$"""{"detail":{{facts}}}""";
    }

    // Text after text, because a tree of nodes costs more than all else here.
    private static string? Payload(string? facts, List<WrittenRows> written)
    {
        if (written.Count == 0) return facts;
        var rows = JsonSerializer.Serialize(written, AuditJson);
        return facts is null or "{}" ? $$"""{"rows":{{rows}}}""" : $$"""{{facts[..^1]}},"rows":{{rows}}}""";
    }

    private readonly record struct WrittenRows(string Table, string Key, string Digest);
}

/// <summary>An act for the audit log.</summary>
/// <param name="About">The ids of what it is about, in order, separated by spaces; null for none.</param>
/// <param name="Payload">As JSON, serialised when the act happened.</param>
/// <param name="Rows">What was written; its digests become part of the payload at the end of the transaction.</param>
internal sealed record AuditAct(Actor Actor, string Act, string Subject, string? About, string? Payload, IReadOnlyList<RowsRef> Rows);
