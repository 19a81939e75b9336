using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Decisions.Opinions;

/// <summary>Reads opinions beyond the one decision that they are shown with.</summary>
internal sealed class OpinionQueries(Db db, IncidentReader incidents, RestrictedReads reads)
{
    private const int Most = 100;

    /// <summary>The opinions on the incident's decisions that the viewer may see, the newest first.</summary>
    public async Task<Result<Page<IncidentOpinionView>>> OfIncidentAsync(string incidentCode, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var before = Cursor.DecodeTimeAndId("opinions", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<IncidentOpinionView>>>(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, viewer, incidentCode) is not { } incident)
                    return Refusal.NotFound("The incident");
                if (incident.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, incident.Id, incident.Code);
                var rows = await sql.QueryAsync<OpinionRow>("DecisionOpinion_OfIncident",
                    DecisionVisibility.Of(viewer, new { IncidentId = incident.Id, BeforeId = before.Value?.Id, Limit = size.Value + 1 }),
                    before.Value is null ? [] : ["Before"]);
                return Page<OpinionRow>.Of(rows, size.Value, "opinions", r => [r.RecordedAt, r.Id])
                    .Map(r => new IncidentOpinionView(r.Code!, OpinionView.Of(r.ToOpinion(), r.IsSuperseded)));
            },
            ct);
    }

    /// <summary>Who had the document of an opinion, the newest entry first.</summary>
    public async Task<Result<Page<CustodyView>>> CustodyAsync(string code, int number, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadDecisions) is { } denied) return denied;
        var before = Cursor.DecodeTimeAndId("opinion-custody", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<CustodyView>>>(
            async sql =>
            {
                if (await DocumentAsync(sql, code, number, viewer) is not var (_, opinion)) return Refusal.NotFound("The document");
                var rows = await sql.QueryAsync<CustodyRow>("DecisionOpinionCustody_List",
                    new { OpinionId = opinion.Id, BeforeId = before.Value?.Id, Limit = size.Value + 1 },
                    before.Value is null ? [] : ["Before"]);
                return Page<CustodyRow>.Of(rows, size.Value, "opinion-custody", r => [r.At, r.Id])
                    .Map(r => new CustodyView(Enum.Parse<CustodyKind>(r.Kind), r.At, r.PersonName, r.Note));
            },
            ct);
    }

    /// <summary>The requests that wait for this person, the oldest first.</summary>
    public static async Task<IReadOnlyList<AwaitedOpinion>> AwaitedAsync(ISql sql, Actor actor) =>
        !actor.Roles.IsIndependent() ? [] :
        [.. (await sql.QueryAsync<AwaitedRow>("DecisionOpinionRequest_Awaited", DecisionVisibility.Of(actor, new { Limit = Most })))
            .Select(r => new AwaitedOpinion(r.Code, r.ProgramCode, Enum.Parse<OpinionRole>(r.Role), r.DueAt, r.ByName, r.At))];

    /// <summary>The decision and its opinion with this number, where the viewer may see it and it has a document.</summary>
    public static async Task<(Decision Decision, Opinion Opinion)?> DocumentAsync(ISql sql, string code, int number, Actor viewer) =>
        await DecisionVisibility.FindVisibleAsync(sql, viewer, code) is { } decision
        && decision.State.Opinions.FirstOrDefault(o => o.Number == number && o.Document is not null) is { } opinion
            ? (decision, opinion) : null;

    private sealed record CustodyRow
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string PersonName { get; init; }
        public required string? Note { get; init; }
    }

    private sealed record AwaitedRow
    {
        public required string Code { get; init; }
        public required string ProgramCode { get; init; }
        public required string Role { get; init; }
        public required DateTimeOffset? DueAt { get; init; }
        public required string ByName { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
