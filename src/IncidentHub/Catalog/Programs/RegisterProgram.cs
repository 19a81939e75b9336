using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Options;

namespace IncidentHub.Catalog.Programs;

/// <summary>Enters a program as a draft.</summary>
internal sealed class RegisterProgramHandler(Db db, ProgramPeople people, IOptions<SwitchLimits> limits)
{
    /// <summary>The id in the command is not used: it is made here.</summary>
    public async Task<Result<ProgramRecord>> HandleAsync(RegisterProgram command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RegisterProgram) is { } denied) return denied;
        if (await people.CheckAsync(command.Details) is { } unknown) return unknown;
        return await db.WriteAsync<ProgramRecord>(tx => RegisterAsync(tx, command, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open. Who may, and whether the people named exist, was asked.</summary>
    internal async Task<Result<ProgramRecord>> RegisterAsync(UnitOfWork tx, RegisterProgram command, Actor actor)
    {
        var taken = await ProgramStore.LoadAsync(tx, command.Code);
        var outcome = ProgramRules.Decide(taken?.State, command with { Id = OrderedId.Next(tx.Now) }, tx.Now, limits.Value);
        if (outcome.Refusal is { } refused) return refused;
        var next = outcome.Value.Next;
        await ProgramStore.InsertAsync(tx, next, actor);
        await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
        {
            ProgramId = next.Id,
            Kind = "registered",
            HappenedAt = tx.Now,
            Title = $"{next.Code} registered as a draft"
        });
        await AuditWriter.AppendAsync(tx, actor, "program.registered", $"program {next.Code}", next.Details);
        tx.Touch("programs", $"program:{next.Id}");
        return (await ProgramStore.LoadAsync(tx, next.Id))!;
    }
}
