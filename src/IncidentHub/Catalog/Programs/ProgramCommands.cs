using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using Microsoft.Extensions.Options;

namespace IncidentHub.Catalog.Programs;

/// <summary>Changes of a program, by its code.</summary>
internal sealed class ProgramCommands(Db db, ProgramPeople people, IOptions<SwitchLimits> limits)
    : Commands<string, ProgramRecord, ProgramState, ProgramCommand>(db)
{
    protected override string Thing => "The program";

    protected override Act ReadAct => Act.ReadPrograms;

    /// <summary>Registers a draft. The id in the command is ignored: it is generated here.</summary>
    public async Task<Result<ProgramRecord>> RegisterAsync(RegisterProgram command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RegisterProgram) is { } denied) return denied;
        if (await people.CheckAsync(command.Details) is { } unknown) return unknown;
        return await Db.WriteAsync<ProgramRecord>(tx => RegisterAsync(tx, command, actor), ct: ct);
    }

    /// <summary>The same within an open transaction. Permission and the existence of the named people were checked.</summary>
    internal async Task<Result<ProgramRecord>> RegisterAsync(UnitOfWork tx, RegisterProgram command, Actor actor)
    {
        var taken = await ProgramStore.LoadAsync(tx, command.Code);
        var outcome = ProgramRules.Decide(taken?.State, command with { Id = OrderedId.Next(tx.Now) }, tx.Now, limits.Value);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        await ProgramStore.InsertAsync(tx, next, actor);
        foreach (var happened in events) await tx.RecordAsync(actor, ProgramHistory.Of(next, happened));
        return (await ProgramStore.LoadAsync(tx, next.Id))!;
    }

    /// <summary>Terminates the program permanently, for a final decision.</summary>
    public async Task<Result<ProgramFacts>> TerminateAsync(UnitOfWork tx, Guid programId, string reason, Actor actor)
    {
        if (await ProgramStore.LoadAsync(tx, programId) is not { } program) return Refusal.NotFound(Thing);
        var terminated = await ApplyAsync(tx, program, new TerminateProgram(reason), actor);
        return terminated.IsOk ? terminated.Value.ToFacts() : terminated.Refusal!;
    }

    protected override Task<ProgramRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => ProgramStore.LoadAsync(tx, id);

    protected override Act ActOf(ProgramCommand command) => command switch
    {
        EditProgram or LaunchProgram => Act.EditProgram,
        RegisterProgram or TerminateProgram or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command by code."),
    };

    protected override Task<Refusal?> CheckAsync(ProgramCommand command, CancellationToken ct) =>
        command is EditProgram edit ? people.CheckAsync(edit.Details) : base.CheckAsync(command, ct);

    protected override Task<Result<Accepted<ProgramState>>> DecideAsync(UnitOfWork tx, ProgramRecord loaded, ProgramCommand command,
        Actor actor) => Task.FromResult(ProgramRules.Decide(loaded.State, command, tx.Now, limits.Value));

    protected override Task<bool> SaveAsync(UnitOfWork tx, ProgramRecord before, ProgramState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => ProgramStore.UpdateAsync(tx, before.State, next, actor, ProgramHistory.Summary(events));

    protected override JournalEntry Journal(ProgramRecord before, ProgramState next, DomainEvent happened) =>
        ProgramHistory.Of(next, happened);

    // With the current names of the owner and the deputies.
    protected override async Task<Result<ProgramRecord>> FollowAsync(UnitOfWork tx, ProgramRecord before, ProgramState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => (await ProgramStore.LoadAsync(tx, next.Id))!;
}
