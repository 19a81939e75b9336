using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Incidents;

internal static class IncidentsModule
{
    public static void AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<ISubjects>(s => s.GetRequiredService<IncidentReader>());
        services.AddSingleton<ReadPrivilegedHandler>();
        services.AddSingleton<ISubjects>(s => s.GetRequiredService<ReadPrivilegedHandler>());
        services.AddSingleton<PrivilegedNotes>();
        services.AddSingleton<ICauseLookup, CauseLookup>();
        services.AddEventHandler<PauseActivated, PauseEventsHandler>();
        services.AddEventHandler<CollectionStopped, PauseEventsHandler>();
        services.AddEventHandler<StopDisproved, PauseEventsHandler>();
        services.AddSingleton<IncidentCommands>();
        services.AddSingleton<BreakGlassLimiter>();
        services.AddSingleton<BreakGlassCommands>();
        services.AddSingleton<PausePolicy>();
        services.AddSingleton<PolicyPreviewHandler>();
        services.AddSingleton<ExposureReading>();
        services.AddSingleton<ListIncidentsHandler>();
        services.AddSingleton<GetIncidentHandler>();
        services.AddSingleton<GetIncidentPageHandler>();
        services.AddSingleton<GetBlastRadiusHandler>();
        services.AddSingleton<GetSnapshotHandler>();
        services.AddSingleton<SnapshotReader>();
        services.AddSingleton<RelatedCommands>();
        services.AddSingleton<RelatedQueries>();
        services.AddSingleton<NoteCommands>();
        services.AddSingleton<RedactCommands>();
        services.AddSingleton<IHubTexts, PauseTexts>();
        services.AddSingleton<TypedTexts>();
        services.AddSingleton<RedactionHolds>();
        services.AddSingleton<Redactions>();
        services.AddSingleton<IncidentRedactable>();
        services.AddSingleton<ReadTimelineHandler>();
        services.AddSingleton<TimelineExport>();
    }

    public static void MapIncidents(this WebApplication app) => IncidentApi.Map(app);
}
