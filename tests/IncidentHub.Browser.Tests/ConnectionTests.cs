namespace IncidentHub.Browser.Tests;

/// <summary>A hub of their own: it is killed.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_killed_hub_is_said_quietly_and_what_was_typed_is_there_when_it_is_back()
    {
        await using var hub = await HubProcess.StartAsync();
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var visitor = await Visitor.ComeAsync(chromium, hub.Url, "responder");
        await visitor.GoAsync("/incidents/new");
        var summary = visitor.Page.GetByLabel("Summary");
        await summary.PressSequentiallyAsync("Two tables were readable");

        await hub.KillAsync();
        await Assertions.Expect(visitor.Page.GetByText("Connection lost.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await summary.PressSequentiallyAsync(" again");
        await visitor.Page.EvaluateAsync("() => { window.before = true; }");
        await hub.StartAgainAsync();

        // The page comes back by itself: nobody clicks.
        await visitor.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('h1')", null, new() { Timeout = 60_000 });
        await Assertions.Expect(visitor.Page.GetByLabel("Summary"))
            .ToHaveValueAsync("Two tables were readable again", new() { Timeout = 30_000 });
        await visitor.LiveAsync();

        // And the hub knows it, too: the form is sent with it and only what is missing is named.
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Declare" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Title")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Page.GetByLabel("Summary")).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }
}
