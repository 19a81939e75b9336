using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Evidence;

namespace IncidentHub.Response.Flags;

/// <summary>
/// The files of reporters, in the folder of the evidence. They are cleaned in memory: what is not kept never reaches the disk.
/// </summary>
internal sealed class FlagFiles(EvidenceFiles files, TimeProvider clock) : IFileOwner
{
    private static readonly Refusal NoRoom = Refusal.NotAllowed(
        "no_room", "The hub has no room for files at present. Send the text without them, and call the responder on duty.");

    /// <summary>Cleans the files and writes them; of a refusal nothing is left.</summary>
    public async Task<Result<List<FlagAttachment>>> TakeAsync(IReadOnlyList<Stream> sent, CancellationToken ct)
    {
        var taken = new List<FlagAttachment>();
        foreach (var (stream, number) in sent.Select((s, i) => (s, i + 1)))
        {
            var one = await TakeAsync(stream, sent.Count == 1 ? null : $"File {number}: ", ct);
            if (one.IsOk && taken.TrueForAll(t => t.Sha256 != one.Value.Sha256)) taken.Add(one.Value);
            else
            {
                foreach (var file in taken) files.Delete(file.Id);
                if (one.IsOk) files.Delete(one.Value.Id);
                return one.Refusal ?? Refusal.Invalid("file", "Two of these files are the same.");
            }
        }
        return taken;
    }

    public void Delete(FlagAttachment file) => files.Delete(file.Id);

    /// <summary>Opens the file; null where it is missing.</summary>
    public FileStream? Open(Guid id) => files.Open(id);

    public async Task<IReadOnlyCollection<Guid>> KnownAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        [.. (await sql.QueryAsync<Row>("FlagAttachment_Known", new { Ids = IdList.Of(ids) })).Select(r => r.Id)];

    private async Task<Result<FlagAttachment>> TakeAsync(Stream stream, string? which, CancellationToken ct)
    {
        // One byte more than allowed: a longer file is not read to its end.
        var content = new byte[AttachmentCleaner.MaxSize + 1];
        var length = await FileForm.ReadAsync(stream, content, ct);
        var clean = AttachmentCleaner.Clean(content.AsSpan(0, length), "file");
        if (clean.Refusal is { } refused) return Refusal.Invalid("file", $"{which}{refused.Errors!["file"][0]}");
        if (!files.HasRoomFor(clean.Value.Content.Length)) return NoRoom;
        var id = OrderedId.Next(clock.GetUtcNow());
        using var from = new MemoryStream(clean.Value.Content);
        var file = await files.WriteAsync(id, from, ct);
        return file.IsOk ? new FlagAttachment(id, clean.Value.Kind, file.Value.Size, file.Value.Sha256) : file.Refusal!;
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
    }
}
