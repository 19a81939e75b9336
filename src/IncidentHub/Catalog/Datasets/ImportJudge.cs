using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;

namespace IncidentHub.Catalog.Datasets;

/// <param name="Columns">Their places in a line.</param>
/// <param name="Owners">The active accounts that the table names.</param>
internal sealed record ReadTable(ImportedTable Holds, IReadOnlyList<CsvLine> Lines, IReadOnlyDictionary<string, int> Columns,
    IReadOnlyDictionary<string, Guid> Owners)
{
    public List<ImportedRow> ToRows() => [.. Lines.Select(l => new ImportedRow(l, Columns))];
}

/// <summary>What of a table would be written, and what cannot be.</summary>
internal sealed record JudgedTable(
    ImportReport Report, IReadOnlyList<DatasetState> Datasets, IReadOnlyList<(NamedDataset Upstream, NamedDataset Downstream)> Links);

/// <summary>Judges the rows of one table, with what is registered already.</summary>
internal sealed class ImportJudge
{
    private const int MaxLinks = 10_000;

    private readonly Actor _actor;
    private readonly Dictionary<string, NamedDataset> _known;
    // What is derived from one of them is not at fault.
    private readonly HashSet<string> _refused = [];
    private readonly List<DatasetState> _datasets = [];
    private readonly List<(NamedDataset Upstream, NamedDataset Downstream)> _links = [];

    private ImportJudge(Actor actor, IEnumerable<NamedDataset> known) =>
        (_actor, _known) = (actor, known.ToDictionary(d => d.Name, StringComparer.Ordinal));

    public static async Task<JudgedTable> JudgeAsync(ISql sql, ReadTable table, Actor actor, DateTimeOffset now)
    {
        var rows = table.ToRows();
        var names = rows.SelectMany(r => ((string?[])[r.Text("name"), r.Text("upstream"), r.Text("downstream")])
            .Concat(ListText.Split(r.Text("derivedFrom")))).Select(Codes.Lower).Where(DatasetRules.IsName).Distinct();
        var judge = new ImportJudge(actor, await LineageStore.NamedAsync(sql, names));
        if (table.Holds == ImportedTable.Datasets)
        {
            foreach (var row in rows) judge.Register(row, table.Owners, now);
            foreach (var row in rows)
                foreach (var upstream in ListText.Split(row.Text("derivedFrom")))
                    judge.Link(row, ("derivedFrom", upstream), ("name", row.Text("name")));
        }
        else
        {
            foreach (var row in rows) judge.Link(row, ("upstream", row.Text("upstream")), ("downstream", row.Text("downstream")));
        }
        var stated = (await LineageStore.AboveAsync(sql, judge._links.Select(l => l.Downstream.Id).Distinct())).ToHashSet();
        List<(NamedDataset, NamedDataset)> links =
            [.. judge._links.Distinct().Where(l => !stated.Contains(new(l.Upstream.Id, l.Downstream.Id)))];
        if (links.Count > MaxLinks) rows[0].Refuse("derivedFrom", $"At most {MaxLinks:N0} statements of lineage at once.");
        return new(new(rows.Count, judge._datasets.Count, links.Count, [.. rows.SelectMany(r => r.Refused)]), judge._datasets, links);
    }

    private void Register(ImportedRow row, IReadOnlyDictionary<string, Guid> owners, DateTimeOffset now)
    {
        var (details, name) = (row.ToDetails(owners), Codes.Lower(row.Text("name")));
        if (_known.TryGetValue(name, out _))
        {
            row.Refuse("name", $"A dataset named {name} exists already, or is in a row above.");
            return;
        }
        var outcome = DatasetRules.Decide(null, new RegisterDataset(OrderedId.Next(now), name, details), now);
        if (outcome.Refusal is { } why)
        {
            row.Refuse(why);
            _refused.Add(name);
            return;
        }
        var (next, _) = outcome.Value;
        _known[name] = new() { Id = next.Id, Name = name, OwnerId = next.Details.OwnerId };
        _datasets.Add(next);
    }

    private void Link(ImportedRow row, (string Field, string? Name) upstream, (string Field, string? Name) downstream)
    {
        var (up, down) = (Known(row, upstream), Known(row, downstream));
        if (up is null || down is null) return;
        if (up.Id == down.Id) row.Refuse(upstream.Field, "A dataset is not derived from itself.");
        // A link is a statement about both.
        else if ((AccessTable.Deny(_actor, Act.EditDataset, RelationTo(up)) ?? AccessTable.Deny(_actor, Act.EditDataset, RelationTo(down)))
            is { } denied) row.Refuse(upstream.Field, denied.Message);
        else _links.Add((up, down));
    }

    private NamedDataset? Known(ImportedRow row, (string Field, string? Name) dataset)
    {
        if (_known.TryGetValue(Codes.Lower(dataset.Name), out var known)) return known;
        // A name that cannot be registered was refused in its row.
        if (dataset.Field != "name" && !_refused.Contains(Codes.Lower(dataset.Name)))
            row.Refuse(dataset.Field, $"There is no dataset named {TextRules.Cut(dataset.Name ?? "", 80)}.");
        return null;
    }

    private Relation RelationTo(NamedDataset dataset) =>
        _actor.Kind == ActorKind.Person && dataset.OwnerId == _actor.Id ? Relation.OwnProgram : Relation.None;
}
