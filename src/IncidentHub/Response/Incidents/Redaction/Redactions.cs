using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Privacy removes what somebody wrote, with every copy that they may read: in other texts about the same subjects, in kept earlier states,
/// in the search, in the payloads of the audit log and in stored answers. A mark stays in its place, and the timeline says who removed it,
/// when and why.
/// </summary>
internal sealed class Redactions(
    Db db, TypedTexts typed, RedactionHolds holds, AuditRedactions audit, RestrictedReads reads, ISubjectVisibility subjects,
    RemovedText removed)
{
    private const int MaxTexts = 200;

    /// <summary>The texts and files that can be removed.</summary>
    /// <param name="find">Only the texts that have every word of this.</param>
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
                var own = (await ReadAsync(sql, found.Value, actor)).Rows.Where(found.Value.Owns).ToList();
                var isPrivileged = own.Exists(r => r.Table.StartsWith("Privileged", StringComparison.Ordinal));
                if (isPrivileged || await IncidentReader.AnyRestrictedAsync(sql, found.Value.Incidents))
                    reads.Note(actor, isPrivileged ? "privileged-part.read" : "texts.read", found.Value.Label, found.Value.AllAbout);
                var words = TextMatch.Words(find);
                var texts = typed.Of(own).Where(t => TextMatch.HasAll(words, t.Text)).ToList();
                return new RedactionPreview(found.Value.Label, [.. texts.Take(MaxTexts)
                    .Select(t => new RedactableText(t.Row.NameOf(t.Column), typed.NameOf(t.Row, t.Column), t.Text))],
                    Math.Max(0, texts.Count - MaxTexts), found.Value.Files);
            },
            ct);
    }

    /// <param name="chosen">Ids of texts from <see cref="PreviewAsync"/>.</param>
    /// <param name="files">Ids of files. Where neither texts nor files are named: all of the thing.</param>
    public async Task<Result<RedactedView>> RunAsync(IRedactable place, string code, IReadOnlyList<Guid>? chosen,
        IReadOnlyList<Guid>? files, string? reason, Actor actor, CancellationToken ct = default)
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
                if (await holds.OfTargetAsync(tx, target, actor) is { } held) return held;
                var written = await ReadAsync(tx, target, actor);
                var choice = RedactionChoice.Of(target, typed.Of(written.Rows.Where(target.Owns)), chosen, files);
                if (choice.Refusal is { } unknown) return unknown;
                var (texts, going) = choice.Value;
                if (texts.Count == 0 && going.Count == 0)
                    return Refusal.NotAllowed("redacted", $"Nothing of {target.Label} is left to remove.");
                delete = () => going.ToList().ForEach(f => target.DeleteFile!(f));
                return await RemoveAsync(tx, target, written, texts, going, reason!.Clean(), actor);
            },
            ct: ct);
        if (!result.IsOk) return result;
        delete?.Invoke();
        await removed.OverwriteAsync(ct);
        return result;
    }

    /// <summary>Removes texts in an open transaction, wherever they stand about the subjects.</summary>
    internal async Task<Result<RedactedView>> RemoveAsync(UnitOfWork tx, RedactionTarget target, WrittenTexts all,
        IReadOnlyCollection<string> texts, IReadOnlyList<Guid> files, string reason, Actor actor)
    {
        var (count, changed, retitled) = (0, new List<(string Table, string Key)>(), new List<Guid>());
        // Of one thing, a word or two may stand in others by chance: somebody else may have written «Done.», too.
        IReadOnlyCollection<string> elsewhere = target.IsOneThing ? [.. texts.Where(RedactedText.IsLong)] : texts;
        var (own, others) = (new RedactedText(texts), new RedactedText(elsewhere));
        var written = new HashSet<StoredRow>();
        foreach (var row in all.Stored)
        {
            var isOwn = target.IsOwn(row);
            var columns = row.Remove(isOwn ? own : others, isOwn);
            if (columns == 0) continue;
            count += columns;
            changed.Add((row.Table, row.Key));
            written.Add(row);
            // What has no version is saved with the one of its whole: who has the old text in a form must not write it back.
            if (RedactionPlaces.WholeOf(row, all.Stored) is { } whole) written.Add(whole);
            if (row.Table == "Incident") retitled.Add(Guid.Parse(row.Key));
        }
        var happened = new TextsRedacted(changed, target, files.Count, reason);
        var records = new RedactedRecords(target.AllAbout, target.Label, texts, elsewhere,
            [.. target.Entries, .. happened.KeysOf("TimelineEntry")], reason);
        var acts = AuditRedactions.Find(all.Acts, records);
        if (await holds.OfCopiesAsync(tx, target, written, acts) is { } held) return held;
        foreach (var row in written.OrderBy(r => RedactionPlaces.LockOrder(r.Table))) await StoredTexts.WriteAsync(tx, row);
        foreach (var id in retitled) await IncidentStore.RewriteWordsAsync(tx, id);
        if (files.Count > 0) await target.RemoveFilesAsync!(tx, files, actor);
        await audit.RemoveAsync(tx, acts, records, actor);
        await tx.RecordAsync(actor, RedactionHistory.Of(target, happened, written, count));
        return new RedactedView(count, files.Count, acts.Count);
    }

    /// <summary>
    /// What was written about the target, as far as the actor may read it. Nothing tells whether there is more: who may not read a text
    /// must not find out its words by redacting them elsewhere.
    /// </summary>
    internal async Task<WrittenTexts> ReadAsync(ISql sql, RedactionTarget target, Actor actor)
    {
        var stored = await StoredTexts.ReadAsync(sql, target.Subjects);
        var acts = await RecordedActs.ReadAsync(sql, target.AllAbout, target.Label, target.Since);
        var about = stored.SelectMany(r => r.Subjects).Concat(acts.SelectMany(a => a.Subjects)).ToHashSet();
        var visible = about.Count == 0 ? new Dictionary<Guid, string>() : await subjects.VisibleAsync(sql, about, actor);
        return new([.. stored.Where(r => r.Subjects.All(visible.ContainsKey))], [.. acts.Where(a => a.Subjects.All(visible.ContainsKey))]);
    }
}

/// <summary>Texts about a thing.</summary>
/// <param name="Acts">Rows of the audit log, of which the whole payload goes.</param>
internal sealed record WrittenTexts(IReadOnlyList<StoredRow> Stored, IReadOnlyList<RecordedAct> Acts)
{
    private IReadOnlyList<StoredRow>? _rows;

    /// <summary>With former texts that only the audit log has.</summary>
    public IReadOnlyList<StoredRow> Rows => _rows ??= [.. Stored, .. FormerTexts.Of(Acts)];
}
