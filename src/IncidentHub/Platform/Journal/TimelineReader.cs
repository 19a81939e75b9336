using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Platform.Journal;

/// <summary>One entry as read from the database.</summary>
internal sealed record TimelineEntryView
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public Guid ActorId { get; init; }
    public required string By { get; init; }
    public required string Title { get; init; }
    public required string? Body { get; init; }
    public required JsonElement? Data { get; init; }
    public required bool Pinned { get; init; }

    /// <summary>The texts of the entry, of every revision, were removed.</summary>
    public EntryRedaction? Redacted { get; init; }

    /// <summary>Greater than 1: the entry was revised; the earlier texts are kept.</summary>
    public required int Revision { get; init; }
}

/// <summary>What stands in place of a text that privacy removed.</summary>
internal sealed record EntryRedaction(DateTimeOffset At, string By, string Reason);

/// <summary>Filter of entries.</summary>
/// <param name="Kinds">Only these kinds; empty: all. At most <see cref="MaxKinds"/>.</param>
internal sealed record TimelineQuery(IReadOnlyList<string> Kinds, bool PinnedOnly = false, string? Cursor = null, int? Limit = null)
{
    public const int MaxKinds = 16;

    /// <summary>Only entries in whose text, as the reader sees it, every word of this occurs. At most <see cref="TextMatch.MaxQuery"/>
    /// characters.</summary>
    public string? Text { get; init; }

    /// <summary>Only what was recorded by then, in the text of that time; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>In the order in which it happened, for documents.</summary>
    public bool OldestFirst { get; init; }

    public static readonly TimelineQuery All = new([]);
}

/// <summary>Published reader: pages of a timeline, newest first. The caller checks who may read the timeline.</summary>
internal sealed class TimelineReader(ISubjectVisibility subjects)
{
    /// <summary>
    /// How many entries a search looks at for one page. Beyond, the page ends where the search stopped, and its cursor continues there.
    /// </summary>
    public const int MaxScanned = 5_000;


    public Task<Result<Page<TimelineEntryView>>> OfIncidentAsync(ISql sql, Guid incidentId, TimelineQuery query, Actor reader) =>
        PageAsync(sql, incidentId, Guid.Empty, query, reader);

    public Task<Result<Page<TimelineEntryView>>> OfProgramAsync(ISql sql, Guid programId, TimelineQuery query, Actor reader) =>
        PageAsync(sql, Guid.Empty, programId, query, reader, "Program");

    /// <summary>One entry of an incident, or null.</summary>
    public async Task<TimelineEntryView?> FindAsync(ISql sql, Guid incidentId, Guid entryId, Actor reader)
    {
        var row = await sql.FirstOrDefaultAsync<Row>("Timeline_Find", new { Id = entryId, IncidentId = incidentId });
        return row?.ToView(await VisibleAsync(sql, [row], reader));
    }

    private async Task<Result<Page<TimelineEntryView>>> PageAsync(
        ISql sql, Guid incidentId, Guid programId, TimelineQuery query, Actor reader, params List<string> options)
    {
        var limit = Cursor.Limit(query.Limit);
        if (!limit.IsOk) return limit.Refusal!;
        var (list, beyond) = query.OldestFirst ? ("timeline-oldest", "AfterOldest") : ("timeline", "After");
        if (query.OldestFirst) options.Add("OldestFirst");
        var after = query.OldestFirst ? Cursor.DecodeTimeAndId("timeline-oldest", query.Cursor)
            : Cursor.DecodeTimeAndId("timeline", query.Cursor);
        if (!after.IsOk) return after.Refusal!;
        if (query.Kinds.Count > TimelineQuery.MaxKinds) return Refusal.Invalid("kind", $"At most {TimelineQuery.MaxKinds} kinds.");
        if (query.Text?.Length > TextMatch.MaxQuery) return Refusal.Invalid("q", $"At most {TextMatch.MaxQuery} characters.");

        var words = TextMatch.Words(query.Text);
        // Few of the entries match a search: it reads many at once.
        var chunk = words.Count > 0 ? Cursor.MaxLimit + 1 : limit.Value + 1;
        var args = new Dapper.DynamicParameters(new { IncidentId = incidentId, ProgramId = programId, Limit = chunk });
        if (query.Kinds.Count > 0)
        {
            options.Add("Kinds");
            for (var i = 0; i < TimelineQuery.MaxKinds; i++)
                args.Add($"Kind{i + 1}", i < query.Kinds.Count ? Codes.Lower(query.Kinds[i]) : "");
        }
        if (query.PinnedOnly) options.Add("Pinned");
        if (query.AsOf is { } asOf)
        {
            options.Add("AsOf");
            args.Add("AsOf", asOf);
        }
        if (after.Value is { } last)
        {
            options.Add(beyond);
            args.Add("AfterAt", last.At);
            args.Add("AfterId", last.Id);
        }
        // Entries that do not exist for the reader leave no gap: further rows are read until the page is full.
        var shown = new List<TimelineEntryView>();
        for (var scanned = 0; ;)
        {
            var rows = await sql.QueryAsync<Row>("Timeline_Page", args, [.. options]);
            var visible = await VisibleAsync(sql, rows, reader);
            var views = rows.Select(r => r.ToView(visible)).OfType<TimelineEntryView>();
            if (query.AsOf is { } then) views = await AsOfAsync(sql, [.. views], then);
            shown.AddRange(views.Where(v => TextMatch.HasAll(words, v.Title, v.Body, v.By)));
            scanned += rows.Count;
            if (rows.Count < chunk || shown.Count > limit.Value) break;
            if (words.Count > 0 && scanned >= MaxScanned)
                return new Page<TimelineEntryView>(shown, Cursor.Encode(list, [rows[^1].HappenedAt, rows[^1].Id]));
            if (!options.Contains(beyond)) options.Add(beyond);
            args.Add("AfterAt", rows[^1].HappenedAt);
            args.Add("AfterId", rows[^1].Id);
        }
        return Page<TimelineEntryView>.Of(shown, limit.Value, list, e => [e.HappenedAt, e.Id]);
    }

    // A note in the text of that time. Pins have no history: none is shown. A text that was redacted since stays redacted.
    private static async Task<IReadOnlyList<TimelineEntryView>> AsOfAsync(ISql sql, IReadOnlyList<TimelineEntryView> views,
        DateTimeOffset asOf)
    {
        var revised = views.Where(v => v.Revision > 1 && v.Body is not null).Select(v => v.Id).ToList();
        var rows = revised.Count == 0 ? []
            : await sql.QueryAsync<ReplacedRow>("Timeline_RevisionsAfter", new { Ids = IdList.Of(revised), AsOf = asOf });
        var replaced = rows.GroupBy(r => r.EntryId).ToDictionary(g => g.Key, g => g.MinBy(r => r.Revision)!);
        return [.. views.Select(v => replaced.TryGetValue(v.Id, out var was)
            ? v with { Body = was.Body, Revision = was.Revision, Pinned = false } : v with { Pinned = false })];
    }

    private async Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IEnumerable<Row> rows, Actor reader)
    {
        var about = rows.SelectMany(r => r.Subjects).ToHashSet();
        return about.Count == 0 ? new Dictionary<Guid, string>() : await subjects.VisibleAsync(sql, about, reader);
    }

    private sealed record ReplacedRow
    {
        public required Guid EntryId { get; init; }
        public required int Revision { get; init; }
        public required string? Body { get; init; }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required DateTimeOffset HappenedAt { get; init; }
        public required DateTimeOffset RecordedAt { get; init; }
        public required Guid ActorId { get; init; }
        public required string ActorName { get; init; }
        public required string Title { get; init; }
        public required string? PublicTitle { get; init; }
        public required string? Body { get; init; }
        public required string? Data { get; init; }
        public required Guid? ProgramId { get; init; }
        public required bool IsPinned { get; init; }
        public required int Revision { get; init; }
        public required string? About { get; init; }
        public required DateTimeOffset? RedactedAt { get; init; }
        public required string? RedactedByName { get; init; }
        public required string? RedactReason { get; init; }

        public IReadOnlyList<Guid> Subjects => About is null ? [] : [.. About.Split(' ').Select(Guid.Parse)];

        /// <param name="visible">The names of the subjects that the reader may see.</param>
        /// <returns>Null where the entry does not exist for the reader.</returns>
        public TimelineEntryView? ToView(IReadOnlyDictionary<Guid, string> visible)
        {
            var subjects = Subjects;
            var full = subjects.All(visible.ContainsKey);
            if ((full ? Title : PublicTitle) is not { } title) return null;
            // Who acted on a hidden subject is hidden; an entry of an incident is about an act on that incident, too.
            var by = full || ProgramId is null ? (Id: ActorId, Name: ActorName) : (Actor.System.Id, Actor.System.Name);
            return new()
            {
                Id = Id,
                Kind = Kind,
                HappenedAt = HappenedAt,
                RecordedAt = RecordedAt,
                ActorId = by.Id,
                By = by.Name,
                Title = Reference.Render(title, subjects, visible),
                Body = full && Body is not null ? Reference.Render(Body, subjects, visible) : null,
                Data = full && Data is not null ? JsonSerializer.Deserialize<JsonElement>(Data) : null,
                Pinned = IsPinned,
                Revision = Revision,
                Redacted = full && RedactedAt is { } at ? new(at, RedactedByName!, RedactReason!) : null,
            };
        }
    }
}
