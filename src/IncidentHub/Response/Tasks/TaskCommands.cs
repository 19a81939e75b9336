using IncidentHub.Access.Identity;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Tasks;

/// <summary>Changes of a task, by its code.</summary>
internal sealed class TaskCommands(Db db, People people, IncidentReader incidents, ProgramReader programs, IPurgeGuard guard)
    : Commands<string, TaskRecord, TaskState, TaskCommand>(db)
{
    protected override string Thing => "The task";

    protected override Act ReadAct => Act.ReadTask;

    protected override Relation PossibleRelation => Relation.OwnTask;

    /// <summary>Opens a task on an incident or on a program.</summary>
    public async Task<Result<TaskRecord>> CreateAsync(NewTaskBody asked, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.WriteTask) is { } denied) return denied;
        var (ofIncident, ofProgram) = (!string.IsNullOrWhiteSpace(asked.Incident), !string.IsNullOrWhiteSpace(asked.Program));
        if (new Validation()
            .Check(asked.Kind is null or TaskKind.General or TaskKind.Fix or TaskKind.Notify, "kind",
                "General, Fix or Notify. Conditions and disposals come from decisions.")
            .Check(ofIncident != ofProgram, "incident", "Name either the incident or the program that the task belongs to.")
            .Line(asked.What, "what", TaskRules.MaxWhat).ToRefusal() is { } invalid) return invalid;
        var owner = await FindOwnerAsync(asked.Owner, ct);
        if (!owner.IsOk) return owner.Refusal!;
        return await Db.WriteAsync<TaskRecord>(
            async tx =>
            {
                var incident = ofIncident ? await incidents.FindVisibleAsync(tx, actor, asked.Incident!) : null;
                if (incident is null && ofIncident) return Refusal.NotFound("The incident");
                var program = ofProgram ? await programs.FindByCodeAsync(tx, asked.Program!) : null;
                if (program is null && ofProgram) return Refusal.NotFound("The program");
                var created = await CreateAsync(
                    tx, new TaskState
                    {
                        Id = Guid.Empty,
                        Kind = asked.Kind ?? TaskKind.General,
                        What = asked.What!,
                        OwnerId = owner.Value?.Id,
                        OwnerName = owner.Value?.DisplayName,
                        DueAt = asked.DueAt?.ToUniversalTime(),
                        IncidentIds = incident is null ? [] : [incident.Id],
                        ProgramId = program?.Id,
                        CreatedAt = tx.Now,
                    },
                    actor);
                return created.IsOk ? created.Value with { IncidentCode = incident?.Code, ProgramCode = program?.Code } : created;
            },
            ct: ct);
    }

    /// <summary>
    /// Opens a task of a decision or an incident, in the same transaction, with the next code: «T-12». The id in the state is
    /// ignored. Invalid fields are refused by name.
    /// </summary>
    public static async Task<Result<TaskRecord>> CreateAsync(UnitOfWork tx, TaskState task, Actor actor)
    {
        var outcome = TaskRules.Create(task with { Id = OrderedId.Next(tx.Now) }, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        var record = await TaskStore.InsertAsync(tx, next, actor, TaskHistory.Summary(events));
        foreach (var happened in events) await tx.RecordAsync(actor, TaskHistory.Of(record.Code, null, next, happened));
        return record;
    }

    /// <summary>Records once that the due time of a condition has passed: see <see cref="TaskReader.MissedConditionsAsync"/>.</summary>
    public async Task<Result<TaskRecord>> MissAsync(UnitOfWork tx, string code) =>
        await TaskStore.LoadAsync(tx, Actor.System, code) is { } task
            ? await ApplyAsync(tx, task, new MissTask(), Actor.System) : Refusal.NotFound(Thing);

    /// <summary>The active person with that account; null if no account is given; refused if there is no such account.</summary>
    public async Task<Result<Person?>> FindOwnerAsync(string? account, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(account)) return (Person?)null;
        var person = account.Length > 200 ? null : await people.FindByAccountAsync(account, ct);
        return person is { IsActive: true } ? person : Refusal.Invalid("owner", "There is no such active person.");
    }

    protected override Task<TaskRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => TaskStore.LoadAsync(tx, actor, id);

    // The task's owner may mark it done; assigning it to another person and cancelling it are for those who run the incident.
    protected override Act ActOf(TaskCommand command) => command switch
    {
        CompleteTask => Act.CompleteTask,
        CheckTask => Act.VerifyFix,
        EditTask or CancelTask or ReopenTask => Act.WriteTask,
        MissTask or _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not run by code."),
    };

    protected override async Task<Result<Accepted<TaskState>>> DecideAsync(UnitOfWork tx, TaskRecord loaded, TaskCommand command,
        Actor actor)
    {
        if (command is CompleteTask && loaded.State is { Kind: TaskKind.Disposal, ProgramId: { } program }
            && await guard.FindHoldAsync(tx, actor, program) is { } hold)
            return hold.Refuse("Its datasets are kept until the hold is released. The task stays open.");
        if (command is CompleteTask { Evidence: { } code } complete && !string.IsNullOrWhiteSpace(code))
        {
            if (await EvidenceReader.FindAsync(tx, actor, code) is not { } file
                || !loaded.State.IncidentIds.Contains(file.State.IncidentId))
                return Refusal.Invalid("evidence", "There is no such file of evidence on the incident of this task that you may see.");
            command = complete with { EvidenceId = file.State.Id };
        }
        return TaskRules.Decide(loaded.State, command, actor, tx.Now);
    }

    protected override Task<bool> SaveAsync(UnitOfWork tx, TaskRecord before, TaskState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => TaskStore.UpdateAsync(tx, before, next, actor, TaskHistory.Summary(events));

    protected override JournalEntry Journal(TaskRecord before, TaskState next, DomainEvent happened) =>
        TaskHistory.Of(before.Code, before.State, next, happened);

    protected override Task<Result<TaskRecord>> FollowAsync(UnitOfWork tx, TaskRecord before, TaskState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        Task.FromResult<Result<TaskRecord>>(
            before with { State = next, LastChange = ChangeNote.Of(tx.Now, actor.Name, TaskHistory.Summary(events)) });
}
