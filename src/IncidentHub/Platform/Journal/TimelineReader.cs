using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Platform.Journal;

/// <summary>One entry as it is read.</summary>
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

    /// <summary>More than 1: it was revised; the earlier texts are kept.</summary>
    public required int Revision { get; init; }
}

/// <summary>Which entries.</summary>
/// <param name="Kinds">Only these; empty: all. At most <see cref="MaxKinds"/>.</param>
internal sealed record TimelineQuery(IReadOnlyList<string> Kinds, bool PinnedOnly = false, string? Cursor = null, int? Limit = null)
{
    public const int MaxKinds = 8;

    public static readonly TimelineQuery All = new([]);
}

/// <summary>Published reader: pages of a timeline, newest first. Who may read is asked by the caller.</summary>
internal static class TimelineReader
{
    public static Task<Result<Page<TimelineEntryView>>> OfIncidentAsync(ISql sql, Guid incidentId, TimelineQuery query) =>
        PageAsync(sql, incidentId, Guid.Empty, query);

    public static Task<Result<Page<TimelineEntryView>>> OfProgramAsync(ISql sql, Guid programId, TimelineQuery query) =>
        PageAsync(sql, Guid.Empty, programId, query, "Program");

    /// <summary>One entry of an incident, or null.</summary>
    public static async Task<TimelineEntryView?> FindAsync(ISql sql, Guid incidentId, Guid entryId) =>
        (await sql.FirstOrDefaultAsync<Row>("Timeline_Find", new { Id = entryId, IncidentId = incidentId }))?.ToView();

    private static async Task<Result<Page<TimelineEntryView>>> PageAsync(
        ISql sql, Guid incidentId, Guid programId, TimelineQuery query, params List<string> options)
    {
        var limit = Cursor.Limit(query.Limit);
        if (!limit.IsOk) return limit.Refusal!;
        var after = Cursor.DecodeTimeAndId(query.Cursor);
        if (!after.IsOk) return after.Refusal!;
        if (query.Kinds.Count > TimelineQuery.MaxKinds) return Refusal.Invalid("kind", $"At most {TimelineQuery.MaxKinds} kinds.");

        var args = new Dapper.DynamicParameters(new { IncidentId = incidentId, ProgramId = programId, Limit = limit.Value + 1 });
        if (query.Kinds.Count > 0)
        {
            options.Add("Kinds");
            for (var i = 0; i < TimelineQuery.MaxKinds; i++) args.Add($"Kind{i + 1}", i < query.Kinds.Count ? query.Kinds[i] : "");
        }
        if (query.PinnedOnly) options.Add("Pinned");
        if (after.Value is { } last)
        {
            options.Add("After");
            args.Add("AfterAt", last.At);
            args.Add("AfterId", last.Id);
        }
        var rows = await sql.QueryAsync<Row>("Timeline_Page", args, [.. options]);
        return Page<Row>.Of(rows, limit.Value, r => [r.HappenedAt, r.Id]).Map(r => r.ToView());
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
        public required string? Body { get; init; }
        public required string? Data { get; init; }
        public required bool IsPinned { get; init; }
        public required int Revision { get; init; }

        public TimelineEntryView ToView() => new()
        {
            Id = Id,
            Kind = Kind,
            HappenedAt = HappenedAt,
            RecordedAt = RecordedAt,
            ActorId = ActorId,
            By = ActorName,
            Title = Title,
            Body = Body,
            Data = Data is null ? null : JsonSerializer.Deserialize<JsonElement>(Data),
            Pinned = IsPinned,
            Revision = Revision,
        };
    }
}
