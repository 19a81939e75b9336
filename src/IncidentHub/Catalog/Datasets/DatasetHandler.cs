using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Datasets;

/// <summary>States the dataset with this name anew.</summary>
internal sealed record ChangeDataset(string Name, EditDataset Command, int? ExpectedVersion = null);

/// <summary>Registers and edits datasets.</summary>
internal sealed class DatasetHandler(Db db, People people)
{
    /// <summary>The id in the command is not used: it is made here.</summary>
    public async Task<Result<DatasetRecord>> HandleAsync(RegisterDataset command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RegisterDataset) is { } denied) return denied;
        if (await CheckOwnerAsync(command.Details) is { } unknown) return unknown;
        return await db.WriteAsync<DatasetRecord>(tx => RegisterAsync(tx, command, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open. Who may, and whether the owner exists, was asked.</summary>
    internal static async Task<Result<DatasetRecord>> RegisterAsync(UnitOfWork tx, RegisterDataset command, Actor actor)
    {
        var taken = await DatasetStore.LoadAsync(tx, command.Name);
        var outcome = DatasetRules.Decide(taken?.State, command with { Id = OrderedId.Next(tx.Now) }, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var next = outcome.Value.Next;
        await DatasetStore.InsertAsync(tx, next, actor);
        await AuditWriter.AppendAsync(tx, actor, "dataset.registered", $"dataset {next.Name}", next.Details);
        tx.Touch("datasets", $"dataset:{next.Id}");
        return (await DatasetStore.LoadAsync(tx, next.Id))!;
    }

    public async Task<Result<DatasetRecord>> HandleAsync(ChangeDataset change, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadDatasets) is { } denied) return denied;
        if (await CheckOwnerAsync(change.Command.Details) is { } unknown) return unknown;
        return await db.WriteAsync<DatasetRecord>(async tx => await EditAsync(tx, change, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open. Whether the owner exists was asked.</summary>
    internal static async Task<Result<DatasetRecord>> EditAsync(UnitOfWork tx, ChangeDataset change, Actor actor)
    {
        var record = await DatasetStore.LoadAsync(tx, change.Name);
        if (record is null) return Refusal.NotFound("The dataset");
        if (AccessTable.Deny(actor, Act.EditDataset, DatasetAccess.Relation(record, actor)) is { } denied) return denied;
        if (record.LastChange.Stale(record.State.Name, change.ExpectedVersion, record.State.Version) is { } stale) return stale;
        var outcome = DatasetRules.Decide(record.State, change.Command, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var accepted = outcome.Value;
        if (accepted.Events.Count == 0) return record;
        var what = string.Join(", ", ((DatasetEdited)accepted.Events[0]).Changes.Select(c => Programs.FieldNames.Words(c.Field)));
        if (!await DatasetStore.UpdateAsync(tx, record.State, accepted.Next, actor, what))
            throw new ConcurrencyConflictException(record.State.Name);
        await AuditWriter.AppendAsync(tx, actor, "dataset.edited", $"dataset {record.State.Name}", accepted.Events[0]);
        tx.Touch("datasets", $"dataset:{record.State.Id}");
        return (await DatasetStore.LoadAsync(tx, record.State.Id))!;
    }

    internal async Task<Refusal?> CheckOwnerAsync(DatasetDetails details) =>
        details.OwnerId != Guid.Empty && !await people.IsActiveAsync(details.OwnerId)
            ? Refusal.Invalid("owner", "There is no such active person.") : null;
}

/// <summary>What ties somebody to a dataset.</summary>
internal static class DatasetAccess
{
    /// <summary>Its owner may do what a program's owner may.</summary>
    public static Relation Relation(DatasetRecord record, Actor actor) =>
        actor.Kind == ActorKind.Person && record.State.Details.OwnerId == actor.Id
            ? Domain.Access.Relation.OwnProgram : Domain.Access.Relation.None;
}
