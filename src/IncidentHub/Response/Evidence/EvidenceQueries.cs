using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Evidence;

/// <summary>Reads evidence.</summary>
internal sealed class EvidenceQueries(Db db, IncidentReader incidents, RestrictedReads reads)
{
    /// <summary>The files of an incident that the viewer may see, the newest first.</summary>
    public async Task<Result<Page<EvidenceView>>> ListAsync(string incidentCode, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var before = Cursor.DecodeNumber("evidence", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<EvidenceView>>>(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, viewer, incidentCode) is not { } incident)
                    return Refusal.NotFound("The incident");
                if (incident.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, incident.Id, incident.Code);
                var rows = await sql.QueryAsync<EvidenceRow>("Evidence_List",
                    Visibility.Of(viewer, new { IncidentId = incident.Id, BeforeNumber = before.Value, Limit = size.Value + 1 }),
                    before.Value is null ? [] : ["Before"]);
                foreach (var row in rows.Where(r => r.IsRestricted))
                    reads.Note(viewer, "evidence.listed", $"evidence {row.Code}", [incident.Id]);
                return Page<EvidenceRow>.Of(rows, size.Value, "evidence", r => [r.Number]).Map(r => r.ToRecord().ToView());
            },
            ct);
    }

    /// <summary>The custody of a file, the newest first. The caller records the reading.</summary>
    public async Task<Result<Page<CustodyView>>> CustodyAsync(string code, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var before = Cursor.DecodeTimeAndId("custody", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<CustodyView>>>(
            async sql =>
            {
                if (await EvidenceStore.FindAsync(sql, viewer, code) is not { } known) return Refusal.NotFound("The evidence");
                var rows = await sql.QueryAsync<CustodyRow>("EvidenceCustody_List",
                    new { EvidenceId = known.State.Id, BeforeId = before.Value?.Id, Limit = size.Value + 1 },
                    before.Value is null ? [] : ["Before"]);
                return Page<CustodyRow>.Of(rows, size.Value, "custody", r => [r.At, r.Id])
                    .Map(r => new CustodyView(Enum.Parse<CustodyKind>(r.Kind), r.At, r.PersonName, r.Note));
            },
            ct);
    }

    private sealed record CustodyRow
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string PersonName { get; init; }
        public required string? Note { get; init; }
    }
}
