namespace IncidentHub.Response.SevPolicies;

internal static class SevPolicyModule
{
    public static void AddSevPolicy(this IServiceCollection services)
    {
        services.AddSingleton<SevPolicyReader>();
        services.AddSingleton<EditSevPolicyHandler>();
    }

    public static void MapSevPolicy(this WebApplication app) => SevPolicyApi.Map(app);
}
