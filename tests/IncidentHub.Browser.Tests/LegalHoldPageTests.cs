using System.Net.Http.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// A legal hold on the pages: placed by counsel, shown at once where data could be purged, released with a record.
/// </summary>
[Collection(nameof(SharedHubCollection))]
public sealed class LegalHoldPageTests(SharedHub hub)
{
    [Fact]
    public async Task During_a_legal_hold_the_incident_shows_it_and_purging_is_not_offered()
    {
        var owner = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        var responder = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await responder.PostAsJsonAsync("/api/v1/session", new { account = "responder" })).EnsureSuccessStatusCode();
        var code = "H-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
        await owner.MakeAsync("/api/v1/programs", new
        {
            code,
            name = $"Program {code}",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = 60,
            gracePeriodSeconds = 2,
            renewalSeconds = 20,
        });
        await owner.MakeAsync($"/api/v1/programs/{code}/launch");
        var collector = await HandCollector.StartAsync(hub.Hub.Url, owner, code);
        var incident =
            (await responder.MakeAsync(
            "/api/v1/incidents", new
            {
                title = "Keystrokes readable by all",
                sev = 2,
                programs = new[] { new { program = code, kind = "Source" } }
            })).Text("code");
        Assert.Equal("B", await collector.UploadAsync());

        await using var program = await hub.AsAsync("owner", width: 390, dark: true);
        await program.GoAsync($"/programs/{code}");
        await Quarantine(program).GetByRole(AriaRole.Link, new() { Name = "Class B" }).ClickAsync();
        await Assertions.Expect(Quarantine(program).GetByRole(AriaRole.Button, new() { Name = "Purge all…" })).ToBeVisibleAsync();

        await using var counsel = await hub.AsAsync("counsel");
        await counsel.GoAsync($"/incidents/{incident}");
        await counsel.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await Assertions.Expect(counsel.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Roles…" })).ToHaveCountAsync(0);
        await counsel.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Legal hold…" }).ClickAsync();
        var dialog = counsel.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("A matter is pending: <b>keep</b> everything.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Place legal hold" }).ClickAsync();
        var banner = counsel.Page.Locator(".notice", new() { HasText = "A matter is pending: <b>keep</b> everything." });
        await Assertions.Expect(banner).ToContainTextAsync("Placed by Counsel");

        await Assertions.Expect(Quarantine(program)).ToContainTextAsync($"may be purged, for {incident}");
        await Assertions.Expect(Quarantine(program).GetByRole(AriaRole.Button, new() { Name = "Purge all…" })).ToHaveCountAsync(0);
        await Assertions.Expect(Quarantine(program).GetByRole(AriaRole.Button, new() { Name = "Seal all…" })).ToBeVisibleAsync();
        await using var reader = await hub.AsAsync("responder", width: 390);
        await reader.GoAsync($"/incidents/{incident}");
        await Assertions.Expect(reader.Page.GetByText("Placed by Counsel")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Button, new() { Name = "Release…" })).ToHaveCountAsync(0);
        foreach (var visitor in new[] { program, counsel, reader })
        {
            await visitor.LookAsync($"hold-{(visitor == program ? "quarantine" : visitor == counsel ? "1440" : "390")}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        }

        await banner.GetByRole(AriaRole.Button, new() { Name = "Release…" }).ClickAsync();
        await dialog.GetByLabel("Reason").FillAsync("The matter is closed.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Release legal hold" }).ClickAsync();
        await Assertions.Expect(banner).ToHaveCountAsync(0);
        await Assertions.Expect(Quarantine(program).GetByRole(AriaRole.Button, new() { Name = "Purge all…" }))
            .ToBeVisibleAsync();
        foreach (var visitor in new[] { program, counsel, reader }) Assert.Empty(visitor.Complaints);
    }

    private static ILocator Quarantine(Visitor visitor) => visitor.Page.Locator("#quarantine");
}
