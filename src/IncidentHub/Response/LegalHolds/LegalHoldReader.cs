using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>Published reader: what legal holds forbid.</summary>
internal sealed class LegalHoldReader : IPurgeGuard, IIncidentHolds
{
    /// <summary>
    /// Whether a standing hold covers the program: one of an incident that it is linked to, or ever was, or of whose pauses one is on it.
    /// Withdrawing a link needs only a responder: it does not set free what counsel had ordered to be kept.
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
