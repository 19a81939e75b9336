using System.Net.Http.Json;
using System.Text.RegularExpressions;
using IncidentHub.Browser.Tests.Forms;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// The form of a declaration: sent once regardless of the number of clicks, and kept across restarts. Uses its own hub, which is killed.
/// </summary>
public sealed class DeclareTests
{
    [Fact]
    public async Task Six_quick_clicks_declare_one_incident()
    {
        await using var hub = await HubProcess.StartAsync();
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        using var responder = await PreparedAsync(hub);
        await using var visitor = await Visitor.VisitAsync(chromium, hub.Url, "responder");
        await visitor.GoAsync("/incidents/new?program=DESK");
        var form = visitor.Page.Locator("form.declare");
        await form.PutAsync("Title", "Readable by the night shift");
        await form.ChooseAsync("Severity", "SEV 4 Minor");
        await visitor.Page.EvaluateAsync(
            "() => { const b = document.querySelector('form.declare [type=submit]'); for (let i = 0; i < 6; i++) b.click(); }");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/incidents/INC-1$"));
        Assert.Single((await responder.ReadAsync("/api/v1/incidents")).GetProperty("items").EnumerateArray());

        // The draft was deleted when the form was accepted.
        await visitor.Page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(k => k.includes('draft:'))");
        await visitor.GoAsync("/incidents/new");
        await Assertions.Expect(visitor.Page.Locator("form.declare").Input("Title")).ToHaveValueAsync("");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_restart_of_the_hub_during_a_declaration_keeps_every_field()
    {
        await using var hub = await HubProcess.StartAsync();
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        using (await PreparedAsync(hub)) { }
        await using var visitor = await Visitor.VisitAsync(chromium, hub.Url, "responder");
        await visitor.GoAsync("/incidents/new");
        var form = visitor.Page.Locator("form.declare");
        await form.PutAsync("Title", "Readable by the night shift");
        await form.ChooseAsync("Severity", "SEV 2 Major");
        await form.PutAsync("Summary", "Two tables.");
        await form.PutAsync("Exposure started", "2024-10-27T02:30");
        await form.Locator("label.mud-radio", new() { HasText = "UTC+01:00" }).ClickAsync();
        await form.PutAsync("Detected", "2024-10-28T08:00:05");
        await form.PutAsync("Program", Blow.Taken + "DESK · Desk recorder");
        await form.PutAsync("Involvement of DESK", "Suspected");
        await form.GetByText("Safeguards broken by this").ClickAsync();
        await form.ChooseAsync("Broken safeguards of DESK", "Access locked down");
        await form.PutAsync("Another program", Blow.Taken + "CALL · Call recorder");
        await form.PutAsync("Dataset", Blow.Taken + "desk-tables");
        await form.ChooseAsync("Confidentiality", "Restricted");
        await Assertions.Expect(form.Locator(".effect")).ToContainTextAsync("CALL is paused at once.");

        // Choices are sent to the hub, which stores them in the browser, a dataset when it was looked up.
        await visitor.Page.WaitForFunctionAsync(
            """
            () => Object.keys(sessionStorage).filter(k => k.includes("draft:")).map(k => JSON.parse(sessionStorage[k]))
              .some(draft => draft.confidentiality === "1" && draft.links?.includes("desk-tables"))
            """);
        await hub.KillAsync();
        await visitor.Page.EvaluateAsync("() => { window.before = true; }");
        await hub.StartAgainAsync();
        // The page reconnects without a click.
        await visitor.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('form.declare')");

        await Assertions.Expect(form.Input("Title")).ToHaveValueAsync("Readable by the night shift");
        await form.KeptAsync("Severity", Blow.Chosen + "SEV 2 Major");
        await form.KeptAsync("Summary", "Two tables.");
        await form.KeptAsync("Exposure started", "2024-10-27T02:30");
        await Assertions.Expect(form.GetByLabel("UTC+01:00")).ToBeCheckedAsync();
        await form.KeptAsync("Detected", "2024-10-28T08:00:05");
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["DESK", "CALL", "desk-tables"]);
        await form.KeptAsync("Involvement of DESK", "Suspected");
        await form.KeptAsync("Involvement of CALL", "Source");
        await form.GetByText("Safeguards broken by this · 1").ClickAsync();
        await Assertions.Expect(form.GetByLabel("Access locked down")).ToBeCheckedAsync();
        await form.KeptAsync("Confidentiality", Blow.Chosen + "Restricted");
        await Assertions.Expect(form.Locator(".effect")).ToContainTextAsync("CALL is paused at once.");

        // The server has all values: the form can be sent unchanged.
        await visitor.ClickAsync("Declare SEV 2 Major");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/incidents/INC-[A-Z0-9]{6}$"));
        await Assertions.Expect(visitor.Card("Programs")).ToContainTextAsync("DESK suspected");
        await Assertions.Expect(visitor.Card("Exposed data")).ToContainTextAsync("desk-tables");
    }

    private static async Task<HttpClient> PreparedAsync(HubProcess hub)
    {
        using var owner = await CallAsync(hub, "owner");
        foreach (var (code, name) in ((string, string)[])[("DESK", "Desk recorder"), ("CALL", "Call recorder")])
        {
            await owner.MakeAsync("/api/v1/programs", new
            {
                code,
                name,
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
        await owner.MakeAsync("/api/v1/programs/DESK/safeguards", new { text = "Access locked down", source = "Launch memo" });
        await owner.MakeAsync(
            "/api/v1/datasets", new
            {
                name = "desk-tables",
                owner = "owner",
                encryptionAtRest = "No",
                promisedAudience = new { scope = "NamedGroup", name = "research" }
            });
        return await CallAsync(hub, "responder");
    }

    private static async Task<HttpClient> CallAsync(HubProcess hub, string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }
}
