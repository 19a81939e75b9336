using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.LegalHolds;

internal sealed record HoldBody(string? Reason);

internal static class LegalHoldsModule
{
    public static void AddLegalHolds(this IServiceCollection services)
    {
        services.AddSingleton<LegalHoldReader>();
        services.AddSingleton<IPurgeGuard>(s => s.GetRequiredService<LegalHoldReader>());
        services.AddSingleton<IIncidentHolds>(s => s.GetRequiredService<LegalHoldReader>());
        services.AddEventHandler<IncidentMergedInto, HoldsOfMergedIncidents>();
        services.AddSingleton<PlaceHoldHandler>();
        services.AddSingleton<ReleaseHoldHandler>();
    }

    public static void MapLegalHolds(this WebApplication app)
    {
        var api = app.MapApi("/api/v1/incidents");
        api.MapPost("/{code}/legal-holds", async (HttpContext http, PlaceHoldHandler handler, string code, HoldBody body,
            CancellationToken ct) =>
                (await handler.HandleAsync(new(code, body.Reason), http.Actor(), ct))
                    .ToHttp(h => TypedResults.Created($"/api/v1/incidents/{code}", h)))
            .Produces<HoldPlaced>(201)
                .WithSummary("Places a legal hold: nothing that the incident touches may be purged or expire. Privacy and counsel only.");
        api.MapPost("/{code}/legal-holds/{id:guid}/release",
            async (HttpContext http, ReleaseHoldHandler handler, string code, Guid id, HoldBody body, CancellationToken ct) =>
                (await handler.HandleAsync(new(code, id, body.Reason), http.Actor(), ct)).ToHttp(_ => TypedResults.NoContent()))
            .Produces(204).WithSummary("Releases a legal hold, with a reason. It stays on record.");
    }
}
