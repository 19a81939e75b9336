using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>A browser session, and the errors of the browser.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type == "error") Add(message.Text); };
        page.PageError += (_, error) => Add(error);
    }

    // Blazor drops an event that was on its way while its element was drawn anew, and says so. On a machine that is busy for longer than
    // the way takes that happens to a second press; where a first one is lost, the test misses what it does.
    private void Add(string error)
    {
        if (!error.Contains("There is no event handler associated with this event", StringComparison.Ordinal)) _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>The account that is signed in.</summary>
    public string? Account { get; private init; }

    /// <summary>Console and script errors so far.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Signed in as a sample account; not signed in if null.</summary>
    public static async Task<Visitor> VisitAsync(Chromium chromium, string hub, string? account, int width = 1440, bool dark = false)
    {
        var context = await chromium.PersonAsync(hub, width, dark);
        // Violations of the policy that the browser does not write to its console are errors, too.
        await context.AddInitScriptAsync("""
            document.addEventListener("securitypolicyviolation", e =>
              console.error(`Policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile ?? ""} ${e.lineNumber} ${e.sample}`));
            """);
        var visitor = new Visitor(context, await context.NewPageAsync()) { Account = account };
        if (account is null) return visitor;
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.Locator($"button[name=account][value='{account}']").ClickAsync();
        await Assertions.Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        return visitor;
    }

    /// <summary>Opens the path and waits until the page is live.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await LiveAsync();
    }

    /// <summary>Waits for the heading and the end of loading.</summary>
    public async Task LiveAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator("main .skeleton:not([data-sample] .skeleton)"))
            .ToHaveCountAsync(0);
    }

    /// <summary>Writes a screenshot to the folder in SCREENSHOTS, if it is set.</summary>
    public async Task LookAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await Chromium.CloseAsync(_context);
}
