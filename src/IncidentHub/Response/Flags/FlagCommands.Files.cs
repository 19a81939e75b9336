using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Evidence;

namespace IncidentHub.Response.Flags;

/// <remarks>The files of reporters: taken in before the command that records them, handed out to triage and their own reporter.</remarks>
internal sealed partial class FlagCommands
{
    /// <summary>Takes the files in, runs the command with them, and removes those that it did not record.</summary>
    public async Task<Result<T>> WithFilesAsync<T>(
        IReadOnlyList<Stream> sent, Func<IReadOnlyList<FlagAttachment>, Task<Result<T>>> run, CancellationToken ct = default)
    {
        if (sent.Count == 0) return await run([]);
        if (sent.Count > FlagRules.MaxFilesAtOnce) return Refusal.Invalid("file", FlagRules.TooManyAtOnce);
        var taken = await files.TakeAsync(sent, ct);
        if (!taken.IsOk) return taken.Refusal!;
        try
        {
            return await run(taken.Value);
        }
        finally
        {
            // Also where the commit failed without an answer.
            var known = await Db.ReadAsync(sql => files.KnownAsync(sql, [.. taken.Value.Select(f => f.Id)]), CancellationToken.None);
            foreach (var file in taken.Value.Where(f => !known.Contains(f.Id))) files.Delete(file);
        }
    }

    /// <summary>
    /// Whether the actor may attach a file: only the reporter of a flag that is not anonymous. Asked before it is taken in.
    /// </summary>
    public async Task<Refusal?> CheckAttachingAsync(string code, Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.FollowFlag, Relation.OwnFlag) is { } denied) return denied;
        var flag = await Db.ReadAsync(sql => FlagStore.LoadAsync(sql, code), ct);
        if (flag is null || !FlagActors.MaySee(flag.State, actor)) return Refusal.NotFound(Thing);
        return flag.Relation(actor) == Relation.OwnFlag ? null : FlagRules.ReporterAttaches;
    }

    /// <summary>A file of the reporter, compared with its digest. The download is recorded.</summary>
    public async Task<Result<(FlagAttachmentRecord File, string Name, FileStream Content)>> DownloadAsync(
        string code, int number, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.FollowFlag, Relation.OwnFlag) is { } denied) return denied;
        var (flag, file) = await Db.ReadAsync(
            async sql => await FlagStore.LoadAsync(sql, code) is { } found && FlagActors.MaySee(found.State, actor)
                ? (found, (await FlagStore.AttachmentsAsync(sql, found.State.Id)).FirstOrDefault(f => f.Ordinal == number)) : default,
            ct);
        if (flag is null || file is null) return Refusal.NotFound("The file");
        if (file.RedactedAt is { } gone)
            return Refusal.NotAllowed("redacted", $"Privacy removed this file on {gone:yyyy-MM-dd}. Its digest is kept.");
        var content = files.Open(file.Id);
        try
        {
            var digest = await EvidenceFiles.DigestAsync(content, ct);
            var by = flag.Relation(actor) == Relation.OwnFlag ? FlagActors.Reporter : actor;
            await Db.WriteAsync<Done>(
                async tx =>
                {
                    await tx.RecordAsync(by, FlagHistory.OfDownload(flag.State, file, digest));
                    return default(Done);
                },
                ct: ct);
            if (content is null || digest != file.Digest)
            {
                return Refusal.NotAllowed("damaged", "The stored file is missing or differs from its digest, and is not handed out. "
                    + "Restore it from a backup of Evidence:Path.");
            }
            var handed = content;
            content = null;
            return (file, file.NameOn(flag.State.Code), handed);
        }
        finally
        {
            if (content is not null) await content.DisposeAsync();
        }
    }

    /// <summary>The note of a file that became evidence: all that is entered about it is the hub's.</summary>
    internal const string CarriedOver =
        "Attached by the reporter. What is not needed to show it was removed when it was received.";

    public async Task<Refusal?> CarryOverAsync(UnitOfWork tx, Guid flagId, string incidentCode, Actor actor)
    {
        var attached = await FlagStore.AttachmentsAsync(tx, flagId);
        if (attached.Count == 0) return null;
        var flag = (await FlagStore.LoadAsync(tx, flagId))!.State.Code;
        foreach (var file in attached.Where(f => f.RedactedAt is null))
        {
            // One file under both records: it is named by its id. Who raised the flag is not told.
            var origin = new StatedOrigin(file.NameOn(flag), "A reporter", $"Flag {flag}", file.AddedAt, CarriedOver);
            var added = await evidence.AddAsync(tx, file.Id, incidentCode, origin, new EvidenceFile(file.Size, file.Digest), actor);
            if (!added.IsOk) return added.Refusal;
        }
        return null;
    }
}
