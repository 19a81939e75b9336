using System.Text.Json;
using IncidentHub.Platform.Database;

namespace IncidentHub.Insight.Dashboard;

/// <summary>The cursor of a source.</summary>
internal sealed record ReadPosition
{
    public required DateTimeOffset ReadAt { get; init; }
    public required Guid ReadId { get; init; }

    public static readonly ReadPosition Start = new() { ReadAt = DateTimeOffset.UnixEpoch, ReadId = Guid.Empty };
}

/// <summary>What one incident or decision contributes: its parts, to the overall sums and to those of each of its programs.</summary>
internal sealed record Share(IReadOnlyList<RollupPart> Parts, IReadOnlyList<string> Programs)
{
    /// <summary>The key of the sum over all programs.</summary>
    public const string All = "";

    public IEnumerable<(string Program, RollupPart Part)> Units =>
        from program in (IEnumerable<string>)[All, .. Programs] from part in Parts select (program, part);

    /// <summary>The stored form: «MCI TYP;Incidents 2026-06-15 0 2|Contain 2026-06-15 0 97».</summary>
    public override string ToString() => $"{string.Join(' ', Programs)};{string.Join('|', Parts)}";

    public static Share Parse(string text)
    {
        var halves = text.Split(';');
        return new([.. halves[1].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(RollupPart.Parse)],
            halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>The rollups in the database.</summary>
internal static class DashboardStore
{
    public static async Task<ReadPosition> PlaceAsync(ISql sql, string source) =>
        await sql.FirstOrDefaultAsync<ReadPosition>("DashboardCursor_Find", new { Source = source }) ?? ReadPosition.Start;

    public static async Task SetPositionAsync(UnitOfWork tx, string source, ReadPosition place)
    {
        var row = new { Source = source, place.ReadAt, place.ReadId };
        if (await tx.ExecuteAsync("DashboardCursor_Update", row) == 0) await tx.ExecuteAsync("DashboardCursor_Insert", row);
    }

    /// <summary>How many incidents and decisions the sums contain.</summary>
    public static Task<long> SharesAsync(ISql sql) => sql.ScalarAsync<long>("DashboardShare_Count");

    /// <summary>The next run reads from the start.</summary>
    public static Task ClearPositionsAsync(UnitOfWork tx) => tx.ExecuteAsync("DashboardCursor_Clear");

    /// <summary>Whether the sums lack any of these: checked first, to avoid a transaction that changes nothing.</summary>
    public static async Task<bool> DiffersAsync(ISql sql, IReadOnlyList<SourceShare> sources)
    {
        var former = await PreviousAsync(sql, sources);
        return sources.Any(s => former.GetValueOrDefault(s.Id) != s.Share.ToString());
    }

    /// <summary>The change of each sum when the current share of each source replaces its former one.</summary>
    public static async Task<IReadOnlyDictionary<(string Program, RollupPart Part), int>> ChangesAsync(
        ISql sql, IReadOnlyList<SourceShare> sources) =>
        Changes(sources, await PreviousAsync(sql, sources));

    /// <summary>Replaces the former share of each source by the current one. Returns the parts whose sums changed.</summary>
    public static async Task<IReadOnlyCollection<RollupPart>> ApplyAsync(UnitOfWork tx, IReadOnlyList<SourceShare> sources)
    {
        var former = await PreviousAsync(tx, sources);
        var changes = Changes(sources, former);
        foreach (var source in sources)
        {
            var text = source.Share.ToString();
            var known = former.TryGetValue(source.Id, out var before);
            if (known && before == text) continue;
            await tx.ExecuteAsync(known ? "DashboardShare_Update" : "DashboardShare_Insert", new { SourceId = source.Id, Parts = text });
        }
        foreach (var ((program, part), by) in changes.Where(c => c.Value != 0))
        {
            var row = new { Program = program, Kind = part.Kind.ToString(), part.Week, part.Restricted, part.Item, Change = by };
            if (await tx.ExecuteAsync("DashboardRollup_Add", row) == 0) await tx.ExecuteAsync("DashboardRollup_Insert", row);
        }
        return [.. changes.Where(c => c.Value != 0).Select(c => c.Key.Part)];
    }

    private static Dictionary<(string Program, RollupPart Part), int> Changes(
        IReadOnlyList<SourceShare> sources, Dictionary<Guid, string> former)
    {
        var changes = new Dictionary<(string Program, RollupPart Part), int>();
        foreach (var source in sources)
        {
            var before = former.GetValueOrDefault(source.Id);
            if (before == source.Share.ToString()) continue;
            foreach (var gone in before is null ? [] : Share.Parse(before).Units) changes[gone] = changes.GetValueOrDefault(gone) - 1;
            foreach (var unit in source.Share.Units) changes[unit] = changes.GetValueOrDefault(unit) + 1;
        }
        return changes;
    }

    private static async Task<Dictionary<Guid, string>> PreviousAsync(ISql sql, IReadOnlyList<SourceShare> sources) =>
        (await sql.QueryAsync<ShareRow>("DashboardShare_Of", new { Ids = JsonSerializer.Serialize(sources.Select(s => s.Id)) }))
            .ToDictionary(r => r.SourceId, r => r.Parts);

    private sealed record ShareRow
    {
        public required Guid SourceId { get; init; }
        public required string Parts { get; init; }
    }
}
