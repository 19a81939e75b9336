using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using IncidentHub.Switch.ApiKeys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Switch.Lineage;

/// <summary>Lineage that pipelines report: the Catalog's command, behind the keys of this layer.</summary>
internal static class LineageApi
{
    public static void MapLineage(this WebApplication app)
    {
        var group = app.MapGroup("/api/v1/lineage").RequireScope(Scopes.Intake).WithTags("Lineage (pipelines)");
        group.ProducesProblem(400).ProducesProblem(405).ProducesProblem(429);
        ((IEndpointConventionBuilder)group).Finally(OpenApiDocumentation.AddResponses);
        group.MapPost("/", StateAsync).WithSummary(
            "Takes an OpenLineage event (2-0-2): each registered output is derived from each registered input. The same event again "
                + "changes nothing. Datasets that are not registered are answered under «unknown».");
    }

    private static async Task<Results<Ok<LineageAnswer>, Refused>> StateAsync(
        LineageEventBody body, HttpContext http, StateLineageHandler handler, CancellationToken ct)
    {
        // Lineage has no program. A key for some programs is not taken for one of the whole catalogue.
        if (http.Key().ProgramIds is not null)
        {
            return new Refused(Refusal.Forbidden(
                "This key is limited to programs, and lineage is of the whole catalogue. Use a key of the scope intake without programs."));
        }
        if (body.Check() is { } invalid) return new Refused(invalid);
        return (await handler.HandleAsync(body.ToCommand(), http.Key().Actor, ct)).ToOk(s => new LineageAnswer(
            body.IsEvidence, [.. s.Edges.Select(e => new LineageEdgeView(e.Upstream, e.Downstream, e.IsNew))], s.Unknown));
    }
}
