using IncidentHub.Domain.Access;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Revises a note; the text that it replaces is kept.</summary>
internal sealed record ReviseNote(string Code, Guid EntryId, string Body, int? ExpectedRevision);

/// <summary>Pins an entry above the timeline, or takes the pin away.</summary>
internal sealed record PinEntry(string Code, Guid EntryId, bool Pinned);

/// <summary>An earlier text of a note, with who replaced it and when.</summary>
internal sealed record NoteRevisionView
{
    public required int Revision { get; init; }
    public required string? Body { get; init; }
    public required DateTimeOffset RevisedAt { get; init; }
    public required string RevisedBy { get; init; }
}

internal sealed class ReviseNoteHandler(Db db, TimelineReader timelines)
{
    private static readonly Refusal NoSuchEntry = Refusal.NotFound("The timeline entry");

    public Task<Result<NoteWrittenView>> HandleAsync(ReviseNote c, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<NoteWrittenView>(
        async tx =>
        {
            var opened = await IncidentWork.OpenAsync(tx, c.Code, null, Act.WriteTimeline, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var incident = opened.Value.State;
            if (await timelines.FindAsync(tx, incident.Id, c.EntryId, actor) is not { } entry) return NoSuchEntry;
            if (NoteWords.Read(entry.Kind) is not { } kind)
                return Refusal.NotAllowed(
                    "not_a_note", "Entries that the hub recorded cannot be revised. Write a note about them instead.");
            if (c.ExpectedRevision is { } expected && expected != entry.Revision)
                return Refusal.Stale(
                $"The note was revised in the meantime and is at revision {entry.Revision}. Your text was not saved. Load the current "
                    + $"version, then try again.");
            var before = new NoteState(entry.Id, kind, entry.Body ?? "", entry.HappenedAt, entry.ActorId, entry.Revision);
            var outcome = NoteRules.Decide(before, new NoteCommand.Revise(c.Body), actor, tx.Now);
            if (outcome.Refusal is { } refused) return refused;
            var (next, events) = outcome.Value;
            if (events.Count == 0) return new NoteWrittenView(next.Id, next.Revision);

            await tx.ExecuteAsync("Timeline_KeepRevision", new { next.Id, RevisedAt = tx.Now, ActorId = actor.Id, ActorName = actor.Name });
            if (await tx.ExecuteAsync("Timeline_Revise", new { next.Id, next.Body, next.Revision }) == 0)
                throw new ConcurrencyConflictException("The note");
            await AuditWriter.AppendAsync(tx, actor, "timeline.note-revised", $"incident {incident.Code}",
                new { Entry = next.Id, next.Revision });
            tx.Touch($"incident:{incident.Id}");
            return new NoteWrittenView(next.Id, next.Revision);
        },
        ct: ct);

    public Task<Result<Done>> HandleAsync(PinEntry c, Actor actor, CancellationToken ct = default) => db.WriteAsync<Done>(
        async tx =>
        {
            var opened = await IncidentWork.OpenAsync(tx, c.Code, null, Act.WriteTimeline, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var incident = opened.Value.State;
            if (await tx.ExecuteAsync("Timeline_Pin", new { Id = c.EntryId, IncidentId = incident.Id, IsPinned = c.Pinned }) == 0)
                return NoSuchEntry;
            await AuditWriter.AppendAsync(tx, actor, c.Pinned ? "timeline.pinned" : "timeline.unpinned", $"incident {incident.Code}",
                new { Entry = c.EntryId });
            tx.Touch($"incident:{incident.Id}");
            return default(Done);
        },
        ct: ct);
}
