using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>Published reader: which programs legal holds cover.</summary>
internal sealed class LegalHoldReader : IPurgeGuard, IIncidentHolds, IAuditHolds
{
    /// <summary>
    /// Whether an active hold covers the program: a hold of an incident that is or was linked to it, or that has a pause of it.
    /// A responder may withdraw a link; this does not end a hold that counsel placed.
    /// </summary>
    public static async Task<bool> CoversAsync(ISql sql, Guid programId) =>
        await sql.ScalarAsync<long>("LegalHold_Covers", new { ProgramId = programId }) == 1;

    public async Task<HoldNotice?> FindHoldAsync(ISql sql, Actor viewer, Guid programId) => await CoversAsync(sql, programId)
        ? new([.. (await sql.QueryAsync<CodeRow>("LegalHold_IncidentsOfProgram", Visibility.Of(viewer, new { ProgramId = programId })))
            .Select(r => r.Code)])
        : null;

    public Task<IReadOnlyList<HoldView>> OfIncidentAsync(ISql sql, Guid incidentId) => LegalHoldStore.OfIncidentAsync(sql, incidentId);

    public async Task<bool> CoverAnyAsync(ISql sql, IReadOnlyCollection<Guid> incidentsOrThings) =>
        await sql.ScalarAsync<long>("LegalHold_CoversAny", new { Ids = IdList.Of(incidentsOrThings) }) == 1;

    public async Task<IReadOnlySet<Guid>> HeldIncidentsAsync(ISql sql) =>
        (await sql.QueryAsync<IdRow>("LegalHold_Incidents")).Select(r => r.Id).ToHashSet();

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }
}
