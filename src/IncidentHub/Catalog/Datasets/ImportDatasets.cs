using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <param name="Columns">The header of each column; null: those that are named like it.</param>
internal sealed record ImportDatasets(ImportedTable Holds, string? Csv, IReadOnlyDictionary<string, string?>? Columns);

/// <param name="Datasets">How many are registered.</param>
/// <param name="Links">How many statements of lineage are added; those that stand already are not counted.</param>
/// <param name="Refused">What cannot be taken: while there is any, nothing is written.</param>
internal sealed record ImportReport(int Rows, int Datasets, int Links, IReadOnlyList<RowRefusal> Refused)
{
    /// <summary>How many rows cannot be taken.</summary>
    public int RefusedRows => Refused.Select(r => r.Line).Distinct().Count();

    /// <summary>Every refused line by its field, as the answer to what was to be written.</summary>
    public Refusal ToRefusal() => new(RefusalKind.Invalid, "invalid", $"{RefusedRows} of {Rows} rows cannot be taken. Nothing was written.",
        Refused.GroupBy(r => $"lines[{r.Line}].{r.Field}").ToDictionary(g => g.Key, g => g.Select(r => r.Message).Distinct().ToArray()));
}

/// <summary>Registers all datasets of a table, or states all of its lineage; nothing, where one row cannot be taken.</summary>
internal sealed class ImportDatasetsHandler(Db db, People people, TimeProvider clock)
{
    /// <summary>What the import would do. It writes nothing.</summary>
    public async Task<Result<ImportReport>> PreviewAsync(ImportDatasets command, Actor actor, CancellationToken ct = default)
    {
        var read = await ReadAsync(command, actor);
        if (!read.IsOk) return read.Refusal!;
        return (await db.ReadAsync(sql => ImportJudge.JudgeAsync(sql, read.Value, actor, clock.GetUtcNow()), ct)).Report;
    }

    public async Task<Result<ImportReport>> HandleAsync(ImportDatasets command, Actor actor, CancellationToken ct = default)
    {
        var read = await ReadAsync(command, actor);
        return read.IsOk ? await db.WriteAsync<ImportReport>(tx => ImportAsync(tx, read.Value, actor), ct: ct) : read.Refusal!;
    }

    private static async Task<Result<ImportReport>> ImportAsync(UnitOfWork tx, ReadTable table, Actor actor)
    {
        var judged = await ImportJudge.JudgeAsync(tx, table, actor, tx.Now);
        if (judged.Report.Refused.Count > 0) return judged.Report.ToRefusal();
        await DatasetStore.InsertAsync(tx, judged.Datasets, actor);
        foreach (var dataset in judged.Datasets)
            await tx.RecordAsync(actor, DatasetHistory.Of(dataset, new DatasetRegistered(dataset.Name)));
        await LineageStore.AddAsync(tx, judged.Links.Select(l => new LineageEdge(l.Upstream.Id, l.Downstream.Id)));
        foreach (var (upstream, downstream) in judged.Links)
        {
            await tx.RecordAsync(actor,
                DatasetHistory.OfLineage((upstream.Id, upstream.Name), (downstream.Id, downstream.Name), source: null));
        }
        return judged.Report;
    }

    private async Task<Result<ReadTable>> ReadAsync(ImportDatasets command, Actor actor)
    {
        if (AccessTable.Deny(actor, Act.RegisterDataset) is { } denied) return denied;
        var sheet = CsvSheet.Read(command.Csv);
        if (!sheet.IsOk) return sheet.Refusal!;
        var columns = DatasetColumns.Find(command.Holds, sheet.Value.Headers, command.Columns);
        if (!columns.IsOk) return columns.Refusal!;
        var table = new ReadTable(command.Holds, sheet.Value.Rows, columns.Value, new Dictionary<string, Guid>());
        var owners = new Dictionary<string, Guid>();
        foreach (var account in table.ToRows().Select(r => Codes.Lower(r.Text("owner"))).Distinct())
        {
            if (await people.IdOfAsync(account) is { } id && id != Guid.Empty && await people.IsActiveAsync(id)) owners[account] = id;
        }
        return table with { Owners = owners };
    }
}
