using System.Net.Http.Json;
using System.Text;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// A log on the pages: sent by the browser as restricted evidence, previewed, read by the job, and signed off by privacy; and the custody
/// of a file.
/// </summary>
[Collection(nameof(SharedHubCollection))]
public sealed class AccessReviewPageTests(SharedHub hub)
{
    private const string Log = """
        time,account,object,action
        2026-06-01T10:00:00Z,ann@example.com,calls/1,read
        2026-06-01T10:20:00Z,eve@example.com,calls/2,read
        yesterday,ann@example.com,calls/3,read
        """;

    [Fact]
    public async Task A_log_is_uploaded_previewed_read_and_signed_off()
    {
        var api = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await api.PostAsJsonAsync("/api/v1/session", new { account = "responder" })).EnsureSuccessStatusCode();
        var dataset = $"calls-{Guid.CreateVersion7():N}";
        await api.MakeAsync("/api/v1/datasets", new
        {
            name = dataset,
            owner = "owner",
            classification = "Confidential",
            promisedAudience = new { scope = "NamedGroup", name = "research group" },
        });
        var incident = (await api.MakeAsync("/api/v1/incidents", new
        {
            title = "Calls readable by all",
            sev = 4,
            exposures = new[] { new { dataset, from = "2026-06-01T09:30:00Z", until = "2026-06-01T11:00:00Z" } },
        })).Text("code");

        await using var responder = await hub.AsAsync("responder");
        var page = responder.Page;
        await responder.GoAsync($"/incidents/{incident}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Load a log…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload a log…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var send = dialog.GetByRole(AriaRole.Button, new() { Name = "Add evidence" });
        await dialog.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "calls.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Log) });
        await dialog.GetByLabel("Taken from").FillAsync("The bucket <b>calls</b>");
        await send.ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await Assertions.Expect(page.GetByText("eve@example.com")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("yesterday (unreadable time)")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the log" }).ClickAsync();
        await Assertions.Expect(page.GetByText("List the promised audience, an account a line.").First).ToBeVisibleAsync();
        await page.GetByLabel("Promised audience").FillAsync("ann@example.com");
        await LookAsync(responder, "access-review-form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the log" }).ClickAsync();
        await Assertions.Expect(page.GetByText("To sign off")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign off…" })).ToHaveCountAsync(0);

        await using var privacy = await hub.AsAsync("privacy", width: 390, dark: true);
        await privacy.GoAsync(new Uri(page.Url).AbsolutePath);
        await privacy.Page.GetByRole(AriaRole.Button, new() { Name = "Accesses of eve@example.com" }).ClickAsync();
        await Assertions.Expect(privacy.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("calls/2");
        await privacy.Page.Keyboard.PressAsync("Escape");
        await LookAsync(privacy, "access-review");
        await privacy.Page.GetByRole(AriaRole.Button, new() { Name = "Sign off…" }).ClickAsync();
        var signing = privacy.Page.GetByRole(AriaRole.Dialog);
        await signing.GetByText("A whole log without gaps").ClickAsync();
        await signing.GetByLabel("Note").FillAsync("One account that nobody knows.");
        await signing.GetByRole(AriaRole.Button, new() { Name = "Sign off" }).ClickAsync();
        await Assertions.Expect(signing.GetByText("People outside of the promised audience are in the log.").First).ToBeVisibleAsync();
        await signing.GetByText("Somebody outside the promised audience accessed the data.").ClickAsync();
        await signing.GetByRole(AriaRole.Button, new() { Name = "Sign off" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Conclusion: Found")).ToBeVisibleAsync();

        await responder.GoAsync($"/incidents/{incident}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Custody of calls.csv" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Record read by Responder");
        await LookAsync(responder, "custody");
        foreach (var visitor in new[] { responder, privacy }) Assert.Empty(visitor.Complaints);
    }

    private static async Task LookAsync(Visitor visitor, string name)
    {
        await visitor.LookAsync(name);
        Assert.Empty(await A11y.FaultsAsync(visitor.Page));
        Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
    }
}
