using System.Net.Http.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// A collector continued after its stop: people who can act on it see it on open pages until a person takes ownership.
/// </summary>
[Collection(nameof(SharedHubCollection))]
public sealed class ViolationTests(SharedHub hub)
{
    [Fact]
    public async Task A_violation_is_shown_on_open_pages_and_disappears_from_all_when_a_person_takes_ownership()
    {
        using var responder = await CallAsync("responder");
        using var owner = await CallAsync("owner");
        var code = "V-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
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
                title = "Readable by everyone",
                sev = 2,
                programs = new[] { new { program = code, kind = "Source" } }
            })).Text("code");
        var pause = (await owner.ReadAsync($"/api/v1/programs/{code}/pauses")).GetProperty("items")[0];

        await using var home = await hub.AsAsync("privacy");
        await using var phone = await hub.AsAsync("owner", width: 390, dark: true);
        await using var desk = await hub.AsAsync("responder");
        await using var onlooker = await hub.AsAsync("executive");
        await home.GoAsync("/");
        foreach (var visitor in new[] { phone, onlooker }) await visitor.GoAsync($"/programs/{code}");
        await desk.GoAsync($"/incidents/{incident}");
        await Assertions.Expect(home.Page.GetByText($"{code}: data was collected")).ToHaveCountAsync(0);

        await collector.SelfReportViolationAsync(pause.GetProperty("epoch").GetInt64());
        foreach (var visitor in new[] { home, phone, desk, onlooker })
        {
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText($"{code}: data was collected after a proven stop"))
                .ToBeVisibleAsync();
            await visitor.LookAsync($"violation-{visitor.Account}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        }
        await Assertions.Expect(onlooker.Page.GetByRole(AriaRole.Button, new() { Name = "Take ownership…" })).ToHaveCountAsync(0);

        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Take ownership…" }).ClickAsync();
        var dialog = phone.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("What you will do").FillAsync("Called the site.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take ownership" }).ClickAsync();
        foreach (var visitor in new[] { home, phone, desk, onlooker })
        {
            await Assertions.Expect(visitor.Page.GetByText($"{code}: data was collected after a proven stop"))
                .ToHaveCountAsync(0);
            Assert.Empty(visitor.Complaints);
        }
    }

    private async Task<HttpClient> CallAsync(string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }
}
