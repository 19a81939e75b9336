using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>Adds or removes the statement that <paramref name="Downstream"/> is derived from <paramref name="Upstream"/>.</summary>
internal sealed record LinkLineage(string Upstream, string Downstream, bool Remove = false);

/// <summary>Adds or removes the statement that a program feeds a dataset.</summary>
internal sealed record LinkFeed(string ProgramCode, string Dataset, bool Remove = false);

/// <summary>Maintains lineage and feeds. Repeating an existing statement changes nothing and is not an error.</summary>
internal sealed class LinkDatasetsHandler(Db db, ProgramReader programs)
{
    public async Task<Result<Done>> HandleAsync(LinkLineage link, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadDatasets) is { } denied) return denied;
        return await db.WriteAsync<Done>(tx => LinkAsync(tx, link, actor), ct: ct);
    }

    /// <summary>The same within an open transaction.</summary>
    internal static async Task<Result<Done>> LinkAsync(UnitOfWork tx, LinkLineage link, Actor actor)
    {
        var (up, down) = (await DatasetStore.LoadAsync(tx, link.Upstream), await DatasetStore.LoadAsync(tx, link.Downstream));
        if (up is null || down is null) return new Validation().Check(up is not null, "upstream", "There is no such dataset.")
            .Check(down is not null, "downstream", "There is no such dataset.").ToRefusal()!;
        // A link is a statement about both.
        if ((AccessTable.Deny(actor, Act.EditDataset, up.Relation(actor)) ?? AccessTable.Deny(actor, Act.EditDataset, down.Relation(actor)))
            is { } refused) return refused;
        if (up.State.Id == down.State.Id) return Refusal.Invalid("downstream", "A dataset is not derived from itself.");
        var stated = (await LineageStore.AboveAsync(tx, down.State.Id)).Any(e => e.Upstream == up.State.Id);
        if (stated != link.Remove) return default(Done);
        await tx.ExecuteAsync(link.Remove ? "Lineage_Delete" : "Lineage_Insert",
            new { UpstreamId = up.State.Id, DownstreamId = down.State.Id });
        await tx.RecordAsync(actor, DatasetHistory.OfLineage(up.State, down.State, link.Remove));
        return default(Done);
    }

    public async Task<Result<Done>> HandleAsync(LinkFeed link, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } denied) return denied;
        return await db.WriteAsync<Done>(tx => LinkAsync(tx, link, actor), ct: ct);
    }

    /// <summary>The same within an open transaction.</summary>
    internal async Task<Result<Done>> LinkAsync(UnitOfWork tx, LinkFeed link, Actor actor)
    {
        var (program, dataset) = (await programs.FindByCodeAsync(tx, link.ProgramCode), await DatasetStore.LoadAsync(tx, link.Dataset));
        if (program is null) return Refusal.NotFound("The program");
        if (dataset is null) return Refusal.Invalid("dataset", "There is no such dataset.");
        if ((AccessTable.Deny(actor, Act.EditDataset, program.Relation(actor))
            ?? AccessTable.Deny(actor, Act.EditDataset, dataset.Relation(actor))) is { } refused) return refused;
        var stated = (await LineageStore.ProgramsAsync(tx, [dataset.State.Id])).Any(p => p.ProgramId == program.Id);
        if (stated != link.Remove) return default(Done);
        await tx.ExecuteAsync(link.Remove ? "Feed_Delete" : "Feed_Insert", new { ProgramId = program.Id, DatasetId = dataset.State.Id });
        await tx.RecordAsync(actor, DatasetHistory.OfFeed(program, dataset.State, link.Remove));
        return default(Done);
    }
}
