using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.Protocol;

internal static class ProtocolModule
{
    public static void AddProtocol(this IServiceCollection services, IConfiguration configuration)
    {
        var issuer = configuration["PublicUrl"] ?? "http://localhost:5100";
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"PublicUrl is not an absolute http or https address: {issuer}");
        services.AddSingleton(s => new HubTokens(s.GetRequiredService<SigningKeys>(), issuer));
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
