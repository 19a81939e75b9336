using System.Net.Http.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>Dialogs on a busy hub: people act faster than it answers, and its browsers acknowledge late.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class DialogTests(SharedHub hub)
{
    private readonly Queue<IWebSocketFrame> _held = [];
    private bool _holding, _released;
    private IWebSocketRoute _server = null!;

    [Theory]
    [InlineData("Escape")]
    [InlineData("Close")]
    [InlineData("Cancel")]
    public async Task A_dialog_opens_again_at_the_moment_it_is_gone(string how)
    {
        await using var visitor = await hub.AsAsync("administrator");
        await visitor.GoAsync("/people");
        await visitor.Button("Make an account…").ClickAsync();
        for (var i = 0; i < 8; i++)
        {
            await visitor.InDialogAsync();
            await visitor.Page.EvaluateAsync("""
                () => {
                  const dialog = document.querySelector(".mud-dialog");
                  window.reopened = false;
                  new MutationObserver((_, seen) => {
                    if (dialog.isConnected) return;
                    seen.disconnect();
                    [...document.querySelectorAll("main button")].find(b => b.innerText.trim() === "Make an account…").click();
                    window.reopened = true;
                  }).observe(document.body, { childList: true, subtree: true });
                }
                """);
            if (how == "Escape") await visitor.KeyAsync("Escape");
            else await visitor.Dialog().GetByRole(AriaRole.Button, new() { Name = how, Exact = true }).ClickAsync();
            await visitor.Page.WaitForFunctionAsync("() => window.reopened");
        }
        await visitor.InDialogAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_a_dialog_shows_does_not_wait_for_the_browsers_acknowledgement()
    {
        await using var visitor = await OpenUnacknowledgedAsync(MakeAccount);
        await visitor.Dialog().GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        await Assertions.Expect(visitor.Dialog().GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        Release();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_dialog_that_is_closed_before_its_opening_is_acknowledged_is_gone_and_opens_again()
    {
        await using var visitor = await OpenUnacknowledgedAsync(MakeAccount);
        await visitor.KeyAsync("Escape");
        await Assertions.Expect(visitor.Dialog()).ToHaveCountAsync(0);
        Release();
        await MakeAccount(visitor);
        await visitor.InDialogAsync();
        await visitor.KeyAsync("Escape");
        await Assertions.Expect(visitor.Dialog()).ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task The_palette_opens_once_however_often_it_is_asked_for()
    {
        await using var visitor = await OpenUnacknowledgedAsync(v => v.KeyAsync("Control+k"));
        await visitor.KeyAsync("Control+k");
        // The hub answers in order: what was typed is shown, so the second request was handled.
        await visitor.Page.Locator("#palette-input").FillAsync("programs");
        await Assertions.Expect(visitor.Dialog().GetByRole(AriaRole.Option).First).ToContainTextAsync("Programs");
        await Assertions.Expect(visitor.Dialog()).ToHaveCountAsync(1);
        Release();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_is_typed_while_a_dataset_is_read_from_the_catalog_stays()
    {
        using var api = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await api.PostAsJsonAsync("/api/v1/session", new { account = "responder" })).EnsureSuccessStatusCode();
        var name = $"sized-{Guid.CreateVersion7():N}";
        foreach (var made in (string[])[$"of-{name}", name])
        {
            await api.MakeAsync("/api/v1/datasets", new
            {
                name = made,
                owner = "owner",
                classification = "Confidential",
                promisedAudience = new { scope = "NamedGroup", name = "research group" },
                records = 5,
                subjects = 7,
            });
        }
        var incident = (await api.MakeAsync("/api/v1/incidents",
            new { title = "Sizes readable by all", sev = 4, exposures = new[] { new { dataset = $"of-{name}" } } })).Text("code");
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync($"/incidents/{incident}");
        await visitor.Button("Record…").ClickAsync();
        await visitor.Dialog().GetByLabel("Dataset").First.FillAsync(name);
        var found = visitor.Page.Locator(".mud-popover-open .mud-list-item").GetByText(name, new() { Exact = true });
        // The second event arrives while the hub handles the first.
        await found.EvaluateAsync("""
            item => {
              const records = document.querySelector("input[name=records]");
              item.click();
              records.value = "12";
              records.dispatchEvent(new Event("change", { bubbles: true }));
            }
            """);
        await Assertions.Expect(visitor.Dialog().Locator("input[name=subjects]")).ToHaveValueAsync("7");
        await Assertions.Expect(visitor.Dialog().Locator("input[name=records]")).ToHaveValueAsync("12");
        Assert.Empty(visitor.Complaints);
    }

    private static Task MakeAccount(Visitor visitor) => visitor.Button("Make an account…").ClickAsync();

    /// <summary>An open dialog of which the hub does not know that the browser has drawn it, as on a busy machine.</summary>
    private async Task<Visitor> OpenUnacknowledgedAsync(Func<Visitor, Task> open)
    {
        var visitor = await hub.AsAsync("administrator");
        await visitor.Page.RouteWebSocketAsync("**/_blazor**", page =>
        {
            _server = page.ConnectToServer();
            _server.OnMessage(frame =>
            {
                if (frame.Holds("mud-dialog-container")) lock (_held) _holding = !_released;
                page.Forward(frame);
            });
            page.OnMessage(frame =>
            {
                lock (_held)
                {
                    if (_holding && frame.Holds("OnRenderCompleted")) _held.Enqueue(frame);
                    else _server.Forward(frame);
                }
            });
        });
        await visitor.GoAsync("/people");
        await open(visitor);
        await Assertions.Expect(visitor.Dialog()).ToBeVisibleAsync();
        return visitor;
    }

    private void Release()
    {
        lock (_held)
        {
            Assert.NotEmpty(_held);
            (_holding, _released) = (false, true);
            while (_held.TryDequeue(out var frame)) _server.Forward(frame);
        }
    }
}
