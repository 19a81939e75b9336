namespace IncidentHub.Browser.Tests.Support;

/// <summary>One Chromium for the whole run: the one of the operating system, without a download.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float Patience = 60_000;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
    ];

    public async ValueTask InitializeAsync()
    {
        // A machine that builds and tests at the same time is slow: tests wait for a result, not for its speed.
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    /// <summary>A browser context of one person, with its own cookies and storage.</summary>
    public async Task<IBrowserContext> PersonAsync(string hub, int width = 1440, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(Person(hub, width, dark));
        context.SetDefaultTimeout(Patience);
        return context;
    }

    private static BrowserNewContextOptions Person(string hub, int width, bool dark) => new()
    {
        BaseURL = hub,
        ViewportSize = new() { Width = width, Height = width > 600 ? 900 : 844 },
        ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        TimezoneId = "Europe/Berlin",
        Locale = "en-GB",
        // Tests make certificates of their own.
        IgnoreHTTPSErrors = true,
    };

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await CloseAsync(_browser);
        // Ends the driver, and with it a browser that did not close.
        _playwright?.Dispose();
    }

    /// <summary>Playwright waits without a limit for a browser that does not answer; a test run does not.</summary>
    internal static async Task CloseAsync(IAsyncDisposable browser)
    {
        try
        {
            await browser.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            Console.Error.WriteLine("A browser did not close within 30 seconds.");
        }
    }
}
