using IncidentHub.Decisions.Opinions;
using IncidentHub.Decisions.Record;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Obligations;
using IncidentHub.Response.Tasks;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Decisions;

internal static class DecisionsModule
{
    public static void AddDecisions(this IServiceCollection services)
    {
        services.AddEventHandler<PauseActivated, DecisionUpdates>();
        services.AddEventHandler<StagedResumeStopped, DecisionUpdates>();
        services.AddEventHandler<DataQuarantined, DecisionUpdates>();
        services.AddEventHandler<IncidentSevChanged, DecisionUpdates>();
        services.AddEventHandler<IncidentRestricted, DecisionUpdates>();
        services.AddEventHandler<CycleReopened, DecisionUpdates>();
        services.AddEventHandler<IncidentMergedInto, DecisionUpdates>();
        services.AddEventHandler<ObligationUnsettled, DecisionUpdates>();
        services.AddEventHandler<ConditionMissed, DecisionUpdates>();
        services.AddEventHandler<AccessReviewSignedOff, DecisionUpdates>();
        services.AddEventHandler<TextsRedacted, DecisionRedactable>();
        services.AddSingleton<DecisionRedactable>();
        services.AddSingleton<ISharedThings>(s => s.GetRequiredService<DecisionRedactable>());
        services.AddSingleton<IHubTexts>(s => s.GetRequiredService<DecisionRedactable>());
        services.AddSingleton<DecisionFacts>();
        services.AddSingleton<DecisionEffects>();
        services.AddSingleton<DecisionCommands>();
        services.AddSingleton<DecisionReader>();
        services.AddSingleton<IApprovalOutlook>(s => s.GetRequiredService<DecisionReader>());
        services.AddSingleton<IDecisionLookup>(s => s.GetRequiredService<DecisionReader>());
        services.AddSingleton<DecisionQueries>();
        services.AddSingleton<RecordExport>();
        services.AddSingleton<ProposalReader>();
        services.AddSingleton<OpinionCommands>();
        services.AddSingleton<IFileOwner>(s => s.GetRequiredService<OpinionCommands>());
        services.AddSingleton<OpinionQueries>();
        services.AddTick<DecisionTick>();
    }

    public static void MapDecisions(this WebApplication app)
    {
        app.MapDecisionApi();
        app.MapOpinionApi();
    }
}
