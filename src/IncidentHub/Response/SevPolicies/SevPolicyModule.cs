namespace IncidentHub.Response.SevPolicies;

internal static class SevPolicyModule
{
    public static void AddSevPolicy(this IServiceCollection services)
    {
        services.AddSingleton<SevPolicyReader>();
        services.AddSingleton<SevPolicyCommands>();
    }

    public static void MapSevPolicy(this WebApplication app) => app.MapSevPolicyApi();
}
