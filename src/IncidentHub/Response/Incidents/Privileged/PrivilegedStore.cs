using IncidentHub.Domain.Access;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The privileged part of an incident: a subject with readers of its own.</summary>
internal sealed record PrivilegedPart(Guid Id, Guid IncidentId, string IncidentCode);

/// <summary>Stores privileged notes and who is named to read them.</summary>
internal static class PrivilegedStore
{
    /// <summary>The part of this incident; made with its first change.</summary>
    public static async Task<PrivilegedPart> PartAsync(UnitOfWork tx, IncidentFacts incident)
    {
        if (await FindPartAsync(tx, incident) is { } part) return part;
        await tx.ExecuteAsync("PrivilegedPart_Insert", new { Id = OrderedId.Next(tx.Now), IncidentId = incident.Id });
        return (await FindPartAsync(tx, incident))!;
    }

    public static async Task<PrivilegedPart?> FindPartAsync(ISql sql, IncidentFacts incident) =>
        await sql.FirstOrDefaultAsync<PartRow>("PrivilegedPart_Find", new { IncidentId = incident.Id }) is { } row
            ? new(row.Id, incident.Id, incident.Code) : null;

    /// <returns>The salt of the digest of its text.</returns>
    public static async Task<string> InsertAsync(UnitOfWork tx, PrivilegedPart part, NoteState note, Actor actor)
    {
        var salt = Salts.Next();
        await tx.ExecuteAsync("PrivilegedNote_Insert", new
        {
            note.Id,
            PartId = part.Id,
            note.Body,
            WrittenAt = note.HappenedAt,
            AuthorId = actor.Id,
            AuthorName = actor.Name,
            note.Revision,
            DigestSalt = salt,
        });
        return salt;
    }

    public static async Task<NoteState?> FindNoteAsync(ISql sql, PrivilegedPart part, Guid id) =>
        await sql.FirstOrDefaultAsync<NoteRow>("PrivilegedNote_Find", new { Id = id, PartId = part.Id }) is { } row
            ? new(row.Id, NoteKind.Note, row.Body, row.WrittenAt, row.AuthorId, row.Revision) : null;

    /// <returns>The salt of the digest of the new text.</returns>
    public static async Task<string> ReviseAsync(UnitOfWork tx, NoteState before, NoteState next, Actor actor)
    {
        await tx.ExecuteAsync("PrivilegedNoteRevision_Insert", new
        {
            NoteId = before.Id,
            before.Revision,
            before.Body,
            RevisedAt = tx.Now,
            RevisedById = actor.Id,
            RevisedByName = actor.Name,
        });
        var salt = Salts.Next();
        if (await tx.ExecuteAsync("PrivilegedNote_Revise", new { next.Id, next.Body, next.Revision, DigestSalt = salt }) == 0)
            throw new ConcurrencyConflictException("The note");
        return salt;
    }

    /// <summary>False where the person is named already.</summary>
    public static async Task<bool> AddReaderAsync(UnitOfWork tx, PrivilegedPart part, Guid personId, string name, Actor actor) =>
        await tx.ExecuteAsync("PrivilegedReader_Insert",
            new { PartId = part.Id, PersonId = personId, PersonName = name, NamedAt = tx.Now, NamedByName = actor.Name }) == 1;

    public static async Task<bool> RemoveReaderAsync(UnitOfWork tx, PrivilegedPart part, Guid personId) =>
        await tx.ExecuteAsync("PrivilegedReader_Delete", new { PartId = part.Id, PersonId = personId }) == 1;

    private sealed record PartRow
    {
        public required Guid Id { get; init; }
    }

    private sealed record NoteRow
    {
        public required Guid Id { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset WrittenAt { get; init; }
        public required Guid AuthorId { get; init; }
        public required int Revision { get; init; }
    }
}
