using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Writes on the incident's timeline. An update answers the policy's update clock.</summary>
/// <param name="HappenedAt">When what it tells of happened; null: now.</param>
internal sealed record WriteNote(string Code, NoteKind Kind, string Body, DateTimeOffset? HappenedAt, bool Pinned = false);

internal sealed record NoteWrittenView(Guid Id, int Revision);

internal sealed class WriteNoteHandler(Db db, IncidentWork work)
{
    public Task<Result<NoteWrittenView>> HandleAsync(WriteNote c, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<NoteWrittenView>(
        async tx =>
        {
            var opened = await IncidentWork.OpenAsync(tx, c.Code, null, Act.WriteTimeline, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var state = opened.Value.State;
            if (state.Status == IncidentStatus.Merged)
                return Refusal.NotAllowed("merged", $"{state.Code} was merged into another incident. Continue there.");
            var outcome = NoteRules.Decide(null, new NoteCommand.Write(Guid.Empty, c.Kind, c.Body, c.HappenedAt), actor, tx.Now);
            if (outcome.Refusal is { } refused) return refused;
            var note = outcome.Value.Next;

            var id = OrderedId.Next(tx.Now);
            if (note.Kind == NoteKind.Update)
            {
                await tx.ExecuteAsync(
                    "Incident_SetUpdate", new
                    {
                        state.Id,
                        LastUpdateAt = tx.Now,
                        UpdateDueAt = await work.UpdateDueAsync(tx, state, tx.Now)
                    });
                tx.Touch("incidents");
            }
            await tx.RecordAsync(actor, new JournalEntry
            {
                Action = "timeline.note-written",
                Subject = $"incident {state.Code}",
                Detail = new { note.Kind },
                Timeline =
                [
                    new()
                    {
                        Id = id,
                        IncidentId = state.Id,
                        Kind = NoteWords.KindOf(note.Kind),
                        HappenedAt = note.HappenedAt,
                        Title = note.Kind.ToString(),
                        Body = note.Body,
                        Pinned = c.Pinned,
                    },
                ],
            });
            return new NoteWrittenView(id, note.Revision);
        },
        ct: ct);
}

/// <summary>How kinds of notes are called on the timeline.</summary>
internal static class NoteWords
{
    public static string KindOf(NoteKind kind) => kind.ToString().ToLowerInvariant();

    public static NoteKind? Read(string kind) => Enum.TryParse<NoteKind>(kind, ignoreCase: true, out var known)
        && kind == KindOf(known) ? known : null;
}
