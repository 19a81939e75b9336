using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.Protocol;

internal static class ProtocolModule
{
    public static void AddProtocol(this IServiceCollection services)
    {
        services.AddSingleton(s => new HubTokens(s.GetRequiredService<SigningKeys>(), s.GetRequiredService<PublicAddress>().Text));
        services.AddSingleton<ValidSecrets>();
        services.AddSingleton<FailedKeys>();
        services.AddSingleton<SwitchSnapshots>();
        services.AddSingleton<RenewalBatcher>();
        services.AddHostedService(s => s.GetRequiredService<RenewalBatcher>());
        services.AddSingleton<StopBatcher>();
        services.AddHostedService(s => s.GetRequiredService<StopBatcher>());
        services.AddSingleton<SwitchBroadcaster>();
        services.AddHostedService(s => s.GetRequiredService<SwitchBroadcaster>());
        services.AddSingleton<EpochWatch>();
        services.AddHostedService(s => s.GetRequiredService<EpochWatch>());
        services.AddSingleton<RegisterCollectorHandler>();
        services.AddSingleton<RenewPermitsHandler>();
        services.AddSingleton<AcknowledgeStopHandler>();
    }

    public static void MapProtocol(this WebApplication app) => app.MapCollectorApi();
}
