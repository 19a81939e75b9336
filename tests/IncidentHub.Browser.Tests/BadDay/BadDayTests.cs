using System.Diagnostics;

namespace IncidentHub.Browser.Tests.BadDay;

/// <summary>The pages of an incident with the data of a bad day.</summary>
public sealed class BadDayTests(BadDayHub day, ITestOutputHelper output) : IClassFixture<BadDayHub>
{
    // The aim for every key. A machine that does other work delays some of them, a page that does too much most.
    private const int AimMilliseconds = 100;
    private const int MostMilliseconds = 10_000;

    private const string Observe = """
        () => {
          window.took = [];
          new PerformanceObserver(list => {
            for (const e of list.getEntries()) if (e.name === "keydown") took.push(e.duration);
          }).observe({ type: "event", durationThreshold: 16, buffered: false });
        }
        """;

    /// <summary>In braces: when everything was there, and the decision.</summary>
    public static TheoryData<string> Pages =>
    [
        "incidents/{code}", "incidents/{code}?tab=scope", "incidents/{code}?tab=obligations", "incidents/{code}?tab=statements",
        "incidents/{code}/blast-radius", "incidents/{code}?asOf={then}", "decisions/{decision}", "obligations", "tasks",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("?shown=500")]
    public async Task Typing_a_note_is_painted_at_once(string query)
    {
        await using var visitor = await day.AsAsync("responder");
        var watch = Stopwatch.StartNew();
        await visitor.GoAsync($"/incidents/{day.Code}{query}");
        var opened = watch.ElapsedMilliseconds;
        var field = visitor.Page.GetByLabel("Write on the timeline");
        await field.ClickAsync();
        await visitor.Page.EvaluateAsync(Observe);
        const string text = "Grants of table 12 are read; two of them were too wide.";
        await field.PressSequentiallyAsync(text, new() { Delay = 30 });
        await Assertions.Expect(field).ToHaveValueAsync(text);
        await visitor.Page.EvaluateAsync("() => new Promise(r => requestAnimationFrame(() => setTimeout(r, 200)))");
        // Only what took longer than 16 ms is listed by the browser.
        var slow = (await visitor.Page.EvaluateAsync<double[]>("() => took")).Order().ToArray();
        output.WriteLine($"{query}: opened in {opened} ms; of {text.Length} keys {slow.Length} took longer than 16 ms to paint, "
            + $"at most {slow.DefaultIfEmpty().Max():0} ms, median {slow.ElementAtOrDefault(slow.Length / 2):0} ms");
        var late = slow.Count(ms => ms > AimMilliseconds);
        Assert.True(late < text.Length / 2, $"{late} of {text.Length} keys took longer than {AimMilliseconds} ms to paint");
        Assert.True(slow.DefaultIfEmpty().Max() < MostMilliseconds, $"{slow.DefaultIfEmpty().Max()} ms from a key to what it paints");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public Task A_page_is_accessible_on_a_desktop_in_light(string page) => LookAtAsync(page, 1440, false);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task A_page_is_accessible_on_a_phone_in_dark(string page) => LookAtAsync(page, 390, true);

    [Fact]
    public async Task The_graph_is_read_by_keyboard()
    {
        await using var visitor = await day.AsAsync("responder");
        await visitor.GoAsync($"/incidents/{day.Code}/blast-radius?steps=2");
        var page = visitor.Page;
        Task<string?> FocusedAsync() => page.EvaluateAsync<string?>("() => document.activeElement.dataset.node");
        await page.Locator("[data-node='d:private-conversations']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        var first = await FocusedAsync();
        Assert.StartsWith("d:private-conversations-", first);
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.NotEqual(first, await FocusedAsync());
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("d:private-conversations", await FocusedAsync());
        // Whoever tabs out of the graph and back is where they were.
        Assert.Equal(1, await page.Locator("a.node[tabindex='0']").CountAsync());
        var scale = page.Locator("[data-graph-scale]");
        await page.Keyboard.PressAsync("-");
        var smaller = await scale.TextContentAsync();
        await page.Keyboard.PressAsync("+");
        await Assertions.Expect(scale).Not.ToHaveTextAsync(smaller!);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/datasets/private-conversations$"));
        Assert.Empty(visitor.Complaints);
    }

    private async Task LookAtAsync(string page, int width, bool dark)
    {
        await using var visitor = await day.AsAsync("responder", width, dark);
        await visitor.GoAsync("/" + page.Replace("{code}", day.Code, StringComparison.Ordinal)
            .Replace("{decision}", day.Decision, StringComparison.Ordinal)
            .Replace("{then}", TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"), StringComparison.Ordinal));
        await Assertions.Expect(visitor.Page.GetByText("At an earlier time", new() { Exact = true }))
            .ToHaveCountAsync(page.Contains("asOf", StringComparison.Ordinal) ? 1 : 0);
        await visitor.LookAsync($"bad-day-{page.Replace('/', '-').Replace('?', '-')}-{width}");
        Assert.Empty(await A11y.FaultsAsync(visitor.Page));
        Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        Assert.Empty(visitor.Complaints);
    }
}
