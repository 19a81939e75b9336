using IncidentHub.Domain.Access;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.LegalHolds;

/// <summary>Holds in the database.</summary>
internal static class LegalHoldStore
{
    public static async Task<IReadOnlyList<HoldView>> OfIncidentAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<Row>("LegalHold_List", new { IncidentId = incidentId })).Select(r => r.ToView())];

    /// <summary>The hold, and who changed it last.</summary>
    public static async Task<(HoldState State, ChangeNote LastChange)?> LoadAsync(ISql sql, Guid incidentId, Guid id) =>
        await sql.FirstOrDefaultAsync<Row>("LegalHold_Find", new { IncidentId = incidentId, Id = id }) is { } row
            ? (row.ToState(incidentId), row.LastChange) : null;

    /// <summary>The programs that holds of this incident cover.</summary>
    public static async Task<IReadOnlyList<Guid>> ProgramsAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<IdRow>("LegalHold_Programs", new { IncidentId = incidentId })).Select(r => r.Id)];

    public static Task InsertAsync(UnitOfWork tx, HoldState hold, Actor actor) =>
        tx.ExecuteAsync("LegalHold_Insert", new
        {
            hold.Id,
            hold.IncidentId,
            hold.Reason,
            hold.PlacedAt,
            PlacedById = actor.Id,
            PlacedByName = actor.Name
        });

    /// <summary>False: the hold was released by another request.</summary>
    public static async Task<bool> ReleaseAsync(UnitOfWork tx, HoldState hold, HoldRelease release, Actor actor) =>
        await tx.ExecuteAsync(
            "LegalHold_Release", new
            {
                hold.Id,
                hold.IncidentId,
                ReleasedAt = release.At,
                ReleasedById = actor.Id,
                ReleasedByName = actor.Name,
                ReleaseReason = release.Reason
            }) == 1;

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
        public required string PlacedByName { get; init; }
        public required DateTimeOffset? ReleasedAt { get; init; }
        public required string? ReleasedByName { get; init; }
        public required string? ReleaseReason { get; init; }

        public ChangeNote LastChange =>
            ReleasedAt is { } at ? new(at, ReleasedByName!, "released") : new(PlacedAt, PlacedByName, "placed");

        public HoldState ToState(Guid incidentId) =>
            new(Id, incidentId, Reason, PlacedAt, ReleasedAt is { } at ? new(at, ReleaseReason!) : null);

        public HoldView ToView() => new(Id, Reason, PlacedAt, PlacedByName, ReleasedAt, ReleasedByName, ReleaseReason);
    }

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
