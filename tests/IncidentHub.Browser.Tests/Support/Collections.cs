namespace IncidentHub.Browser.Tests.Support;

/// <summary>A hub without the demo story, shared by tests that do not change each other's data.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    public Chromium Chromium { get; } = new();

    public HubProcess Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await HubProcess.StartAsync();
        await Chromium.InitializeAsync();
    }

    /// <summary>A browser session on the shared hub.</summary>
    public Task<Visitor> AsAsync(string? account, int width = 1440, bool dark = false) =>
        Visitor.VisitAsync(Chromium, Hub.Url, account, width, dark);

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Hub.DisposeAsync();
    }
}

/// <summary>Runs sequentially: two cores are enough for one hub and one browser.</summary>
[CollectionDefinition(nameof(SharedHubCollection))]
public sealed class SharedHubCollection : ICollectionFixture<SharedHub>;
