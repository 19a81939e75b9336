namespace IncidentHub.Browser.Tests.Support;

/// <summary>A hub with the demo story, for read-only tests.</summary>
public sealed class DemoHub : IAsyncLifetime
{
    public Chromium Chromium { get; } = new();

    public HubProcess Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await HubProcess.StartAsync(demo: true, settings: HubProcess.WithProvider);
        await Chromium.InitializeAsync();
    }

    public Task<Visitor> AsAsync(string? account, int width = 1440, bool dark = false) =>
        Visitor.VisitAsync(Chromium, Hub.Url, account, width, dark);

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Hub.DisposeAsync();
    }
}

[CollectionDefinition(nameof(DemoHubCollection))]
public sealed class DemoHubCollection : ICollectionFixture<DemoHub>;
