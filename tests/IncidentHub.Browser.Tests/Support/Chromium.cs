namespace IncidentHub.Browser.Tests.Support;

/// <summary>One Chromium for the whole run: the operating system's, nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
    ];

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    /// <summary>A browser of one person: cookies and storage of its own.</summary>
    public async Task<IBrowserContext> PersonAsync(string hub, int width = 1440, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(Person(hub, width, dark));
        // A machine that builds and tests at once is slow: what a test waits for is that it happens, not how fast.
        context.SetDefaultTimeout(60_000);
        return context;
    }

    private static BrowserNewContextOptions Person(string hub, int width, bool dark) => new()
    {
        BaseURL = hub,
        ViewportSize = new() { Width = width, Height = width > 600 ? 900 : 844 },
        ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        TimezoneId = "Europe/Berlin",
        Locale = "en-GB",
    };

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
