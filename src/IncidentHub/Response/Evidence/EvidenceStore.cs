using System.Security.Cryptography;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Evidence;

/// <summary>A file of evidence as loaded for a change.</summary>
internal sealed record EvidenceRecord(
    EvidenceState State, string Code, string IncidentCode, string AddedBy, bool LegalHold, Relation Of, DateTimeOffset? LastSeenAt)
    : ILoaded<EvidenceState>
{
    public string Label => Code;

    public int Version => State.Version;

    // Only downloads change it, and they expect no version.
    public ChangeNote LastChange => new(State.AddedAt, AddedBy, "added");

    public Relation Relation(Actor actor) => Of;

    public EvidenceView ToView() => new()
    {
        Id = State.Id,
        IncidentId = State.IncidentId,
        Code = Code,
        Incident = IncidentCode,
        Name = State.Origin.Name,
        Size = State.File.Size,
        Sha256 = State.File.Sha256,
        TakenBy = State.Origin.TakenBy,
        TakenFrom = State.Origin.TakenFrom,
        TakenAt = State.Origin.TakenAt,
        Note = State.Origin.Note,
        Restricted = State.Origin.IsRestricted,
        AddedBy = AddedBy,
        AddedAt = State.AddedAt,
        DamagedAt = State.DamagedAt,
        RedactedAt = State.RedactedAt,
        LegalHold = LegalHold,
        Version = State.Version,
        Relation = Of,
    };
}

/// <summary>Evidence in the database; the files are <see cref="EvidenceFiles"/>.</summary>
internal static class EvidenceStore
{
    private const int MaxCode = 20;

    public static async Task<EvidenceRecord?> FindAsync(ISql sql, Actor viewer, string code) =>
        Codes.Upper(code) is { Length: > 0 and <= MaxCode } known
            ? (await sql.FirstOrDefaultAsync<EvidenceRow>("Evidence_Find", Visibility.Of(viewer, new { Code = known })))?.ToRecord() : null;

    /// <summary>Adds the record with the next code; a random one where it or its incident is restricted.</summary>
    public static async Task<EvidenceRecord> InsertAsync(UnitOfWork tx, EvidenceState state, IncidentFacts incident, Relation relation,
        Actor actor)
    {
        const string prefix = "E-";
        var number = await Counters.NextAsync(tx, "evidence");
        var code = state.Origin.IsRestricted || incident.Confidentiality == Confidentiality.Restricted
            ? RandomCode.Next(prefix, RandomNumberGenerator.GetInt32) : $"{prefix}{await Counters.NextAsync(tx, "evidence-code")}";
        await tx.ExecuteAsync("Evidence_Insert", new
        {
            state.Id,
            state.IncidentId,
            Number = number,
            Code = code,
            state.Origin.Name,
            state.File.Size,
            Digest = state.File.Sha256,
            state.Origin.TakenBy,
            state.Origin.TakenFrom,
            state.Origin.TakenAt,
            state.Origin.Note,
            state.Origin.IsRestricted,
            state.AddedAt,
            AddedById = actor.Id,
            AddedByName = actor.Name,
            state.DamagedAt,
            state.Version,
        });
        return new(state, code, incident.Code, actor.Name, LegalHold: false, relation, null);
    }

    /// <summary>False: the row was changed by another download.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, EvidenceState before, EvidenceState next) =>
        next.Version == before.Version || await tx.ExecuteAsync("Evidence_SetDamaged",
            new { next.Id, next.DamagedAt, next.Version, LoadedVersion = before.Version }) == 1;

    public static Task AddCustodyAsync(UnitOfWork tx, IEnumerable<(Guid Evidence, CustodyKind Kind, string? Note)> entries, Actor actor) =>
        tx.ExecuteAsync("EvidenceCustody_Insert", entries.Select(e => new
        {
            Id = OrderedId.Next(tx.Now),
            EvidenceId = e.Evidence,
            Kind = e.Kind.ToString(),
            At = tx.Now,
            PersonId = actor.Id,
            PersonName = actor.Name,
            e.Note,
        }).ToList());
}

internal sealed record EvidenceRow
{
    public required Guid Id { get; init; }
    public required Guid IncidentId { get; init; }
    public required string IncidentCode { get; init; }
    public required int Number { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required long Size { get; init; }
    public required string Digest { get; init; }
    public required string TakenBy { get; init; }
    public required string TakenFrom { get; init; }
    public required DateTimeOffset TakenAt { get; init; }
    public required string Note { get; init; }
    public required bool IsRestricted { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required string AddedByName { get; init; }
    public required DateTimeOffset? DamagedAt { get; init; }
    public required DateTimeOffset? RedactedAt { get; init; }
    public required int Version { get; init; }
    public required bool IsHeld { get; init; }
    public required bool IsOwnProgram { get; init; }
    public required DateTimeOffset? LastSeenAt { get; init; }

    public EvidenceRecord ToRecord() => new(
        new(Id, IncidentId, new(Name, TakenBy, TakenFrom, TakenAt, Note, IsRestricted), new(Size, Digest), AddedAt, DamagedAt, Version)
        {
            RedactedAt = RedactedAt,
        },
        Code, IncidentCode, AddedByName, IsHeld, IsOwnProgram ? Relation.OwnProgram : Relation.None, LastSeenAt);
}
