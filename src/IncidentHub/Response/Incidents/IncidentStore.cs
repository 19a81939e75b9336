using Dapper;
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

    private static async Task<IncidentRecord?> FillAsync(ISql sql, IncidentRow? row) => row is null ? null : new()
    {
        State = await sql.TogetherAsync(
            ["IncidentCycle_List", "IncidentSevChange_List", "IncidentAssessment_List", "IncidentAdvice_List", "IncidentPerson_List",
                "Exposure_List", "IncidentSetAside_List", "IncidentProgram_List"],
            new { row.Id },
            rows => StateAsync(row, rows)),
        DeclaredSev = (Sev)row.DeclaredSev,
        FlagId = row.FlagId,
        LastUpdateAt = row.LastUpdateAt,
        UpdateDueAt = row.UpdateDueAt,
        LastChange = new(row.ChangedAt, row.ChangedBy, row.ChangedWhat),
    };

    private static async Task<IncidentState> StateAsync(IncidentRow row, SqlMapper.GridReader rows) =>
        // Initializers run in order: that of the queries.
        new()
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
            Cycles = [.. (await rows.ReadAsync<CycleRow>()).Select(r => r.ToCycle())],
            SevChanges = [.. (await rows.ReadAsync<SevChangeRow>()).Select(r => r.ToChange())],
            Assessments = [.. (await rows.ReadAsync<AssessmentRow>()).Select(r => r.ToAssessment())],
            AdviceHistory = [.. (await rows.ReadAsync<AdviceRow>()).Select(r => r.ToRecord())],
            People = [.. (await rows.ReadAsync<PersonRow>()).Select(r => r.ToHolder())],
            Exposures = [.. (await rows.ReadAsync<ExposureRow>()).Select(r => r.ToExposure())],
            SetAside = [.. (await rows.ReadAsync<SetAsideRow>()).Select(r => r.ToLink())],
            Involvements = [.. (await rows.ReadAsync<InvolvementRow>()).Select(r => r.ToInvolvement())],
        };
}
