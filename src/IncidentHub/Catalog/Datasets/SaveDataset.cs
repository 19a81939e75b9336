using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>A dataset as submitted by its form: the record with the datasets it is derived from and the programs that feed it.</summary>
/// <param name="Name">Lower case; a new name where <paramref name="IsNew"/>.</param>
/// <param name="Upstream">Names of the datasets it is directly derived from.</param>
/// <param name="Programs">Codes of the programs that feed it.</param>
internal sealed record SaveDataset(string Name, bool IsNew, DatasetDetails Details, LinkSelection Upstream, LinkSelection Programs,
    int? ExpectedVersion);

/// <summary>The requested links, and the links as they were read: links that others added in the meantime are kept.</summary>
internal sealed record LinkSelection(IReadOnlyList<string> Wanted, IReadOnlyList<string> Seen)
{
    public IEnumerable<(string Item, bool Remove)> Changes =>
        [.. Wanted.Except(Seen).Select(i => (i, false)), .. Seen.Except(Wanted).Select(i => (i, true))];
}

/// <summary>Record and links in one transaction: an unknown name among the links leaves nothing partially written.</summary>
internal sealed class SaveDatasetHandler(Db db, DatasetCommands datasets, LinkDatasetsHandler links)
{
    public async Task<Result<DatasetRecord>> HandleAsync(SaveDataset state, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, state.IsNew ? Act.RegisterDataset : Act.ReadDatasets) is { } denied) return denied;
        if (await datasets.CheckOwnerAsync(state.Details) is { } unknown) return unknown;
        return await db.WriteAsync<DatasetRecord>(tx => StateAsync(tx, state, actor), ct: ct);
    }

    private async Task<Result<DatasetRecord>> StateAsync(UnitOfWork tx, SaveDataset state, Actor actor)
    {
        var saved = state.IsNew
            ? await DatasetCommands.RegisterAsync(tx, new RegisterDataset(Guid.Empty, state.Name, state.Details), actor)
            : await datasets.RunAsync(tx, state.Name, new EditDataset(state.Details), state.ExpectedVersion, actor);
        if (!saved.IsOk) return saved;
        foreach (var (name, remove) in state.Upstream.Changes)
        {
            if ((await LinkDatasetsHandler.LinkAsync(tx, new LinkLineage(name, state.Name, remove), actor)).Refusal is { } why)
                return At("upstream", name, why);
        }
        foreach (var (code, remove) in state.Programs.Changes)
        {
            if ((await links.LinkAsync(tx, new LinkFeed(code, state.Name, remove), actor)).Refusal is { } why)
                return At("programs", code, why);
        }
        return saved;
    }

    private static Refusal At(string field, string what, Refusal why) =>
        why.Kind is RefusalKind.Invalid or RefusalKind.NotFound
            ? Refusal.Invalid(field, $"{what}: {why.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? why.Message}") : why;
}
