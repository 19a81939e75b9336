using System.Net.Http.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>Quarantined data on the pages: shown at once, disposed of with a reason, and required by the decision.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class QuarantineTests(SharedHub hub)
{
    [Fact]
    public async Task Quarantined_batches_appear_on_the_open_page_and_block_the_decision_until_their_disposition()
    {
        var owner = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        var code = "Q-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
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
            ttlSeconds = 600,
            gracePeriodSeconds = 2,
            renewalSeconds = 20,
        });
        await owner.MakeAsync($"/api/v1/programs/{code}/launch");
        var collector = await HandCollector.StartAsync(hub.Hub.Url, owner, code);
        Assert.Null(await collector.UploadAsync());
        await owner.MakeAsync($"/api/v1/programs/{code}/pauses", new { reason = "Readable by everyone" });
        var decision = (await owner.ReadAsync($"/api/v1/decisions?program={code}")).GetProperty("items")[0].Text("code");

        await using var page = await hub.AsAsync("owner");
        await using var phone = await hub.AsAsync("executive", width: 390, dark: true);
        foreach (var visitor in new[] { page, phone }) await visitor.GoAsync($"/programs/{code}");
        foreach (var category in (string[])["keystrokes", "clicks", "keystrokes"]) Assert.Equal("B", await collector.UploadAsync(category));
        foreach (var visitor in new[] { page, phone })
        {
            await Assertions.Expect(Quarantine(visitor)).ToContainTextAsync("3 batches wait for a disposition");
            await visitor.LookAsync($"quarantine-{(visitor == page ? 1440 : 390)}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        }
        // Roles without the permission see neither names nor acts.
        await Assertions.Expect(Quarantine(phone).GetByText("ws-22081")).ToHaveCountAsync(0);
        await Assertions.Expect(Quarantine(phone).GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);

        var late = owner.PostAsync($"/api/v1/decisions/{decision}/criteria/QuarantinedDataDisposed/meet",
            new { evidence = "Nothing waits." });
        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await late).Status);

        await Quarantine(page).GetByRole(AriaRole.Link, new() { Name = "Class B" }).ClickAsync();
        // Collected while stopping: the owner may not admit it.
        await Assertions.Expect(Quarantine(page).GetByRole(AriaRole.Button, new() { Name = "Admit all…" })).ToHaveCountAsync(0);
        await Quarantine(page).GetByRole(AriaRole.Button, new() { Name = "Seal all…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Kept for the review <b>of the exposure</b>");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Seal 3 batches" }).ClickAsync();
        await Assertions.Expect(Quarantine(phone)).ToContainTextAsync("Nothing waits");
        foreach (var visitor in new[] { page, phone })
        {
            await Quarantine(visitor).GetByRole(AriaRole.Link, new() { Name = "All", Exact = true }).ClickAsync();
            await Assertions.Expect(Quarantine(visitor).GetByText("sealed").First).ToBeVisibleAsync();
        }
        await Assertions.Expect(Quarantine(page)).ToContainTextAsync("Kept for the review <b>of the exposure</b>");
        await owner.MakeAsync($"/api/v1/decisions/{decision}/criteria/QuarantinedDataDisposed/meet", new { evidence = "Sealed." });
        foreach (var visitor in new[] { page, phone }) Assert.Empty(visitor.Complaints);
    }

    private static ILocator Quarantine(Visitor visitor) => visitor.Page.Locator("#quarantine");
}
