namespace IncidentHub.Browser.Tests;

/// <summary>Uses its own hub, because the hub is killed.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_lost_connection_is_shown_unobtrusively_and_typed_text_is_kept_until_the_hub_is_back()
    {
        await using var hub = await HubProcess.StartAsync();
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var visitor = await Visitor.VisitAsync(chromium, hub.Url, "responder");
        await visitor.GoAsync("/incidents/new");
        var summary = visitor.Page.GetByLabel("Summary");
        await summary.PressSequentiallyAsync("Two tables were readable");

        await hub.KillAsync();
        await Assertions.Expect(visitor.Page.GetByText("Connection lost.")).ToBeVisibleAsync();
        await summary.PressSequentiallyAsync(" again");
        await visitor.Page.EvaluateAsync("() => { window.before = true; }");
        await hub.StartAgainAsync();

        // The page reconnects without a click.
        await visitor.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('h1')");
        await Assertions.Expect(visitor.Page.GetByLabel("Summary"))
            .ToHaveValueAsync("Two tables were readable again");
        await visitor.LiveAsync();

        // The server has the value, too: sending the form names only the missing fields.
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Declare" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Title")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Page.GetByLabel("Summary")).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }
}
