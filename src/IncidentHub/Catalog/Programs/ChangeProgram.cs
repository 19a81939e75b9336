using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Options;

namespace IncidentHub.Catalog.Programs;

/// <summary>An edit or a launch of the program with this code.</summary>
/// <param name="Command"><see cref="EditProgram"/> or <see cref="LaunchProgram"/>; termination comes from a decision only.</param>
internal sealed record ChangeProgram(string Code, ProgramCommand Command, int? ExpectedVersion = null);

internal sealed class ChangeProgramHandler(Db db, ProgramPeople people, IOptions<SwitchLimits> limits)
{
    public async Task<Result<ProgramRecord>> HandleAsync(ChangeProgram change, Actor actor, CancellationToken ct = default)
    {
        if (change.Command is not (EditProgram or LaunchProgram))
            throw new ArgumentException("Only an edit or a launch is asked for here.", nameof(change));
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } denied) return denied;
        if (change.Command is EditProgram edit && await people.CheckAsync(edit.Details) is { } unknown) return unknown;
        return await db.WriteAsync<ProgramRecord>(async tx => await DecideAsync(tx, change, actor), ct: ct);
    }

    /// <summary>The same in a transaction that is open.</summary>
    internal async Task<Result<ProgramRecord>> DecideAsync(UnitOfWork tx, ChangeProgram change, Actor actor)
    {
        var record = await ProgramStore.LoadAsync(tx, change.Code);
        if (record is null) return Refusal.NotFound("The program");
        if (AccessTable.Deny(actor, Act.EditProgram, record.Relation(actor)) is { } denied) return denied;
        if (record.LastChange.Stale(record.State.Code, change.ExpectedVersion, record.State.Version) is { } stale) return stale;
        var outcome = ProgramRules.Decide(record.State, change.Command, tx.Now, limits.Value);
        if (outcome.Refusal is { } refused) return refused;
        var accepted = outcome.Value;
        if (accepted.Events.Count == 0) return record;

        var (title, what) = Tell(record.State.Code, accepted.Events[0]);
        if (!await ProgramStore.UpdateAsync(tx, record.State, accepted.Next, actor, what))
            throw new ConcurrencyConflictException(record.State.Code);
        await TimelineWriter.AppendAsync(
            tx, actor, new TimelineAppend
            {
                ProgramId = record.State.Id,
                Kind = accepted.Events[0] is ProgramLaunched ? "launched" : "edited",
                HappenedAt = tx.Now,
                Title = title
            });
        await AuditWriter.AppendAsync(tx, actor, accepted.Events[0] is ProgramLaunched ? "program.launched" : "program.edited",
            $"program {record.State.Code}", accepted.Events[0]);
        tx.Touch("programs", $"program:{record.State.Id}");
        // What may be collected changed: permits judged by the old record are not renewed.
        if (accepted.Events[0] is ProgramLaunched or ProgramEdited { ScopeChanged: true })
            await tx.RaiseAsync(new ProgramScopeChanged(record.State.Id), actor);
        return (await ProgramStore.LoadAsync(tx, record.State.Id))!;
    }

    private static (string Title, string What) Tell(string code, DomainEvent happened) => happened switch
    {
        ProgramEdited edited => ($"Record edited: {Fields(edited)}", Fields(edited)),
        ProgramLaunched => ($"{code} went live", "launched"),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No such event."),
    };

    private static string Fields(ProgramEdited edited) => string.Join(", ", edited.Changes.Select(c => FieldNames.Words(c.Field)));
}

/// <summary>Field names as people read them.</summary>
internal static class FieldNames
{
    /// <summary><c>lawfulBasis</c> → «lawful basis».</summary>
    public static string Words(string field) =>
        string.Concat(field.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
