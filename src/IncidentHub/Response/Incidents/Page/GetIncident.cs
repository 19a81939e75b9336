using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Reads one incident.</summary>
internal sealed record GetIncident(string Code);

internal sealed class GetIncidentHandler(
    Db db, SevPolicyReader policies, IncidentReader incidents, IIncidentHolds holds, RestrictedReads reads, TimeProvider clock)
{
    public async Task<Result<IncidentView>> HandleAsync(GetIncident query, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var view = await db.ReadAsync(sql => FindAsync(sql, viewer, query.Code), ct);
        if (view is null) return Refusal.NotFound("The incident");
        if (view.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, view.Id, view.Code);
        return view;
    }

    private async Task<IncidentView?> FindAsync(ISql sql, Actor viewer, string code)
    {
        if (await IncidentStore.LoadVisibleAsync(sql, viewer, code) is not { } record) return null;
        var s = record.State;
        var into = s.MergedIntoId is { } id ? await incidents.FindVisibleAsync(sql, viewer, id) : null;
        return new()
        {
            Id = s.Id,
            Code = s.Code,
            Title = s.Title,
            Summary = s.Summary,
            Sev = (int)s.Sev,
            SevName = s.Sev.ToString(),
            DeclaredSev = (int)record.DeclaredSev,
            Status = s.Status,
            Confidentiality = s.Confidentiality,
            MergedInto = into?.Code,
            Timestamps = s.Timestamps,
            Cycles = [.. s.Cycles.Select(CycleView.Of)],
            SevChanges = [.. s.SevChanges.Select(c => new SevChangeView(c.Cycle, (int)c.From, (int)c.To, c.Reason, c.At, c.By))],
            People = [.. s.People.Select(p => new RoleView(p.Role, p.PersonId, p.Name))],
            LegalHolds = await holds.OfIncidentAsync(sql, s.Id),
            OpenedBy = s.Confidentiality == Confidentiality.Restricted ? await OpenedIncidents.NowAsync(sql, s.Id, clock.GetUtcNow()) : [],
            Exposures = [.. s.Exposures.Select(ExposureView.Of)],
            Programs = [.. s.Involvements.Select(ProgramLinkView.Of)],
            Clocks = ClocksView.Of(s.Timestamps, (await policies.VersionAsync(sql, s.Current.PolicyVersion))[s.Sev], record.LastUpdateAt,
                record.UpdateDueAt),
            Advice = AdviceView.Of(s),
            AdviceHistory = [.. s.AdviceHistory.Select(AdviceRecordView.Of)],
            Assessments = [.. s.Assessments.Select(AssessmentView.Of)],
            ChangedAt = record.LastChange.At,
            ChangedBy = record.LastChange.By,
            Version = s.Version,
        };
    }
}
