using IncidentHub.Benchmarks.Support;
using Microsoft.Playwright;

namespace IncidentHub.Benchmarks.Push;

/// <summary>The operating system's Chromium with the program's page open, as its owner, who pauses the program through the page.</summary>
internal sealed class OwnersBrowser : IAsyncDisposable
{
    // Measured in the page, to exclude the latency between this process and the browser: from the press to the frame with the state and the
    // guaranteed stop time.
    private const string Watch = """
        () => {
          window.pausedAfter = new Promise(done => {
            let pressed;
            document.addEventListener('click', e => { if (e.target.closest('[role=dialog] button[type=submit]')) pressed ??= performance.now(); }, true);
            const look = () => {
              const hero = document.querySelector('section.hero');
              if (pressed === undefined || hero?.dataset.state !== 'Paused' || !hero.querySelector('.moment')) return;
              seen.disconnect();
              requestAnimationFrame(() => done(performance.now() - pressed));
            };
            const seen = new MutationObserver(look);
            seen.observe(document.body, { subtree: true, childList: true, attributes: true });
          });
        }
        """;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;
    private readonly string _code;

    private OwnersBrowser(IPlaywright playwright, IBrowser browser, IPage page, string code) =>
        (_playwright, _browser, _page, _code) = (playwright, browser, page, code);

    /// <param name="cookie">The sign-in cookie, as it is sent.</param>
    public static async Task<OwnersBrowser> OpenAsync(HubUnderTest hub, string cookie, string code)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
            ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync"]
            });
        var context = await browser.NewContextAsync(
            new() { BaseURL = hub.Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync(
            [.. cookie.Split("; ").Select(c => c.Split('=', 2))
            .Select(c => new Cookie { Name = c[0], Value = c[1], Url = hub.Address.ToString() })]);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/programs/{code}");
        await page.Locator("section.hero[data-state=Collecting]").WaitForAsync();
        return new(playwright, browser, page, code);
    }

    /// <summary>Opens the dialog and enters the reason, without the final button.</summary>
    public async Task FillAsync(string reason)
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "Pause…" }).ClickAsync();
        await Dialog.GetByLabel("Reason").FillAsync(reason);
        await _page.EvaluateAsync(Watch);
    }

    /// <summary>Presses the final button; milliseconds until the page shows Paused with the guaranteed stop time.</summary>
    public async Task<double> PressAsync()
    {
        await Dialog.GetByRole(AriaRole.Button, new() { Name = $"Pause {_code}" }).ClickAsync();
        return await _page.EvaluateAsync<double>("() => window.pausedAfter");
    }

    private ILocator Dialog => _page.GetByRole(AriaRole.Dialog);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
