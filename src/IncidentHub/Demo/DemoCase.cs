using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Demo;

/// <summary>
/// One closed incident while it is replayed: each step runs the rules, saves and records as commands do. It places no pauses: those with
/// pauses and decisions are in <see cref="DemoPauses"/>.
/// </summary>
internal sealed class DemoCase(FlagCommands flags)
{
    private IncidentState _state = null!;

    public string? FlagCode { get; set; }

    public async Task DeclareAsync(UnitOfWork tx, IncidentCommand.Declare declare, Actor actor)
    {
        var number = await Counters.NextAsync(tx, IncidentCommands.CounterName);
        var code = IncidentCode.Open(number);
        var id = OrderedId.Next(tx.Now);
        var flag = FlagCode is null ? null : DemoScript.Must(await flags.MarkDeclaredAsync(tx, FlagCode, id, code, actor));
        var (next, events) =
            IncidentRules.Decide(
            null, declare with { Id = id, Code = code, Flagged = flag?.FlaggedAt, Acknowledged = flag?.AcknowledgedAt },
            actor, tx.Now).Value;
        await IncidentStore.InsertAsync(tx, next, number, flag?.Id, null, actor);
        foreach (var happened in events) await tx.RecordAsync(actor, IncidentHistory.Of(next, happened));
        _state = next;
    }

    public async Task StepAsync(UnitOfWork tx, IncidentCommand command, Actor actor)
    {
        var (next, events) = IncidentRules.Decide(_state, command, actor, tx.Now).Value;
        await SaveAsync(tx, next, actor, IncidentHistory.Summary(events));
        foreach (var happened in events) await tx.RecordAsync(actor, IncidentHistory.Of(next, happened));
    }

    /// <summary>The timestamps that the switch would have recorded.</summary>
    public async Task RecordTimestampAsync(UnitOfWork tx, TimestampKind timestamp, string title, string? body)
    {
        await SaveAsync(tx, TimestampRules.With(_state, timestamp, _state.Current.Number, tx.Now), Actor.System, title);
        await tx.RecordAsync(Actor.System, new JournalEntry
        {
            Action = "incident.timestamp-recorded",
            Subject = $"incident {_state.Code}",
            Detail = new { Timestamp = timestamp, At = tx.Now },
            Timeline =
            [
                new() { IncidentId = _state.Id, Kind = timestamp == TimestampKind.PauseOrdered ? "pause" : "stopped",
                    Title = title, Body = body },
            ],
        });
    }

    public Task NoteAsync(UnitOfWork tx, string text, Actor actor) => tx.RecordAsync(actor, NoteHistory.Of(
        _state, new NoteState(OrderedId.Next(tx.Now), NoteKind.Note, text, tx.Now, actor.Id), new NoteWritten(NoteKind.Note)));

    private async Task SaveAsync(UnitOfWork tx, IncidentState next, Actor actor, string what)
    {
        if (!await IncidentStore.SaveAsync(tx, _state, next, null, null, actor, what))
            throw new InvalidOperationException($"{next.Code} was changed by another writer while the demo story was loaded.");
        _state = next;
    }
}
