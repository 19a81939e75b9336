namespace IncidentHub.Features.Demo;

/// <summary>The sample story: in Development, where <c>Demo:Load</c> is true, once into an empty database.</summary>
internal static class DemoModule
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || !builder.Configuration.GetValue("Demo:Load", false)) return;
        builder.Services.AddSingleton<DemoCatalogue>();
        builder.Services.AddSingleton<DemoHistory>();
        builder.Services.AddSingleton<DemoCollectors>();
        builder.Services.AddSingleton<DemoPauses>();
        builder.Services.AddSingleton<DemoDrills>();
        builder.Services.AddSingleton<DemoPresent>();
        builder.Services.AddSingleton<DemoLoader>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoLoader>());
    }
}
