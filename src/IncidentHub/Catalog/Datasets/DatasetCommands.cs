using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Datasets;

/// <summary>Changes of a dataset, by its name.</summary>
internal sealed class DatasetCommands(Db db, People people) : Commands<string, DatasetRecord, DatasetState, DatasetCommand>(db)
{
    protected override string Thing => "The dataset";

    protected override Act ReadAct => Act.ReadDatasets;

    /// <summary>The id in the command is ignored: it is generated here.</summary>
    public async Task<Result<DatasetRecord>> RegisterAsync(RegisterDataset command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RegisterDataset) is { } denied) return denied;
        if (await CheckOwnerAsync(command.Details) is { } unknown) return unknown;
        return await Db.WriteAsync<DatasetRecord>(tx => RegisterAsync(tx, command, actor), ct: ct);
    }

    /// <summary>The same within an open transaction. Permission and the existence of the owner were checked.</summary>
    internal static async Task<Result<DatasetRecord>> RegisterAsync(UnitOfWork tx, RegisterDataset command, Actor actor)
    {
        var taken = await DatasetStore.LoadAsync(tx, command.Name);
        var outcome = DatasetRules.Decide(taken?.State, command with { Id = OrderedId.Next(tx.Now) }, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        await DatasetStore.InsertAsync(tx, next, actor);
        foreach (var happened in events) await tx.RecordAsync(actor, DatasetHistory.Of(next, happened));
        return (await DatasetStore.LoadAsync(tx, next.Id))!;
    }

    internal async Task<Refusal?> CheckOwnerAsync(DatasetDetails details) =>
        details.OwnerId != Guid.Empty && !await people.IsActiveAsync(details.OwnerId)
            ? Refusal.Invalid("owner", "There is no such active person.") : null;

    protected override Task<DatasetRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => DatasetStore.LoadAsync(tx, id);

    protected override Act ActOf(DatasetCommand command) => command switch
    {
        EditDataset => Act.EditDataset,
        RegisterDataset or _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command by name."),
    };

    protected override Task<Refusal?> CheckAsync(DatasetCommand command, CancellationToken ct) =>
        command is EditDataset edit ? CheckOwnerAsync(edit.Details) : base.CheckAsync(command, ct);

    protected override Task<Result<Accepted<DatasetState>>> DecideAsync(UnitOfWork tx, DatasetRecord loaded, DatasetCommand command,
        Actor actor) => Task.FromResult(DatasetRules.Decide(loaded.State, command, tx.Now));

    protected override Task<bool> SaveAsync(UnitOfWork tx, DatasetRecord before, DatasetState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => DatasetStore.UpdateAsync(tx, before.State, next, actor, DatasetHistory.Summary(events));

    protected override JournalEntry Journal(DatasetRecord before, DatasetState next, DomainEvent happened) =>
        DatasetHistory.Of(next, happened);

    // With the current name of the owner.
    protected override async Task<Result<DatasetRecord>> FollowAsync(UnitOfWork tx, DatasetRecord before, DatasetState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => (await DatasetStore.LoadAsync(tx, next.Id))!;
}
