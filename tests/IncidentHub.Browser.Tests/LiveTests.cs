using System.Text.Json;

namespace IncidentHub.Browser.Tests;

[Collection(nameof(SharedHubCollection))]
public sealed class LiveTests(SharedHub hub)
{
    [Fact]
    public async Task A_declared_incident_appears_on_another_persons_open_Home_without_a_reload()
    {
        await using var owner = await hub.AsAsync("owner");
        await PostAsync(owner, "/api/v1/programs", Program("LIVE-1"));
        await using var watcher = await hub.AsAsync("executive");
        await watcher.GoAsync("/");
        await watcher.Page.EvaluateAsync("() => { window.before = true; }");

        await using var responder = await hub.AsAsync("responder");
        await PostAsync(
            responder, "/api/v1/incidents", new
            {
                title = "Seen by whoever looks",
                sev = 2,
                programs = new[] { new { program = "LIVE-1" } }
            });

        await Assertions.Expect(watcher.Page.GetByText("Seen by whoever looks")).ToBeVisibleAsync();
        await Assertions.Expect(watcher.Page.Locator("#side").GetByText("open")).ToBeVisibleAsync();
        Assert.True(await watcher.Page.EvaluateAsync<bool>("() => window.before === true"));
    }

    [Fact]
    public async Task A_relative_time_keeps_counting_without_a_connection()
    {
        await using var owner = await hub.AsAsync("owner");
        await PostAsync(owner, "/api/v1/programs", Program("LIVE-2"));
        await using var visitor = await hub.AsAsync("responder");
        var declared = await PostAsync(visitor, "/api/v1/incidents",
            new { title = "Open for some seconds", sev = 4, programs = new[] { new { program = "LIVE-2" } } });
        await visitor.GoAsync($"/incidents/{declared.GetProperty("code").GetString()}");
        await visitor.Page.Context.SetOfflineAsync(true);
        var open = visitor.Page.Locator("main time[data-tick=elapsed]").First;
        var before = await open.InnerTextAsync();
        // It counts seconds, and after a minute minutes.
        await Assertions.Expect(open).Not.ToHaveTextAsync(before, new() { Timeout = 90_000 });
    }

    private static object Program(string code) => new
    {
        code,
        name = "Watched program",
        purpose = "Shown live",
        owner = "owner",
        unit = "Research",
        regions = new[] { "US" },
        participation = "OptIn",
        categories = new[] { "Clicks" },
    };

    private static async Task<JsonElement> PostAsync(Visitor visitor, string path, object body)
    {
        var answer = await visitor.Page.Context.APIRequest.PostAsync(path, new() { DataObject = body });
        Assert.True(answer.Ok, await answer.TextAsync());
        return JsonElement.Parse(await answer.TextAsync());
    }
}
