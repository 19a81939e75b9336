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

    public static readonly TimelineQuery All = new([]);
}

/// <summary>Published reader: pages of a timeline, newest first. The caller checks who may read the timeline.</summary>
internal sealed class TimelineReader(ISubjectVisibility subjects)
{
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
        var after = Cursor.DecodeTimeAndId("timeline", query.Cursor);
        if (!after.IsOk) return after.Refusal!;
        if (query.Kinds.Count > TimelineQuery.MaxKinds) return Refusal.Invalid("kind", $"At most {TimelineQuery.MaxKinds} kinds.");

        var args = new Dapper.DynamicParameters(new { IncidentId = incidentId, ProgramId = programId, Limit = limit.Value + 1 });
        if (query.Kinds.Count > 0)
        {
            options.Add("Kinds");
            for (var i = 0; i < TimelineQuery.MaxKinds; i++)
                args.Add($"Kind{i + 1}", i < query.Kinds.Count ? Codes.Lower(query.Kinds[i]) : "");
        }
        if (query.PinnedOnly) options.Add("Pinned");
        if (after.Value is { } last)
        {
            options.Add("After");
            args.Add("AfterAt", last.At);
            args.Add("AfterId", last.Id);
        }
        // Entries that do not exist for the reader leave no gap: further rows are read until the page is full.
        var shown = new List<TimelineEntryView>();
        while (true)
        {
            var rows = await sql.QueryAsync<Row>("Timeline_Page", args, [.. options]);
            var visible = await VisibleAsync(sql, rows, reader);
            shown.AddRange(rows.Select(r => r.ToView(visible)).OfType<TimelineEntryView>());
            if (rows.Count <= limit.Value || shown.Count > limit.Value) break;
            if (!options.Contains("After")) options.Add("After");
            args.Add("AfterAt", rows[^1].HappenedAt);
            args.Add("AfterId", rows[^1].Id);
        }
        return Page<TimelineEntryView>.Of(shown, limit.Value, "timeline", e => [e.HappenedAt, e.Id]);
    }

    private async Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IEnumerable<Row> rows, Actor reader)
    {
        var about = rows.SelectMany(r => r.Subjects).ToHashSet();
        return about.Count == 0 ? new Dictionary<Guid, string>() : await subjects.VisibleAsync(sql, about, reader);
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
