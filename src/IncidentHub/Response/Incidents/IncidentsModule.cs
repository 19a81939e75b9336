using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Incidents;

internal static class IncidentsModule
{
    public static void AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<ISubjectVisibility>(s => s.GetRequiredService<IncidentReader>());
        services.AddSingleton<ICauseLookup, CauseLookup>();
        services.AddEventHandler<PauseActivated, SwitchObserver>();
        services.AddEventHandler<CollectionStopped, SwitchObserver>();
        services.AddEventHandler<StopDisproved, SwitchObserver>();
        services.AddSingleton<IncidentWork>();
        services.AddSingleton<PausePolicy>();
        services.AddSingleton<PolicyPreviewHandler>();
        services.AddSingleton<ChangeIncidentHandler>();
        services.AddSingleton<ChangeSevHandler>();
        services.AddSingleton<AssessSeverityHandler>();
        services.AddSingleton<ContainIncidentHandler>();
        services.AddSingleton<ResolveIncidentHandler>();
        services.AddSingleton<CloseIncidentHandler>();
        services.AddSingleton<ReopenIncidentHandler>();
        services.AddSingleton<MergeIncidentHandler>();
        services.AddSingleton<AssignIncidentRoleHandler>();
        services.AddSingleton<RestrictIncidentHandler>();
        services.AddSingleton<CorrectMomentHandler>();
        services.AddSingleton<LinkProgramHandler>();
        services.AddSingleton<ExposureReading>();
        services.AddSingleton<LinkDatasetHandler>();
        services.AddSingleton<DeclareIncidentHandler>();
        services.AddSingleton<ListIncidentsHandler>();
        services.AddSingleton<GetIncidentHandler>();
        services.AddSingleton<GetIncidentPageHandler>();
        services.AddSingleton<WriteNoteHandler>();
        services.AddSingleton<ReviseNoteHandler>();
        services.AddSingleton<ReadTimelineHandler>();
    }

    public static void MapIncidents(this WebApplication app) => IncidentApi.Map(app);
}
