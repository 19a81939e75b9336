using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>A person at a browser, and what the browser complained about.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type == "error") _complaints.Add(message.Text); };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Who it is signed in as.</summary>
    public string? Account { get; private init; }

    /// <summary>Errors of the console and of scripts so far.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Signed in as a sample account; nobody where null.</summary>
    public static async Task<Visitor> ComeAsync(Chromium chromium, string hub, string? account, int width = 1440, bool dark = false)
    {
        var context = await chromium.PersonAsync(hub, width, dark);
        var visitor = new Visitor(context, await context.NewPageAsync()) { Account = account };
        if (account is null) return visitor;
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.Locator($"button[name=account][value='{account}']").ClickAsync();
        await Assertions.Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        return visitor;
    }

    /// <summary>Goes there and waits until the page is live.</summary>
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
            .ToHaveCountAsync(0, new() { Timeout = 15_000 });
    }

    /// <summary>For looking: written to the folder that SCREENSHOTS names, if it names one.</summary>
    public async Task LookAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
