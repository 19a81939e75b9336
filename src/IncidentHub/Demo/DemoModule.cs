using IncidentHub.Demo.Fleet;

namespace IncidentHub.Demo;

/// <summary>
/// The demo story: loaded in Development, if <c>Demo:Load</c> is true, once into an empty database. Also runs the sample collectors, in a
/// separate process.
/// </summary>
internal static class DemoModule
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || !builder.Configuration.GetValue("Demo:Load", false)) return;
        builder.Services.AddSingleton<DemoCatalogue>();
        builder.Services.AddSingleton<DemoHistory>();
        builder.Services.AddSingleton<DemoPastPermits>();
        builder.Services.AddSingleton<DemoResume>();
        builder.Services.AddSingleton<DemoEvidence>();
        builder.Services.AddSingleton<DemoObligations>();
        builder.Services.AddSingleton<DemoStatements>();
        builder.Services.AddSingleton<DemoReviews>();
        builder.Services.AddSingleton<DemoRelated>();
        builder.Services.AddSingleton<DemoOpinions>();
        builder.Services.AddSingleton<DemoRedactions>();
        builder.Services.AddSingleton<DemoPauses>();
        builder.Services.AddSingleton<DemoDrills>();
        builder.Services.AddSingleton<DemoPresent>();
        builder.Services.AddSingleton<DemoLoader>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoLoader>());
        var fleet = FleetOptions.Read(builder.Configuration);
        if (fleet.Collectors == 0) return;
        builder.Services.AddSingleton(fleet);
        builder.Services.AddSingleton<FleetPlanner>();
        builder.Services.AddHostedService<FleetProcess>();
    }
}
