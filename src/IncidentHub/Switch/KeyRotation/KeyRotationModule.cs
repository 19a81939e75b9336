using Hangfire;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.KeyRotation;

internal static class KeyRotationModule
{
    public static void AddKeyRotation(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeyCommands>();
        services.AddHostedService<SigningKeyRotationService>();
        services.AddRecurringJob<SigningKeyRotation>("key-rotation", Cron.Hourly(30));
    }

    public static void MapKeyRotation(this WebApplication app) => app.MapSigningKeyApi();
}
