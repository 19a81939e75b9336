using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Evidence;

/// <summary>The content of these files is removed; features that keep something of it remove that, too.</summary>
internal sealed record FilesRedacted(IReadOnlyList<Guid> Ids) : LayerEvent<FilesRedacted>;

/// <summary>A file of evidence with what was entered about it. Its bytes are removed; digest, size and custody stay.</summary>
internal sealed class EvidenceRedactable(EvidenceFiles files) : IRedactable
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await EvidenceStore.FindAsync(sql, actor, code) is not { State: var file } found) return Refusal.NotFound("The evidence");
        return new RedactionTarget
        {
            Label = $"evidence {found.Code}",
            Action = "evidence.redacted",
            Incidents = [file.IncidentId],
            Subjects = [file.Id, file.IncidentId],
            Since = file.AddedAt,
            Owns = row => (row.Table is "Evidence" or "EvidenceCustody" && row.IsOf(file.Id))
                || RedactionTarget.IsAbout(row, found.Code),
            Title = file.Origin.IsRestricted ? "Restricted evidence redacted" : null,
            Topics = [$"evidence:{file.Id}"],
            Files = file.RedactedAt is null ? [new(file.Id, $"The file itself, {EvidenceHistory.Size(file.File.Size)}")] : [],
            RemoveFilesAsync = RecordAsync,
            DeleteFile = files.Delete,
        };
    }

    /// <summary>Records that the content of these files is gone, where they are evidence.</summary>
    internal static async Task RecordAsync(UnitOfWork tx, IReadOnlyList<Guid> ids, Actor by)
    {
        var known = await tx.QueryAsync<Guid>("Evidence_Known", new { Ids = IdList.Of(ids) });
        if (known.Count > 0)
        {
            await tx.ExecuteAsync("Evidence_SetRedacted", new { Ids = IdList.Of(known), tx.Now });
            await EvidenceStore.AddCustodyAsync(tx, known.Select(id => (id, CustodyKind.Redacted, (string?)null)), by);
        }
        await tx.RaiseAsync(new FilesRedacted(ids), by);
    }
}
