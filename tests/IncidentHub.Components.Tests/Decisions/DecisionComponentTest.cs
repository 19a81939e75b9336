using IncidentHub.Pages.Decisions;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Decisions;

/// <summary>A program «MCI» paused by a SEV 2 incident, its decision D-1, and actions on its page.</summary>
public abstract class DecisionComponentTest : ComponentTest
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected async Task PrepareAsync()
    {
        var owner = await Hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI",
            name = "Model Capability Initiative",
            purpose = "Teach models how work is done.",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes" },
            lawfulBasis = "Legitimate interest",
        });
        await owner.MakeAsync("/api/v1/programs/MCI/launch");
        await (await Hub.AsAsync("responder")).MakeAsync("/api/v1/incidents", new
        {
            title = "Readable by a team",
            sev = 2,
            programs = new[] { new { program = "MCI", kind = "Source" } },
        });
    }

    private protected async Task RecommendAsync(string account, string rationale) => await (await Hub.AsAsync(account)).MakeAsync(
        "/api/v1/decisions/D-1/propose", new { outcome = "StayPausedUntil", rationale, until = Hub.Clock.Now.AddDays(7) });

    private protected async Task MeetAsync(string account, string criterion, string evidence) =>
        await (await Hub.AsAsync(account)).MakeAsync($"/api/v1/decisions/D-1/criteria/{criterion}/meet", new { evidence });

    private protected IRenderedComponent<IComponent> OpenPage(string account)
    {
        var page = RenderAs<DecisionPage>(account, ("Code", "D-1"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")), Patience);
        return page;
    }

    private protected static void OpenDialog(IRenderedComponent<IComponent> page, string opener)
    {
        page.Press(opener);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".mud-dialog form")), Patience);
    }

    private protected static void Choose(IRenderedComponent<IComponent> page, string option) =>
        page.Act(() => page.FindAll(".mud-dialog label.mud-radio").First(l => l.QuerySelector(".name")!.TextContent == option)
            .QuerySelector("input")!.Click());

    private protected static void Send(IRenderedComponent<IComponent> page) =>
        page.Act(() => page.Find(".mud-dialog form").Submit());

    private protected static void Taken(IRenderedComponent<IComponent> page) =>
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-dialog")), Patience);

    private protected static void Says(IRenderedComponent<IComponent> page, string text) =>
        page.WaitForAssertion(() => Assert.Contains(text, page.Find(".mud-dialog .notice").TextContent, StringComparison.Ordinal),
            Patience);

    /// <summary>The page receives the change; then the dialog loads it, and typed text is kept.</summary>
    private protected async Task LoadChangeAsync(IRenderedComponent<IComponent> page, string changed)
    {
        await ReceivesAsync(page, () => page.Find(".decision").TextContent.Contains(changed, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll(".mud-dialog .notice button")[0].Click());
        page.WaitForAssertion(() => Assert.DoesNotContain(page.FindAll(".mud-dialog .notice"), n =>
            n.TextContent.Contains("Load", StringComparison.Ordinal)), Patience);
    }
}
