using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Privacy removes what somebody wrote, with every copy: in other texts about the same subjects, in kept earlier states, in the search, in
/// the payloads of the audit log and in stored answers. A mark stays in its place, and the timeline says who removed it, when and why.
/// </summary>
internal sealed class Redactions(
    Db db, IIncidentHolds holds, IEnumerable<ISharedThings> shared, IPurgeGuard guard, AuditRedactions audit, RestrictedReads reads,
    RemovedText removed)
{
    private const int MaxTexts = 200;

    /// <summary>The texts that can be removed.</summary>
    /// <param name="find">Only those that have every word of this.</param>
    public async Task<Result<RedactionPreview>> PreviewAsync(
        IRedactable place, string code, string? find, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.Redact) is { } denied) return denied;
        if (find?.Length > TextMatch.MaxQuery) return Refusal.Invalid("q", $"At most {TextMatch.MaxQuery} characters.");
        return await db.ReadAsync<Result<RedactionPreview>>(
            async sql =>
            {
                var found = await place.FindAsync(sql, code, actor);
                if (!found.IsOk) return found.Refusal!;
                var rows = await ReadAsync(sql, found.Value);
                var isPrivileged = rows.Any(r => r.Table.StartsWith("Privileged", StringComparison.Ordinal) && found.Value.Owns(r));
                if (isPrivileged || await IncidentReader.AnyRestrictedAsync(sql, found.Value.Incidents))
                    reads.Note(actor, isPrivileged ? "privileged-part.read" : "texts.read", found.Value.Label, found.Value.AllAbout);
                var words = TextMatch.Words(find);
                var texts = RedactionPlaces.Texts(rows.Where(found.Value.Owns)).Where(t => TextMatch.HasAll(words, t.Text)).ToList();
                return new RedactionPreview(found.Value.Label, [.. texts.Take(MaxTexts)
                    .Select(t => new RedactableText(t.Row.NameOf(t.Column), RedactionPlaces.Name(t.Row, t.Column), t.Text))],
                    Math.Max(0, texts.Count - MaxTexts), found.Value.Files);
            },
            ct);
    }

    /// <param name="chosen">Ids of texts from <see cref="PreviewAsync"/>; null: all of the thing, with its files.</param>
    public async Task<Result<RedactedView>> RunAsync(
        IRedactable place, string code, IReadOnlyList<Guid>? chosen, string? reason, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.Redact) is { } denied) return denied;
        if (new Validation().Text(reason, "reason", IncidentRules.MaxReason)
            .Check(chosen is not { Count: > MaxTexts }, "texts", $"At most {MaxTexts} texts at once.").ToRefusal() is { } invalid)
            return invalid;
        Action? delete = null;
        var result = await db.WriteAsync<RedactedView>(
            async tx =>
            {
                var found = await place.FindAsync(tx, code, actor);
                if (!found.IsOk) return found.Refusal!;
                var target = found.Value;
                if (await HoldAsync(tx, target, actor) is { } held) return held;
                var rows = await ReadAsync(tx, target);
                var texts = Choose(target, rows, chosen, out var unknown);
                if (unknown is not null) return Refusal.Invalid("texts", unknown);
                var files = chosen is null ? target.Files.Count : 0;
                if (texts.Count == 0 && files == 0)
                    return Refusal.NotAllowed("redacted", $"Nothing of {target.Label} is left to remove.");
                delete = files > 0 ? target.DeleteFiles : null;
                return await RemoveAsync(tx, target, rows, texts, files, reason!.Clean(), actor);
            },
            ct: ct);
        if (!result.IsOk) return result;
        delete?.Invoke();
        await removed.OverwriteAsync(ct);
        return result;
    }

    /// <summary>Removes texts in an open transaction, wherever they stand about the subjects.</summary>
    internal async Task<Result<RedactedView>> RemoveAsync(UnitOfWork tx, RedactionTarget target, IReadOnlyList<StoredRow> rows,
        IReadOnlyCollection<string> texts, int files, string reason, Actor actor)
    {
        var (count, changed, retitled) = (0, new List<(string Table, string Key)>(), new List<Guid>());
        // Of one thing, a word or two may stand in others by chance: somebody else may have written «Done.», too.
        IReadOnlyCollection<string> elsewhere = target.IsOneThing ? [.. texts.Where(RedactedText.IsLong)] : texts;
        // Of records in the audit log, the whole payload goes.
        var stored = rows.Where(r => r.Table != FormerTexts.Table).ToList();
        var written = new HashSet<StoredRow>();
        foreach (var row in stored)
        {
            var isOwn = target.IsOwn(row);
            var columns = row.Remove(isOwn ? texts : elsewhere, isOwn);
            if (columns == 0) continue;
            count += columns;
            changed.Add((row.Table, row.Key));
            written.Add(row);
            // What has no version is saved with the one of its whole: who has the old text in a form must not write it back.
            if (RedactionPlaces.WholeOf(row, stored) is { } whole) written.Add(whole);
            if (row.Table == "Incident") retitled.Add(Guid.Parse(row.Key));
        }
        // Copies may stand in what several incidents share.
        HashSet<Guid> held = [.. target.Incidents, .. written.Select(r => Guid.Parse(r.Key))];
        foreach (var things in shared) held.UnionWith(await things.IncidentsOfAsync(tx, held));
        if (await holds.CoverAnyAsync(tx, held))
        {
            return Refusal.NotAllowed("legal_hold", $"A legal hold covers another incident, in whose records this text of {target.Label} "
                + "stands, too: nothing is removed. Privacy and counsel release holds; redact afterwards.");
        }
        foreach (var row in written.OrderBy(r => RedactionPlaces.LockOrder(r.Table))) await StoredTexts.WriteAsync(tx, row);
        foreach (var id in retitled) await IncidentStore.RewriteWordsAsync(tx, id);
        if (files > 0 && target.RemoveFilesAsync is { } removeFiles) await removeFiles(tx, actor);
        var records = await audit.RedactAsync(tx, new(target.AllAbout, target.Label, target.Since, texts, elsewhere,
            [.. target.Entries, .. new TextsRedacted(changed).KeysOf("TimelineEntry")], reason), actor);
        await tx.RecordAsync(actor, new JournalEntry
        {
            Action = target.Action,
            Subject = target.Label,
            About = target.AllAbout,
            Detail = new { Reason = reason, Texts = count, Files = files, Entry = target.Entries.Select(e => (Guid?)e).FirstOrDefault() },
            Timeline = target.IsQuiet ? [] : [.. target.Incidents.Select(id => new TimelineEntry
            {
                IncidentId = id,
                Kind = "redaction",
                Title = target.Title ?? $"Redacted: {target.Label}",
                Body = reason,
                Data = new { Texts = count, Files = files },
                About = [.. target.Incidents.Where(other => other != id)],
            })],
            Topics = [.. target.Topics],
            SubjectTopics = [.. target.Incidents.Select(id => new SubjectTopics([id],
                "incidents", "tasks", "decisions", "statements", "notices", "obligations", $"incident:{id}"))],
            Events = [new TextsRedacted(changed)],
        });
        return new RedactedView(count, files, records);
    }

    /// <summary>All that was written about the target, former texts that only the audit log has included.</summary>
    internal static async Task<IReadOnlyList<StoredRow>> ReadAsync(ISql sql, RedactionTarget target) =>
        [.. await StoredTexts.ReadAsync(sql, target.Subjects),
            .. await FormerTexts.ReadAsync(sql, target.AllAbout, target.Label, target.Since)];

    private async Task<Refusal?> HoldAsync(UnitOfWork tx, RedactionTarget target, Actor actor)
    {
        foreach (var id in target.Incidents)
        {
            if ((await holds.OfIncidentAsync(tx, id)).Any(h => h.Stands)) return Held("the incident");
        }
        return target is { Incidents.Count: 0, ProgramId: { } program } && await guard.FindHoldAsync(tx, actor, program) is not null
            ? Held("the program") : null;

        Refusal Held(string what) => Refusal.NotAllowed("legal_hold", $"A legal hold covers {what}: nothing of {target.Label} is removed. "
            + "Privacy and counsel release holds; redact afterwards.");
    }

    private static HashSet<string> Choose(
        RedactionTarget target, IReadOnlyList<StoredRow> rows, IReadOnlyList<Guid>? chosen, out string? unknown)
    {
        unknown = null;
        var own = RedactionPlaces.Texts(rows.Where(target.Owns));
        if (chosen is null) return [.. own.Where(t => target.ByDefault(t.Row, t.Column)).Select(t => t.Text)];
        var known = own.ToLookup(t => t.Row.NameOf(t.Column), t => t.Text);
        if (chosen.Count == 0) unknown = "Choose what is to be removed.";
        else if (chosen.Any(id => !known.Contains(id)))
            unknown = $"One of these is not a text of {target.Label}, or it was removed already. Read the list again.";
        return unknown is not null ? [] : [.. chosen.SelectMany(id => known[id])];
    }
}
