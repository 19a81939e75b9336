using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Incidents in the database. A save writes the differences between two states, and nothing if the version has changed.</summary>
internal static partial class IncidentStore
{
    /// <summary>
    /// The incident with this code, or null if there is none or the viewer may not see it.
    /// </summary>
    public static async Task<IncidentRecord?> LoadVisibleAsync(ISql sql, Actor viewer, string code) =>
        IncidentCode.TryNormalise(code, out var known) ? await FillAsync(
            sql, await sql.FirstOrDefaultAsync<IncidentRow>("Incident_FindVisible", Visibility.Of(viewer, new { Code = known }))) : null;

    public static async Task<IncidentRecord?> LoadAsync(ISql sql, Guid id) =>
        await FillAsync(sql, await sql.FirstOrDefaultAsync<IncidentRow>("Incident_Find", new { Id = id }));

    /// <summary>The cycles of an incident, in order.</summary>
    public static async Task<IReadOnlyList<Cycle>> CyclesAsync(ISql sql, Guid id) =>
        [.. (await sql.QueryAsync<CycleRow>("IncidentCycle_List", new { Id = id })).Select(r => r.ToCycle())];

    private static async Task<IncidentRecord?> FillAsync(ISql sql, IncidentRow? row)
    {
        if (row is null) return null;
        var of = new { row.Id };
        var state = new IncidentState
        {
            Id = row.Id,
            Code = row.Code,
            Title = row.Title,
            Summary = row.Summary,
            Sev = (Sev)row.Sev,
            Status = Enum.Parse<IncidentStatus>(row.Status),
            Confidentiality = Enum.Parse<Confidentiality>(row.Confidentiality),
            MergedIntoId = row.MergedIntoId,
            Version = row.Version,
            Timestamps = new IncidentTimestamps
            {
                ExposureStarted = row.ExposureStartedAt,
                Detected = row.DetectedAt,
                Flagged = row.FlaggedAt,
                Acknowledged = row.AcknowledgedAt,
                Declared = row.DeclaredAt,
                Closed = row.ClosedAt,
            },
            Cycles = await CyclesAsync(sql, row.Id),
            SevChanges = [.. (await sql.QueryAsync<SevChangeRow>("IncidentSevChange_List", of)).Select(r => r.ToChange())],
            Assessments = [.. (await sql.QueryAsync<AssessmentRow>("IncidentAssessment_List", of)).Select(r => r.ToAssessment())],
            AdviceHistory = [.. (await sql.QueryAsync<AdviceRow>("IncidentAdvice_List", of)).Select(r => r.ToRecord())],
            People = [.. (await sql.QueryAsync<PersonRow>("IncidentPerson_List", of)).Select(r => r.ToHolder())],
            Exposures = [.. (await sql.QueryAsync<ExposureRow>("Exposure_List", of)).Select(r => r.ToExposure())],
            SetAside = [.. (await sql.QueryAsync<SetAsideRow>("IncidentSetAside_List", of)).Select(r => r.ToLink())],
            Involvements = [.. (await sql.QueryAsync<InvolvementRow>("IncidentProgram_List", of)).Select(r => r.ToInvolvement())],
        };
        return new()
        {
            State = state,
            DeclaredSev = (Sev)row.DeclaredSev,
            FlagId = row.FlagId,
            LastUpdateAt = row.LastUpdateAt,
            UpdateDueAt = row.UpdateDueAt,
            LastChange = new(row.ChangedAt, row.ChangedBy, row.ChangedWhat),
        };
    }
}
