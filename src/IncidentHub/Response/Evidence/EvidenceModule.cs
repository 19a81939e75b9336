using Hangfire;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.Incidents;
using Microsoft.Extensions.Options;

namespace IncidentHub.Response.Evidence;

internal static class EvidenceModule
{
    public static void AddEvidence(this IServiceCollection services)
    {
        services.AddOptions<EvidenceOptions>().BindConfiguration("Evidence").ValidateOnStart();
        services.AddSingleton<EvidenceFolder>();
        services.AddSingleton<IValidateOptions<EvidenceOptions>>(s => s.GetRequiredService<EvidenceFolder>());
        services.AddHealthChecks().AddCheck<EvidenceHealth>("evidence");
        services.AddSingleton<EvidenceFiles>();
        services.AddSingleton<EvidenceCommands>();
        services.AddSingleton<EvidenceQueries>();
        services.AddSingleton<EvidenceRedactable>();
        services.AddEventHandler<IncidentMergedInto, EvidenceOfMergedIncidents>();
        services.AddRecurringJob<EvidenceSweep>("evidence-sweep", Cron.Hourly());
    }

    public static void MapEvidence(this WebApplication app) => app.MapEvidenceApi();
}
