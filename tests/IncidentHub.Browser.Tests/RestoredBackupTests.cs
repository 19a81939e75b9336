using System.Net.Http.Json;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>A hub that was restored from a backup which predates a pause: its owner confirms, and the collector goes on.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class RestoredBackupTests(SharedHub shared)
{
    [Fact]
    public async Task After_a_restore_the_owner_comes_from_the_inbox_confirms_with_a_reason_and_the_collector_goes_on()
    {
        await using var hub = await HubProcess.StartAsync();
        using var owner = await CallAsync(hub, "owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = "RESTORED",
            name = "Program RESTORED",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = 6,
            gracePeriodSeconds = 2,
            renewalSeconds = 1,
        });
        await owner.MakeAsync("/api/v1/programs/RESTORED/launch");
        var key = (await owner.MakeAsync("/api/v1/keys",
            new { name = "Workstations", programs = new[] { "RESTORED" }, scopes = new[] { "enrol" }, region = "US" })).Text("key");
        await using var agent = AgentProcess.Start(hub.Url, key, "RESTORED");
        await agent.PrintsAsync("RESTORED COLLECTING");
        var backup = hub.DatabaseFile + ".backup";
        await RunAsync(hub, "backup", backup);
        await owner.MakeAsync("/api/v1/programs/RESTORED/pauses", new { reason = "After the backup" });
        await agent.PrintsAsync("RESTORED STOPPED Paused");
        var mark = agent.Mark;
        await hub.StopAsync();
        await RunAsync(hub, "restore", backup);
        await hub.StartAgainAsync();
        await agent.PrintsAsync("RESTORED STOPPED EpochWentBack", mark);

        await using var desk = await Visitor.VisitAsync(shared.Chromium, hub.Url, "owner");
        await using var phone = await Visitor.VisitAsync(shared.Chromium, hub.Url, "executive", width: 390, dark: true);
        await phone.GoAsync("/programs/RESTORED");
        await desk.GoAsync("/");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Confirm what may be collected by RESTORED" }).ClickAsync();
        foreach (var visitor in new[] { desk, phone })
        {
            await Assertions.Expect(Hero(visitor)).ToHaveAttributeAsync("data-state", "Held");
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Held after restore");
            await Assertions.Expect(visitor.Page.GetByText("RESTORED collects nothing until its owner confirms.")).ToBeVisibleAsync();
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("1 collector has seen epoch 3; the hub has 2");
            await visitor.LookAsync($"restored-held-{(visitor == desk ? 1440 : 390)}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        }
        await Assertions.Expect(Confirm(phone)).ToHaveCountAsync(0);

        mark = agent.Mark;
        await Confirm(desk).ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("This field is required");
        await dialog.GetByLabel("How you know").FillAsync("Compared with <b>the orders</b>.");
        await desk.LookAsync("restored-dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        foreach (var visitor in new[] { desk, phone })
        {
            await Assertions.Expect(Hero(visitor)).ToHaveAttributeAsync("data-state", "Collecting");
            await Assertions.Expect(visitor.Page.GetByText("collects nothing until its owner confirms")).ToHaveCountAsync(0);
            await Assertions.Expect(visitor.Page.GetByText("Compared with <b>the orders</b>.").First).ToBeVisibleAsync();
            Assert.Empty(visitor.Complaints);
        }
        await agent.PrintsAsync("RESTORED COLLECTING", mark);
        await desk.GoAsync("/");
        await Assertions.Expect(desk.Page.GetByText("Confirm what may be collected by RESTORED")).ToHaveCountAsync(0);
    }

    private static ILocator Hero(Visitor visitor) => visitor.Page.Locator("[data-state]").First;

    private static ILocator Confirm(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm…" });

    private static async Task RunAsync(HubProcess hub, params string[] command)
    {
        var (code, said) = await hub.RunAsync(command);
        Assert.True(code == 0, said);
    }

    private static async Task<HttpClient> CallAsync(HubProcess hub, string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }
}
