using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>A note on an incident's timeline.</summary>
/// <param name="HappenedAt">When the described event happened; null: now.</param>
internal sealed record WriteNote(NoteKind Kind, string Body, DateTimeOffset? HappenedAt = null, bool Pinned = false);

internal sealed record NoteWrittenView(Guid Id, int Revision);

/// <summary>
/// Notes on an incident's timeline, and pins. They have their own flow: an entry that cannot be revised is distinguished from one that does
/// not exist, and a note does not change the incident's version.
/// </summary>
internal sealed class NoteCommands(Db db, IncidentCommands incidents, TimelineReader timelines)
{
    private static readonly Refusal NoSuchEntry = Refusal.NotFound("The timeline entry");

    /// <summary>Adds a note to the timeline.</summary>
    public Task<Result<NoteWrittenView>> WriteAsync(string code, WriteNote note, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<NoteWrittenView>(tx => WriteAsync(tx, code, note, actor), ct: ct);

    /// <summary>The same in an open transaction.</summary>
    internal Task<Result<NoteWrittenView>> WriteAsync(UnitOfWork tx, string code, WriteNote note, Actor actor) =>
        WriteAsync(tx, code, (_, id) => new NoteCommand.Write(id, note.Kind, note.Body, note.HappenedAt), note.Pinned, actor);

    /// <summary>Sends an update: it resets the policy's update clock, and says so where it is late.</summary>
    public Task<Result<NoteWrittenView>> SendUpdateAsync(string code, UpdateText text, bool pinned, Actor actor,
        CancellationToken ct = default) => db.WriteAsync<NoteWrittenView>(tx => SendUpdateAsync(tx, code, text, pinned, actor), ct: ct);

    /// <summary>The same in an open transaction.</summary>
    internal Task<Result<NoteWrittenView>> SendUpdateAsync(UnitOfWork tx, string code, UpdateText text, bool pinned, Actor actor) =>
        WriteAsync(tx, code, (incident, id) => new NoteCommand.SendUpdate(id, text, incident.UpdateDueAt), pinned, actor);

    private async Task<Result<NoteWrittenView>> WriteAsync(
        UnitOfWork tx, string code, Func<IncidentRecord, Guid, NoteCommand> command, bool pinned, Actor actor)
    {
        var opened = await incidents.OpenAsync(tx, code, Act.WriteTimeline, null, actor);
        if (!opened.IsOk) return opened.Refusal!;
        var incident = opened.Value.State;
        if (incident.Status == IncidentStatus.Merged)
            return Refusal.NotAllowed("merged", $"{incident.Code} was merged into another incident. Continue there.");
        var outcome = NoteRules.Decide(null, command(opened.Value, OrderedId.Next(tx.Now)), actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        if (next.Kind == NoteKind.Update)
        {
            var due = await incidents.UpdateDueAsync(tx, incident, tx.Now);
            await tx.ExecuteAsync("Incident_SetUpdate", new { incident.Id, LastUpdateAt = tx.Now, UpdateDueAt = due });
            await IncidentStore.RecordRevisionAsync(tx, incident.Id);
        }
        foreach (var happened in events) await tx.RecordAsync(actor, NoteHistory.Of(incident, next, happened, pinned));
        return new NoteWrittenView(next.Id, next.Revision);
    }

    /// <summary>Revises a note; the text that it replaces is kept.</summary>
    public Task<Result<NoteWrittenView>> ReviseAsync(string code, Guid entryId, string body, int? expectedRevision, Actor actor,
        CancellationToken ct = default) => ReviseAsync(code, entryId, new NoteCommand.Revise(body), expectedRevision, actor, ct);

    /// <summary>Revises an update; the text that it replaces is kept, and the clock stays.</summary>
    public Task<Result<NoteWrittenView>> ReviseUpdateAsync(string code, Guid entryId, UpdateText text, int? expectedRevision, Actor actor,
        CancellationToken ct = default) => ReviseAsync(code, entryId, new NoteCommand.ReviseUpdate(text), expectedRevision, actor, ct);

    private Task<Result<NoteWrittenView>> ReviseAsync(string code, Guid entryId, NoteCommand command, int? expectedRevision, Actor actor,
        CancellationToken ct) => db.WriteAsync<NoteWrittenView>(
        async tx =>
        {
            var opened = await incidents.OpenAsync(tx, code, Act.WriteTimeline, null, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var incident = opened.Value.State;
            if (await timelines.FindAsync(tx, incident.Id, entryId, actor) is not { } entry) return NoSuchEntry;
            if (NoteWords.Read(entry.Kind) is not { } kind)
                return Refusal.NotAllowed(
                    "not_a_note", "Entries that the hub recorded cannot be revised. Write a note about them instead.");
            if (entry.Redacted is not null)
                return Refusal.NotAllowed("redacted", "The note was redacted and cannot be revised. Write a new note instead.");
            if (expectedRevision is { } expected && expected != entry.Revision)
                return Refusal.Stale(
                    $"The note was revised in the meantime and is at revision {entry.Revision}. Your text was not saved. Load the current "
                        + $"version, then try again.");
            var before = new NoteState(entry.Id, kind, entry.Body ?? "", entry.HappenedAt, entry.ActorId, entry.Revision);
            var outcome = NoteRules.Decide(before, command, actor, tx.Now);
            if (outcome.Refusal is { } refused) return refused;
            var (next, events) = outcome.Value;
            if (events.Count == 0) return new NoteWrittenView(next.Id, next.Revision);

            await tx.ExecuteAsync("Timeline_KeepRevision", new { next.Id, RevisedAt = tx.Now, ActorId = actor.Id, ActorName = actor.Name });
            if (await tx.ExecuteAsync("Timeline_Revise", new { next.Id, next.Body, next.Revision }) == 0)
                throw new ConcurrencyConflictException("The note");
            foreach (var happened in events) await tx.RecordAsync(actor, NoteHistory.Of(incident, next, happened));
            return new NoteWrittenView(next.Id, next.Revision);
        },
        ct: ct);

    /// <summary>Pins an entry above the timeline, or removes the pin.</summary>
    public Task<Result<Done>> PinAsync(string code, Guid entryId, bool pinned, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<Done>(
        async tx =>
        {
            var opened = await incidents.OpenAsync(tx, code, Act.WriteTimeline, null, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var incident = opened.Value.State;
            if (await tx.ExecuteAsync("Timeline_Pin", new { Id = entryId, IncidentId = incident.Id, IsPinned = pinned }) == 0)
                return NoSuchEntry;
            await tx.RecordAsync(actor, NoteHistory.OfPin(incident, entryId, pinned));
            return default(Done);
        },
        ct: ct);
}

/// <summary>The names of the kinds of notes on the timeline.</summary>
internal static class NoteWords
{
    public static string KindOf(NoteKind kind) => kind.ToString().ToLowerInvariant();

    public static NoteKind? Read(string kind) => Codes.TryRead<NoteKind>(kind, out var known) ? known : null;
}
