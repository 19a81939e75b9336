using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>Records a promise made about the program.</summary>
internal sealed record RecordPromise(string ProgramCode, string Text, string Source, DateOnly? PromisedOn);

/// <summary>Says what a look at a safeguard found.</summary>
/// <param name="Number">Its place in the program's list, from 1.</param>
internal sealed record CheckPromise(string ProgramCode, int Number, bool Holds, string Evidence, int? ExpectedVersion = null);

internal sealed class SafeguardHandler(Db db)
{
    private const int MaxPromises = 50;

    public async Task<Result<SafeguardRecord>> HandleAsync(RecordPromise command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } denied) return denied;
        return await db.WriteAsync<SafeguardRecord>(tx => RecordAsync(tx, command, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open.</summary>
    internal static async Task<Result<SafeguardRecord>> RecordAsync(UnitOfWork tx, RecordPromise command, Actor actor)
    {
        var (program, refusal) = await OpenAsync(tx, command.ProgramCode, Act.EditProgram, actor);
        if (refusal is not null) return refusal;
        var standing = await SafeguardStore.OfProgramAsync(tx, program!.State.Id);
        if (standing.Count >= MaxPromises) return Refusal.NotAllowed("too_many", $"A program has at most {MaxPromises} safeguards.");
        var outcome = SafeguardRules.Decide(null, new AddSafeguard(OrderedId.Next(tx.Now), program.State.Id, command.Text, command.Source,
            command.PromisedOn), tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var next = outcome.Value.Next;
        await SafeguardStore.InsertAsync(tx, next, standing.Count + 1);
        await TellAsync(tx, actor, program, "safeguard.recorded", "Safeguard recorded", next);
        return new SafeguardRecord(next, standing.Count + 1, null);
    }

    public async Task<Result<SafeguardRecord>> HandleAsync(CheckPromise command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } denied) return denied;
        return await db.WriteAsync<SafeguardRecord>(tx => CheckAsync(tx, command, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open.</summary>
    internal static async Task<Result<SafeguardRecord>> CheckAsync(UnitOfWork tx, CheckPromise command, Actor actor)
    {
        var (program, refusal) = await OpenAsync(tx, command.ProgramCode, Act.VerifySafeguard, actor);
        if (refusal is not null) return refusal;
        var record = (await SafeguardStore.OfProgramAsync(tx, program!.State.Id)).FirstOrDefault(s => s.Ordinal == command.Number);
        if (record is null) return Refusal.NotFound("The safeguard");
        if (command.ExpectedVersion is { } expected && expected != record.State.Version)
        {
            return Refusal.Stale(
                $"{record.CheckedByName ?? "Another person"} verified this safeguard in the meantime. Your result was not saved. Load the "
                    + $"current version, then try again.", ["status", "evidence"]);
        }
        var outcome = SafeguardRules.Decide(record.State, new VerifySafeguard(command.Holds, command.Evidence, actor.Id), tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var next = outcome.Value.Next;
        if (!await SafeguardStore.UpdateAsync(tx, record.State, next)) throw new ConcurrencyConflictException("The safeguard");
        await TellAsync(tx, actor, program, "safeguard.verified", command.Holds ? "Safeguard verified" : "Safeguard found broken", next);
        return new SafeguardRecord(next, record.Ordinal, actor.Name);
    }

    private static async Task<(ProgramRecord? Program, Refusal? Refusal)> OpenAsync(UnitOfWork tx, string code, Act act, Actor actor)
    {
        var program = await ProgramStore.LoadAsync(tx, code);
        if (program is null) return (null, Refusal.NotFound("The program"));
        return (program, AccessTable.Deny(actor, act, program.Relation(actor)));
    }

    private static async Task TellAsync(UnitOfWork tx, Actor actor, ProgramRecord program, string act, string title,
        SafeguardState safeguard)
    {
        await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
        {
            ProgramId = program.State.Id,
            Kind = "safeguard",
            HappenedAt = tx.Now,
            Title = title,
            Body = safeguard.Evidence is null
                ? safeguard.Text : $"{safeguard.Text}\n{safeguard.Evidence}",
        });
        await AuditWriter.AppendAsync(tx, actor, act, $"program {program.State.Code}",
            new { safeguard.Text, safeguard.Source, safeguard.Status, safeguard.Evidence });
        tx.Touch("programs", $"program:{program.State.Id}");
    }
}
