using System.Net.Http.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>The instruction to collectors for their buffers: chosen with the pause, tightened while it is active.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class BufferTests(SharedHub hub)
{
    [Fact]
    public async Task A_pause_holds_buffers_until_they_are_sealed_and_every_open_page_shows_it()
    {
        var code = await ProgramAsync();
        await using var responder = await hub.AsAsync("responder");
        await using var onlooker = await hub.AsAsync("auditor", width: 390, dark: true);
        foreach (var visitor in new[] { responder, onlooker }) await visitor.GoAsync($"/programs/{code}");
        await PauseAsync(responder, code);
        foreach (var visitor in new[] { responder, onlooker })
            await Assertions.Expect(visitor.Page.GetByText("told to hold what they have buffered"))
            .ToBeVisibleAsync();
        await Assertions.Expect(onlooker.Page.GetByRole(AriaRole.Button, new() { Name = "Seal buffers…" })).ToHaveCountAsync(0);

        await responder.Page.GetByRole(AriaRole.Button, new() { Name = "Seal buffers…" }).ClickAsync();
        var dialog = responder.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("This cannot be undone.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Seal the buffers" }).ClickAsync();
        foreach (var visitor in new[] { responder, onlooker })
        {
            await Assertions.Expect(visitor.Page.GetByText("told to seal what they have buffered"))
                .ToBeVisibleAsync();
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Seal buffers…" })).ToHaveCountAsync(0);
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    public async Task Placing_a_pause_offers_to_seal_buffers()
    {
        var code = await ProgramAsync();
        await using var owner = await hub.AsAsync("owner", width: 390);
        await owner.GoAsync($"/programs/{code}");
        await PauseAsync(owner, code, "Seal");
        await Assertions.Expect(owner.Page.GetByText("told to seal what they have buffered")).ToBeVisibleAsync();
        Assert.Empty(owner.Complaints);
    }

    private static async Task PauseAsync(Visitor who, string code, string? buffers = null)
    {
        await who.Page.GetByRole(AriaRole.Button, new() { Name = "Pause…" }).ClickAsync();
        var dialog = who.Page.GetByRole(AriaRole.Dialog);
        if (buffers is not null) await dialog.GetByRole(AriaRole.Radio, new() { Name = buffers }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Pause {code}" }).ClickAsync();
    }

    private async Task<string> ProgramAsync()
    {
        using var owner = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        var code = "B-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
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
        return code;
    }
}
