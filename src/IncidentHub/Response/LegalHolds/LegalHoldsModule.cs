using IncidentHub.Access.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.LegalHolds;

internal static class LegalHoldsModule
{
    public static void AddLegalHolds(this IServiceCollection services)
    {
        services.AddSingleton<LegalHoldReader>();
        services.AddSingleton<IPurgeGuard>(s => s.GetRequiredService<LegalHoldReader>());
        services.AddSingleton<IIncidentHolds>(s => s.GetRequiredService<LegalHoldReader>());
        services.AddSingleton<IAuditHolds>(s => s.GetRequiredService<LegalHoldReader>());
        services.AddEventHandler<IncidentMergedInto, HoldsOfMergedIncidents>();
        services.AddSingleton<HoldCommands>();
    }

    public static void MapLegalHolds(this WebApplication app) => app.MapLegalHoldApi();
}
