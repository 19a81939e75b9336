using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Catalog.Datasets;

/// <summary>The filter of a list of datasets.</summary>
internal sealed record DatasetFilter
{
    public DatasetKind? Kind { get; init; }
    public Classification? Classification { get; init; }
    public EncryptionAtRest? Encryption { get; init; }

    /// <summary>Only datasets whose actual audience is larger than the promised one.</summary>
    public bool OverExposed { get; init; }
    public string? Category { get; init; }

    /// <summary>Fed by the program with this code.</summary>
    public string? Program { get; init; }

    /// <summary>A prefix of the name or of a part of it.</summary>
    public string? Text { get; init; }
    public DateTimeOffset? UpdatedSince { get; init; }
}

/// <summary>A line of the list of datasets.</summary>
internal sealed record DatasetListItem
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DatasetKind Kind { get; init; }
    public required string OwnerName { get; init; }
    public required Classification Classification { get; init; }
    public required EncryptionAtRest EncryptionAtRest { get; init; }
    public required AudienceScope PromisedScope { get; init; }
    public required string? PromisedName { get; init; }
    public required AudienceScope? ActualScope { get; init; }
    public required string? ActualName { get; init; }
    public required bool OverExposed { get; init; }
    public required long? Records { get; init; }
    public required long? Subjects { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];

    public Audience Promised => new(PromisedScope, PromisedName);

    public Audience? Actual => ActualScope is { } scope ? new Audience(scope, ActualName) : null;
}

/// <summary>A dataset with its lineage and feeds, for its page and the API.</summary>
internal sealed record DatasetPage(DatasetRecord Dataset, IReadOnlyList<FeedingProgram> FedBy, IReadOnlyList<DatasetBrief> DerivedFrom,
    BlastRadius Downstream);

internal sealed class DatasetQueries(Db db, DatasetReader reader, ProgramReader programs)
{
    /// <summary>One page, by name.</summary>
    public async Task<Result<Page<DatasetListItem>>> ListAsync(DatasetFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadDatasets) is { } denied) return denied;
        var after = Cursor.DecodeText("datasets", cursor);
        if (after.Refusal is { } badCursor) return badCursor;
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } badLimit) return badLimit;
        return await db.ReadAsync<Result<Page<DatasetListItem>>>(
            async sql => (await programs.OfFilterAsync(sql, filter.Program)).Refusal is { } unknown
                ? unknown : await PageAsync(sql, filter, after.Value, size.Value),
            ct);
    }

    public async Task<Result<DatasetPage>> FindAsync(string name, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadDatasets) is { } denied) return denied;
        return await db.ReadAsync<Result<DatasetPage>>(
            async sql =>
            {
                if (await DatasetStore.LoadAsync(sql, name) is not { } dataset) return Refusal.NotFound("The dataset");
                var id = dataset.State.Id;
                var above = await LineageStore.BriefsAsync(sql, (await LineageStore.AboveAsync(sql, id)).Select(e => e.Upstream));
                return new DatasetPage(dataset, await reader.ProgramsFeedingAsync(sql, id),
                    [.. above.OrderBy(b => b.Name, StringComparer.Ordinal)], await reader.DownstreamAsync(sql, [id]));
            },
            ct);
    }

    private static async Task<Page<DatasetListItem>> PageAsync(ISql sql, DatasetFilter filter, string after, int limit)
    {
        var start = LikeText.Prefix(filter.Text);
        var args = new
        {
            After = after,
            Kind = filter.Kind?.ToString(),
            Classification = filter.Classification?.ToString(),
            Encryption = filter.Encryption?.ToString(),
            Category = DataCategories.Key(filter.Category ?? ""),
            Program = Codes.Upper(filter.Program),
            NameStart = start,
            WordStart = "%-" + start,
            filter.UpdatedSince,
            Limit = limit + 1,
        };
        var rows = await sql.QueryAsync<DatasetListItem>("Dataset_List", args, [.. Options(filter)]);
        var page = Page<DatasetListItem>.Of(rows, limit, "datasets", r => [r.Name]);
        if (page.Items.Count == 0) return page;
        var items = (await sql.QueryAsync<ItemRow>("Dataset_ItemsBetween", new { First = page.Items[0].Name, Last = page.Items[^1].Name }))
            .Where(i => i.Kind == "Category").ToLookup(i => i.DatasetId, i => i.Value);
        return page.Map(d => d with { Categories = [.. items[d.Id]] });
    }

    private static IEnumerable<string> Options(DatasetFilter filter)
    {
        if (filter.Kind is not null) yield return "Kind";
        if (filter.Classification is not null) yield return "Classification";
        if (filter.Encryption is not null) yield return "Encryption";
        if (filter.OverExposed) yield return "OverExposed";
        if (!string.IsNullOrWhiteSpace(filter.Category)) yield return "Category";
        if (!string.IsNullOrWhiteSpace(filter.Program)) yield return "Program";
        if (!string.IsNullOrWhiteSpace(filter.Text)) yield return "Text";
        if (filter.UpdatedSince is not null) yield return "UpdatedSince";
    }

    private sealed record ItemRow
    {
        public required Guid DatasetId { get; init; }
        public required string Kind { get; init; }
        public required string Value { get; init; }
    }
}
