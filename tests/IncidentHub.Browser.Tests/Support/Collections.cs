namespace IncidentHub.Browser.Tests.Support;

/// <summary>A hub without the demo story, shared by the tests that change nothing which others look at.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    public Chromium Chromium { get; } = new();

    public HubProcess Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await HubProcess.StartAsync();
        await Chromium.InitializeAsync();
    }

    /// <summary>A person at a browser of the shared hub.</summary>
    public Task<Visitor> AsAsync(string? account, int width = 1440, bool dark = false) =>
        Visitor.ComeAsync(Chromium, Hub.Url, account, width, dark);

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Hub.DisposeAsync();
    }
}

/// <summary>One after the other: two cores carry one hub and one browser well.</summary>
[CollectionDefinition(nameof(SharedHubCollection))]
public sealed class SharedHubCollection : ICollectionFixture<SharedHub>;
