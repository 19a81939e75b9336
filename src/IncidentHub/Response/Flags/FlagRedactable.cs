using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Flags;

/// <summary>A flag with its conversation and the files of its reporter.</summary>
internal sealed class FlagRedactable(EvidenceFiles files) : IRedactable, IHubTexts, IEventHandler<FilesRedacted>
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await FlagStore.LoadAsync(sql, code) is not { State: var flag } || !FlagActors.MaySee(flag, actor))
            return Refusal.NotFound("The flag");
        var kept = (await FlagStore.AttachmentsAsync(sql, flag.Id)).Where(f => f.RedactedAt is null);
        Guid[] incidents = flag.IncidentId is { } incident ? [incident] : [];
        return new RedactionTarget
        {
            Label = $"flag {flag.Code}",
            Action = "flag.redacted",
            Incidents = incidents,
            Subjects = [flag.Id, .. incidents],
            About = flag.Id,
            ProgramId = flag.ProgramId,
            Since = flag.FlaggedAt,
            Owns = row => row.Table is "Flag" or "FlagMessage" && row.IsOf(flag.Id),
            Topics = [$"flag:{flag.Id}"],
            Files = [.. kept.Select(f => new RedactableFile(f.Id, $"The file {f.NameOn(flag.Code)}, {EvidenceHistory.Size(f.Size)}"))],
            RemoveFilesAsync = EvidenceRedactable.RecordAsync,
            DeleteFile = files.Delete,
        };
    }

    public bool Wrote(StoredRow row, string column, string text) => row.Texts.Any(t => t.Text == FlagCommands.CarriedOver);

    public async Task HandleAsync(UnitOfWork tx, FilesRedacted happened, Actor actor)
    {
        foreach (var file in await tx.QueryAsync<FileRow>("FlagAttachment_OfFiles", new { Ids = IdList.Of(happened.Ids) }))
            await tx.ExecuteAsync("FlagAttachment_SetRedacted", new { file.FlagId, file.Id, tx.Now });
    }

    private sealed record FileRow
    {
        public required Guid FlagId { get; init; }
        public required Guid Id { get; init; }
    }
}
