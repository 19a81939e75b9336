using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>Published reader: which programs legal holds cover.</summary>
internal sealed class LegalHoldReader : IPurgeGuard, IIncidentHolds
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

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }
}
