using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Privacy removes a note, in every revision: from the timeline, from the search, and from the payloads of the audit log. What remains
/// says who removed it, when and why. Under a legal hold nothing is removed.
/// </summary>
internal sealed class RedactCommands(Db db, IncidentCommands incidents, TimelineReader timelines, IIncidentHolds holds,
    Redactions redactions, RemovedText removed)
{
    public async Task<Result<RedactedView>> EntryAsync(
        string code, Guid entryId, string? reason, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.Redact) is { } denied) return denied;
        if (new Validation().Text(reason, "reason", IncidentRules.MaxReason).ToRefusal() is { } invalid) return invalid;
        var result = await db.WriteAsync<RedactedView>(tx => EntryAsync(tx, code, entryId, reason!.Clean(), actor), ct: ct);
        if (result.IsOk) await removed.OverwriteAsync(ct);
        return result;
    }

    /// <summary>The same in an open transaction.</summary>
    internal async Task<Result<RedactedView>> EntryAsync(UnitOfWork tx, string code, Guid entryId, string reason, Actor actor)
    {
        var opened = await incidents.OpenAsync(tx, code, Act.Redact, null, actor);
        if (!opened.IsOk) return opened.Refusal!;
        var incident = opened.Value.State;
        var texts = await TextsAsync(tx, incident, entryId, actor);
        if (!texts.IsOk) return texts.Refusal!;
        if ((await holds.OfIncidentAsync(tx, incident.Id)).Any(h => h.Stands))
        {
            return Refusal.NotAllowed("legal_hold", $"A legal hold covers {incident.Code}: nothing of it is removed. Privacy and "
                + "counsel release holds; redact afterwards.");
        }
        return await RemoveAsync(tx, incident, entryId, texts.Value, reason, actor);
    }

    private async Task<Result<HashSet<string>>> TextsAsync(UnitOfWork tx, IncidentState incident, Guid entryId, Actor actor)
    {
        if (await timelines.FindAsync(tx, incident.Id, entryId, actor) is not { } entry) return Refusal.NotFound("The timeline entry");
        if (entry.Redacted is { } before)
            return Refusal.NotAllowed("redacted", $"{before.By} has redacted this entry already. Nothing is left to remove.");
        if (NoteWords.Read(entry.Kind) is null)
            return Refusal.NotAllowed("not_a_note", "The hub wrote this entry. What somebody typed stands where it comes from: choose it "
                + $"from the texts of {incident.Code}.");
        return (await tx.QueryAsync<NoteRevisionView>("Timeline_Revisions", new { Id = entryId })).Select(r => r.Body)
            .Append(entry.Body).OfType<string>().ToHashSet();
    }

    private async Task<Result<RedactedView>> RemoveAsync(
        UnitOfWork tx, IncidentState incident, Guid entryId, HashSet<string> texts, string reason, Actor actor)
    {
        await tx.ExecuteAsync("Timeline_Redact", new { Id = entryId, tx.Now, ByName = actor.Name, Reason = reason });
        await tx.ExecuteAsync("Timeline_RedactRevisions", new { Id = entryId });
        var target = IncidentRedactable.Target(incident, row => row.IsOf(entryId)) with
        {
            Label = $"a note of {incident.Code}",
            Action = "timeline.note-redacted",
            IsQuiet = true,
            IsOneThing = true,
            Entries = [entryId],
        };
        return await redactions.RemoveAsync(tx, target, await redactions.ReadAsync(tx, target, actor), texts, [], reason, actor);
    }
}
