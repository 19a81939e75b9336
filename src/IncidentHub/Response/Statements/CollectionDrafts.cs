using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>A text to begin with.</summary>
internal sealed record SuggestedStatement(StatementAudience Audience, string Title, string Body);

/// <summary>Suggests what is told of collected data, from the record of the incident, its source programs and its exposures.</summary>
internal sealed class CollectionDrafts(Db db, IncidentReader incidents, ProgramReader programs, DatasetReader datasets)
{
    private const int Most = 20;

    public async Task<Result<SuggestedStatement>> OfAsync(string incidentCode, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadIncidents) is { } unread) return unread;
        return await db.ReadAsync<Result<SuggestedStatement>>(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, actor, incidentCode) is not { } incident) return Refusal.NotFound("The incident");
                var relation = await IncidentReader.RelationAsync(sql, actor, incident.Id);
                if (AccessTable.Deny(actor, Act.DraftStatement, relation) is { } denied) return denied;
                return await DraftAsync(sql, incident.Id);
            },
            ct);
    }

    /// <summary>For the hub's own use: no check of permissions.</summary>
    internal async Task<SuggestedStatement> DraftAsync(ISql sql, Guid incidentId)
    {
        var (exposures, involvements) = await IncidentReader.ScopeAsync(sql, incidentId);
        var sources = new List<CollectingProgram>();
        foreach (var link in involvements.Where(l => l.Kind == Involvement.Source).Take(Most))
        {
            if (await programs.RecordAsync(sql, link.ProgramId) is { } program)
                sources.Add(new(program.State.Details, program.Owner.Name));
        }
        var exposed = new List<ExposedData>();
        foreach (var e in exposures.Take(Most))
        {
            var dataset = await datasets.FindAsync(sql, e.DatasetId);
            exposed.Add(new(e.Categories, e.From, e.Until, e.Promised, e.Actual, dataset?.RetentionDays));
        }
        return new(StatementAudience.Collection, CollectionText.Title(sources), CollectionText.Body(sources, exposed));
    }
}
