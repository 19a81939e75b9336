using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>What a redaction removed.</summary>
/// <param name="Records">Rows of the audit log that lost their payload.</param>
internal sealed record RedactedView(int Entries, int Records);

/// <summary>
/// Privacy removes a note, in every revision, or an incident's summary: from the timeline, from the incident, from the search, and from
/// the payloads of the audit log. What remains says who removed it, when and why. Under a legal hold nothing is removed.
/// </summary>
internal sealed class RedactCommands(Db db, IncidentCommands incidents, TimelineReader timelines, IIncidentHolds holds,
    AuditRedactions audit, RemovedText removed)
{
    public Task<Result<RedactedView>> EntryAsync(string code, Guid entryId, string? reason, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, reason, actor, async (tx, incident) =>
        {
            if (await timelines.FindAsync(tx, incident.Id, entryId, actor) is not { } entry) return Refusal.NotFound("The timeline entry");
            if (entry.Redacted is { } before)
                return Refusal.NotAllowed("redacted", $"{before.By} has redacted this entry already. Nothing is left to remove.");
            if (NoteWords.Read(entry.Kind) is null)
                return Refusal.NotAllowed("not_a_note", "Its text also stands where it comes from. Notes can be redacted here, and the "
                    + "incident's summary on its own.");
            var texts = (await tx.QueryAsync<NoteRevisionView>("Timeline_Revisions", new { Id = entryId })).Select(r => r.Body)
                .Append(entry.Body).OfType<string>().ToHashSet();
            return new Found([entryId], texts, "timeline.note-redacted", new { Entry = entryId, Reason = reason!.Clean() });
        }, ct);

    public Task<Result<RedactedView>> SummaryAsync(string code, string? reason, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, reason, actor, async (tx, incident) =>
        {
            var entries = await tx.QueryAsync<DetailRow>("Timeline_Details", new { IncidentId = incident.Id });
            var texts = entries.Select(e => e.Body).Append(incident.Summary).Where(t => !string.IsNullOrEmpty(t)).OfType<string>()
                .ToHashSet();
            if (texts.Count == 0) return Refusal.NotAllowed("no_summary", "The incident has no summary. Nothing is left to remove.");
            return new Found([.. entries.Select(e => e.Id)], texts, "incident.summary-redacted", new { Reason = reason!.Clean() });
        }, ct);

    private async Task<Result<RedactedView>> RunAsync(string code, string? reason, Actor actor,
        Func<UnitOfWork, IncidentState, Task<Result<Found>>> find, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.Redact) is { } denied) return denied;
        if (new Validation().Text(reason, "reason", IncidentRules.MaxReason).ToRefusal() is { } invalid) return invalid;
        var result = await db.WriteAsync<RedactedView>(async tx =>
        {
            var opened = await incidents.OpenAsync(tx, code, Act.Redact, null, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var incident = opened.Value.State;
            var found = await find(tx, incident);
            if (!found.IsOk) return found.Refusal!;
            if ((await holds.OfIncidentAsync(tx, incident.Id)).Any(h => h.Stands))
                return Refusal.NotAllowed("legal_hold", $"A legal hold covers {incident.Code}: nothing of it is removed. Privacy and "
                    + "counsel release holds; redact afterwards.");
            return await RemoveAsync(tx, opened.Value, found.Value, reason!.Clean(), actor);
        }, ct: ct);
        if (result.IsOk) await removed.OverwriteAsync(ct);
        return result;
    }

    private async Task<RedactedView> RemoveAsync(UnitOfWork tx, IncidentRecord incident, Found found, string reason, Actor actor)
    {
        var state = incident.State;
        await RemovedText.OverwriteFromNowAsync(tx);
        foreach (var id in found.Entries)
        {
            await tx.ExecuteAsync("Timeline_Redact", new { Id = id, tx.Now, ByName = actor.Name, Reason = reason });
            await tx.ExecuteAsync("Timeline_RedactRevisions", new { Id = id });
        }
        if (found.Texts.Contains(state.Summary)
            && !await IncidentStore.SaveAsync(tx, state, state with { Summary = "" }, incident.LastUpdateAt, incident.UpdateDueAt, actor,
                "Summary redacted")) throw new ConcurrencyConflictException(state.Code);
        var records = await audit.RedactAsync(tx, state.Id, state.Timestamps.Declared, found.Texts, found.Entries, reason, actor);
        await tx.RecordAsync(actor, new JournalEntry
        {
            Action = found.Action,
            Subject = $"incident {state.Code}",
            About = [state.Id],
            Detail = found.Detail,
            Topics = [$"incident:{state.Id}", "incidents"],
        });
        return new(found.Entries.Count, records);
    }

    private sealed record Found(IReadOnlyList<Guid> Entries, HashSet<string> Texts, string Action, object Detail);

    private sealed record DetailRow
    {
        public required Guid Id { get; init; }
        public required string? Body { get; init; }
    }
}
