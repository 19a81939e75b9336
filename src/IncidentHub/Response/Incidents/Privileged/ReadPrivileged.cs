using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>A privileged note.</summary>
/// <param name="ByMe">Whether the reader wrote it, and may revise it.</param>
/// <param name="Earlier">The texts that were replaced, oldest first.</param>
internal sealed record PrivilegedNoteView(Guid Id, string Body, DateTimeOffset WrittenAt, string By, bool ByMe, int Revision,
    IReadOnlyList<NoteRevisionView> Earlier);

/// <summary>A person of privacy who reads the privileged part.</summary>
internal sealed record PrivilegedReaderView(string Account, string Name, DateTimeOffset NamedAt, string NamedBy);

/// <summary>The privileged part of an incident.</summary>
/// <param name="Notes">The newest first.</param>
internal sealed record PrivilegedView(IReadOnlyList<PrivilegedNoteView> Notes, IReadOnlyList<PrivilegedReaderView> Readers);

/// <summary>Reads the privileged part for counsel, and for people of privacy who are named on it; answers who may see it.</summary>
internal sealed class ReadPrivilegedHandler(Db db, IncidentReader incidents, RestrictedReads reads) : ISubjects
{
    /// <summary>Before anything is loaded: others learn nothing of any incident.</summary>
    public static Refusal? Deny(Actor viewer) =>
        AccessTable.Deny(viewer, Act.ReadPrivileged, viewer.Has(Roles.Privacy) ? Relation.NamedPrivileged : Relation.None);

    public async Task<Result<PrivilegedView>> HandleAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (Deny(viewer) is { } denied) return denied;
        return await db.ReadAsync<Result<PrivilegedView>>(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, viewer, code) is not { } incident) return Refusal.NotFound("The incident");
                var part = await PrivilegedStore.FindPartAsync(sql, incident);
                var seen = part is not null && (await VisibleAsync(sql, [part.Id], viewer)).Count > 0;
                // Nothing written yet is the same as nothing that is shown.
                if (!seen && !AccessTable.Allows(viewer, Act.ReadPrivileged)) return Refusal.NotFound("The privileged part");
                if (part is null) return new PrivilegedView([], []);
                reads.Note(viewer, "privileged-part.read", $"privileged part of incident {part.IncidentCode}", [part.Id, part.IncidentId]);
                return await LoadAsync(sql, part, viewer);
            },
            ct);
    }

    /// <summary>Whether the page offers the part to this viewer.</summary>
    public Task<bool> IsShownAsync(string code, Actor viewer, CancellationToken ct = default) =>
        AccessTable.Allows(viewer, Act.ReadPrivileged) ? Task.FromResult(true)
        : db.ReadAsync(sql => MayReadAsync(sql, code, viewer), ct);

    /// <summary>Whether there is a part that this viewer may read.</summary>
    public async Task<bool> MayReadAsync(ISql sql, string code, Actor viewer) =>
        Deny(viewer) is null && await incidents.FindVisibleAsync(sql, viewer, code) is { } incident
        && await PrivilegedStore.FindPartAsync(sql, incident) is { } part
        && (await VisibleAsync(sql, [part.Id], viewer)).Count > 0;

    public async Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader)
    {
        var args = Visibility.Of(reader, new
        {
            Ids = IdList.Of(subjects),
            ViewerIsCounsel = AccessTable.Allows(reader, Act.ReadPrivileged),
            ViewerMayBeNamed = reader.Has(Roles.Privacy),
        });
        return (await sql.QueryAsync<PartRow>("PrivilegedPart_Visible", args))
            .ToDictionary(r => r.Id, r => $"privileged part of {r.IncidentCode}");
    }

    private static async Task<PrivilegedView> LoadAsync(ISql sql, PrivilegedPart part, Actor viewer)
    {
        var earlier = (await sql.QueryAsync<RevisionRow>("PrivilegedNoteRevision_List", new { PartId = part.Id })).ToLookup(
            r => r.NoteId,
            r => new NoteRevisionView { Revision = r.Revision, Body = r.Body, RevisedAt = r.RevisedAt, RevisedBy = r.RevisedByName });
        return new(
            [.. (await sql.QueryAsync<NoteRow>("PrivilegedNote_List", new { PartId = part.Id })).Select(n =>
                new PrivilegedNoteView(n.Id, n.Body, n.WrittenAt, n.AuthorName, n.AuthorId == viewer.Id, n.Revision, [.. earlier[n.Id]]))],
            [.. (await sql.QueryAsync<ReaderRow>("PrivilegedReader_List", new { PartId = part.Id })).Select(r =>
                new PrivilegedReaderView(r.Account, r.PersonName, r.NamedAt, r.NamedByName))]);
    }

    private sealed record PartRow
    {
        public required Guid Id { get; init; }
        public required string IncidentCode { get; init; }
    }

    private sealed record NoteRow
    {
        public required Guid Id { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset WrittenAt { get; init; }
        public required Guid AuthorId { get; init; }
        public required string AuthorName { get; init; }
        public required int Revision { get; init; }
    }

    private sealed record RevisionRow
    {
        public required Guid NoteId { get; init; }
        public required int Revision { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset RevisedAt { get; init; }
        public required string RevisedByName { get; init; }
    }

    private sealed record ReaderRow
    {
        public required string Account { get; init; }
        public required string PersonName { get; init; }
        public required DateTimeOffset NamedAt { get; init; }
        public required string NamedByName { get; init; }
    }
}
