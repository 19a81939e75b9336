using IncidentHub.Domain.Access;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>Published reader. Whatever destroys something of a program asks here first, in its own transaction.</summary>
internal static class LegalHoldReader
{
    /// <summary>
    /// Whether a standing hold covers the program: one of an incident that it is linked to, or ever was, or of whose pauses one is on it. Withdrawing a link needs
    /// only a responder: it does not set free what counsel had ordered to be kept.
    /// </summary>
    public static async Task<bool> CoversAsync(ISql sql, Guid programId) => await sql.ScalarAsync<long>("LegalHold_Covers", new { ProgramId = programId }) == 1;

    /// <summary>The same for somebody who is to be told: null where none stands.</summary>
    public static async Task<HoldNotice?> OnProgramAsync(ISql sql, Actor viewer, Guid programId) => await CoversAsync(sql, programId)
        ? new([.. (await sql.QueryAsync<CodeRow>("LegalHold_IncidentsOfProgram", Visibility.Of(viewer, new { ProgramId = programId }))).Select(r => r.Code)])
        : null;

    /// <summary>All holds of an incident, the newest first. For who may see the incident.</summary>
    public static Task<IReadOnlyList<HoldView>> OfIncidentAsync(ISql sql, Guid incidentId) => LegalHoldStore.OfIncidentAsync(sql, incidentId);

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }
}
