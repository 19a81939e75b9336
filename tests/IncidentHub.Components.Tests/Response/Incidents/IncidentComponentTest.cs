using AngleSharp.Dom;
using IncidentHub.Pages.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>Programs MCI and TYP, a dataset fed by MCI, and actions on the pages of incidents.</summary>
public abstract class IncidentComponentTest : ComponentTest
{
    private protected HttpClient Responder { get; private set; } = null!;

    private protected async Task PrepareAsync()
    {
        var owner = await Hub.AsAsync("owner");
        foreach (var code in (string[])["MCI", "TYP"])
        {
            await owner.MakeAsync("/api/v1/programs", new
            {
                code,
                name = $"Program {code}",
                purpose = "Teach models how work is done.",
                owner = "owner",
                unit = "Research",
                regions = new[] { "US" },
                categories = new[] { "keystrokes" },
                lawfulBasis = "Legitimate interest",
                ttlSeconds = 60,
                gracePeriodSeconds = 2,
                renewalSeconds = 20,
            });
            await owner.MakeAsync($"/api/v1/programs/{code}/launch");
        }
        await owner.MakeAsync("/api/v1/programs/MCI/safeguards", new { text = "Access locked down", source = "Launch memo" });
        await owner.MakeAsync("/api/v1/datasets", new
        {
            name = "transcriptions",
            owner = "owner",
            encryptionAtRest = "No",
            records = 640_000,
            promisedAudience = new { scope = "NamedGroup", name = "research" },
            actualAudience = new { scope = "WholeCompany" },
        });
        await owner.PutAsync("/api/v1/datasets/transcriptions/programs/MCI", null);
        Responder = await Hub.AsAsync("responder");
    }

    private protected async Task<string> DeclareAsync(int sev = 4, string program = "MCI") =>
        (await Responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Readable by a team",
            sev,
            programs = new[] { new { program, kind = "Source" } },
            exposures = new[] { new { dataset = "transcriptions" } },
        })).Text("code");

    private protected IRenderedComponent<IComponent> OpenPage(string account, string code)
    {
        var page = RenderAs<IncidentPage>(account, ("Code", code));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")), Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")), Patience);
        return page;
    }

    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Opens a dialog through a button or an item of the menu of further acts.</summary>
    private protected static void OpenDialog(IRenderedComponent<IComponent> page, string opener)
    {
        if (page.Offers(opener))
        {
            Press(page, opener);
        }
        else
        {
            Press(page, "More");
            page.WaitForAssertion(() => Assert.Contains(MenuItems(page), i => i.TextContent.Trim() == opener), Patience);
            page.InvokeAsync(() => MenuItems(page).First(i => i.TextContent.Trim() == opener).Click());
        }
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".mud-dialog form")), Patience);
    }

    /// <summary>Finds and clicks without a rendering in between: live parts of a page may render at any time.</summary>
    private protected static void Press(IRenderedComponent<IComponent> page, string words) =>
        page.Press(words);

    private protected static IReadOnlyList<IElement> MenuItems(IRenderedComponent<IComponent> page) => page.FindAll("[role=menuitem]");

    private protected static void Choose(IRenderedComponent<IComponent> page, string option) =>
        page.InvokeAsync(() => page.FindAll("label.mud-radio").First(l => l.TextContent.Contains(option, StringComparison.Ordinal))
            .QuerySelector("input")!.Click());

    private protected static string Dialog(IRenderedComponent<IComponent> page) => page.Find(".mud-dialog").TextContent;

    /// <summary>Sends the open dialog, after the response to a previous submission.</summary>
    private protected static void Send(IRenderedComponent<IComponent> page)
    {
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-dialog [aria-busy=true]")), Patience);
        page.Act(() => page.Find(".mud-dialog form").Submit());
    }

    private protected static void Taken(IRenderedComponent<IComponent> page) =>
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-dialog")), Patience);
}
