namespace IncidentHub.Browser.Tests;

/// <summary>Dialogs that are closed and opened faster than the hub answers.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class DialogTests(SharedHub hub)
{
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
            var opened = visitor.Page.EvaluateAsync("""
                () => new Promise(done => {
                  const dialog = document.querySelector(".mud-dialog");
                  new MutationObserver((_, seen) => {
                    if (dialog.isConnected) return;
                    seen.disconnect();
                    [...document.querySelectorAll("main button")].find(b => b.innerText.trim() === "Make an account…").click();
                    done();
                  }).observe(document.body, { childList: true, subtree: true });
                })
                """);
            await (how == "Escape" ? visitor.KeyAsync("Escape") : visitor.Dialog().GetByRole(AriaRole.Button, new() { Name = how, Exact = true }).ClickAsync());
            await opened;
        }
        await visitor.InDialogAsync();
        Assert.Empty(visitor.Complaints);
    }
}
