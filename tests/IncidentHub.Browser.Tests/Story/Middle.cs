using IncidentHub.Browser.Tests.Forms;

namespace IncidentHub.Browser.Tests.Story;

/// <summary>The response: contained, reopened because the fix was ineffective, contained again, resolved.</summary>
internal static class Middle
{
    public static async Task ContainReopenResolveAsync(Stage stage, Visitor responder)
    {
        var second = await stage.AsAsync("responder-2");
        await second.GoAsync("/incidents/INC-1");
        await responder.Page.GetByLabel("Write on the timeline").FillAsync("The nightly grant job gives every employee the reader role.");
        await responder.ClickAsync("Add");
        await stage.WaitAsync("a note on the other's timeline", second.Says("The nightly grant job gives every employee the reader role."));

        await responder.ClickAsync("Add…");
        await responder.FillAsync(("What must be done", "Remove the grant job"));
        await responder.Dialog().ChooseAsync("Kind", "Fix");
        await responder.Field("Assigned to").PickAsync("Responder");
        await responder.LookAsync("14-task");
        await responder.SendAsync("Add task");
        await responder.AskAsync("Mark done: Remove the grant job", "Mark done", ("What was done", "Job deleted."));
        // Nobody may verify their own fix.
        await Assertions.Expect(responder.Button("Verify: Remove the grant job")).ToHaveCountAsync(0);
        await stage.WaitAsync("the fix that waits for the other's check", second.Button("Verify: Remove the grant job"));

        await responder.ClickAsync("Mark contained…");
        await responder.FillAsync(("Note", "Grants revoked."));
        await responder.LookAsync("15-contain");
        await responder.SendAsync("Mark contained");
        await stage.WaitAsync("Contained on the other's page", second.Page.Locator(".chip").GetByText("Contained", new() { Exact = true }));

        await ReopenAsync(stage, second);
        await stage.WaitAsync("the second cycle on the first's page", responder.Page.Locator(".chip").GetByText("Investigating · cycle 2"));
        await responder.LookAsync("17-reopened");

        await second.ClickAsync("Verify: Remove the grant job");
        await second.Dialog().ChooseAsync("Does the fix hold?", "No");
        await second.SendAsync("Return task", ("What was checked, and the result", "The job came back with the deployment."));
        await responder.AskAsync("Mark done: Remove the grant job", "Mark done", ("What was done", "Removed from the deployment, too."));
        await second.AskAsync("Verify: Remove the grant job", "Close task",
            ("What was checked, and the result", "Probed after the deployment."));
        await responder.AskAsync("Mark contained…", "Mark contained", ("Note", "Removed from the deployment."));
        await responder.AskAsync("Mark resolved…", "Mark resolved", ("Note", "No path is left."));
        await stage.WaitAsync("Resolved on the other's page", second.Page.Locator(".chip").GetByText("Resolved · cycle 2"));

        await responder.Page.GetByRole(AriaRole.Tab, new() { Name = "Timestamps" }).ClickAsync();
        var timestamps = responder.Page.Locator(".timestamps");
        await Assertions.Expect(timestamps.Locator(".cycle")).ToHaveCountAsync(2);
        await Assertions.Expect(timestamps.Locator(".cycle").Nth(1))
            .ToContainTextAsync("The fix did not stick: two tables were readable again.");
        await Assertions.Expect(timestamps.Locator("li").Filter(new() { HasText = "Contained" }).Locator("time")).ToHaveCountAsync(2);
        await responder.LookAsync("18-timestamps");
    }

    private static async Task ReopenAsync(Stage stage, Visitor second)
    {
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await second.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Reopen…" }).ClickAsync();
        // Reopening requires a reason.
        await second.PressAsync("Reopen as cycle 2");
        await Assertions.Expect(second.Field("Reason")).ToHaveAttributeAsync("aria-invalid", "true");
        await second.FillAsync(("Reason", "The fix did not stick: two tables were readable again."));
        await second.LookAsync("16-reopen");
        await second.SendAsync("Reopen as cycle 2");
    }
}
