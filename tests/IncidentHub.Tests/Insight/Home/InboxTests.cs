using IncidentHub.Insight.Home;
using IncidentHub.Tests.Decisions;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Insight.Home;

public class InboxTests
{
    private static async Task<string[]> InboxAsync(DecisionScene scene, string account) =>
        [.. (await scene.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor(account))).Inbox.Items.Select(n => n.Kind)];

    [Fact]
    public async Task A_decision_that_is_due_again_is_in_the_inbox_of_those_who_may_propose()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync("responder", "/api/v1/decisions/D-1/propose",
            new { outcome = "StayPausedUntil", rationale = "The review takes a week.", until = scene.Hub.Clock.Now.AddDays(7) });
        foreach (var account in (string[])["owner", "privacy"]) await scene.OkAsync(account, "/api/v1/decisions/D-1/approve", new { });
        foreach (var account in (string[])["owner", "responder"]) Assert.DoesNotContain("Decision due", await InboxAsync(scene, account));

        scene.Hub.Clock.Advance(TimeSpan.FromDays(8));
        foreach (var account in (string[])["owner", "deputy", "responder", "privacy"])
            Assert.Contains("Decision due", await InboxAsync(scene, account));
        foreach (var account in (string[])["owner-2", "executive", "auditor", "employee"])
            Assert.DoesNotContain("Decision due", await InboxAsync(scene, account));

        // A week later the session has expired.
        await (await scene.Hub.AsAsync("responder")).MakeAsync(
            "/api/v1/decisions/D-2/propose", new
            {
                outcome = "StayPausedUntil",
                rationale = "Another week.",
                until = scene.Hub.Clock.Now.AddDays(7)
            });
        Assert.DoesNotContain("Decision due", await InboxAsync(scene, "responder"));
        Assert.Contains(InboxQueries.ToApprove, await InboxAsync(scene, "owner"));
    }

    [Fact]
    public async Task A_safeguard_is_in_its_owners_inbox_before_its_verification_expires_and_after_until_it_is_verified_again()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync("owner", "/api/v1/programs/MCI/safeguards",
            new { text = "Locked down", source = "Memo", verifyEveryDays = 30 });
        var program = await (await scene.Hub.AsAsync("owner")).ReadAsync("/api/v1/programs/MCI");
        var number = program.GetProperty("safeguards").GetArrayLength();
        var verify = $"/api/v1/programs/MCI/safeguards/{number}/verify";
        await scene.OkAsync("responder", verify, new { holds = true, evidence = "Grants listed." });
        var home = scene.Hub.Services.GetRequiredService<HomeQueries>();
        Assert.Equal(scene.Hub.Clock.Now.AddDays(22.5), (await home.CountsAsync(TestHub.Actor("owner"))).NextReminder);
        Assert.DoesNotContain("Verify again", await InboxAsync(scene, "owner"));

        // Nothing told the hub that the time has come: it follows from the due time, however long nobody looked.
        scene.Hub.Clock.Advance(TimeSpan.FromDays(23));
        Assert.Contains("Verify again", await InboxAsync(scene, "owner"));
        foreach (var account in (string[])["owner-2", "responder", "auditor", "employee"])
            Assert.DoesNotContain("Verify again", await InboxAsync(scene, account));
        scene.Hub.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Contains("Verify again", await InboxAsync(scene, "owner"));

        await (await scene.Hub.AsAsync("responder")).MakeAsync(verify, new { holds = true, evidence = "Grants listed again." });
        Assert.DoesNotContain("Verify again", await InboxAsync(scene, "owner"));
    }

    [Fact]
    public async Task A_task_is_counted_for_its_owner_from_a_day_before_it_is_due_until_it_is_done()
    {
        await using var scene = await DecisionScene.PausedAsync();
        var due = scene.Hub.Clock.Now.AddHours(30);
        await scene.OkAsync("responder", "/api/v1/tasks",
            new { what = "Tell the team", kind = "Notify", incident = "INC-1", owner = "owner", dueAt = due });
        var home = scene.Hub.Services.GetRequiredService<HomeQueries>();
        var counts = await home.CountsAsync(TestHub.Actor("owner"));
        Assert.Equal((0, due.AddHours(-24)), (counts.DueTasks, counts.NextReminder));
        scene.Hub.Clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal(1, (await home.CountsAsync(TestHub.Actor("owner"))).DueTasks);
        Assert.Equal(0, (await home.CountsAsync(TestHub.Actor("responder"))).DueTasks);
        scene.Hub.Clock.Advance(TimeSpan.FromHours(40));
        Assert.Contains(InboxQueries.LateTask, await InboxAsync(scene, "owner"));
        await (await scene.Hub.AsAsync("owner")).MakeAsync("/api/v1/tasks/T-1/complete", new { note = "Told." });
        Assert.Equal(0, (await home.CountsAsync(TestHub.Actor("owner"))).DueTasks);
    }

    [Fact]
    public async Task A_running_clock_comes_first_then_what_others_wait_for_then_overdue_tasks_the_longest_overdue_first()
    {
        await using var scene = await DecisionScene.PausedAsync();
        // Not on the first page of the newest tasks, and the longest overdue.
        for (var n = 0; n < 30; n++)
        {
            await scene.OkAsync("responder", "/api/v1/tasks",
                new
                {
                    what = $"Task {n}",
                    incident = "INC-1",
                    owner = "owner",
                    dueAt = scene.Hub.Clock.Now.AddHours(n == 0 ? 1 : 200 + n)
                });
        }
        await scene.OkAsync("responder", "/api/v1/tasks", new
        {
            what = "Overdue a little",
            incident = "INC-1",
            owner = "owner",
            dueAt = scene.Hub.Clock.Now.AddHours(3)
        });
        await scene.OkAsync("responder", "/api/v1/decisions/D-1/propose",
            new { outcome = "StayPausedUntil", rationale = "Wait.", until = scene.Hub.Clock.Now.AddDays(30) });
        await scene.OkAsync("owner", "/api/v1/programs", new
        {
            code = "TYP",
            name = "Typing",
            purpose = "Train models",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "clicks" },
            lawfulBasis = "Consent"
        });
        await scene.OkAsync("owner", "/api/v1/programs/TYP/launch", new { });
        scene.Hub.Clock.Advance(TimeSpan.FromHours(4));
        await scene.OkAsync("responder", "/api/v1/incidents",
            new { title = "Readable by a team", sev = 3, confidentiality = "Restricted", programs = new[] { new { program = "TYP" } } });

        var needs = (await scene.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor("owner"))).Inbox.Items;
        Assert.Equal(["Pause proposed", InboxQueries.ToApprove, "Task overdue", "Task overdue"], needs.Select(n => n.Kind));
        Assert.EndsWith("Task 0", needs[2].Text);
        Assert.EndsWith("Overdue a little", needs[3].Text);
    }

    [Fact]
    public async Task All_items_are_counted_and_the_flags_whose_acknowledgement_is_due_first_are_listed_at_any_level()
    {
        await using var hub = new TestHub();
        var employee = await hub.AsAsync("employee");
        for (var n = 0; n < InboxQueries.MostFlags + 5; n++)
            await employee.MakeAsync("/api/v1/flags", new { text = $"A question, number {n}.", data = "Question" });
        // Newer, and due sooner.
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        var urgent =
            (await employee.MakeAsync(
            "/api/v1/flags", new { text = "Chats are readable outside.", data = "Sensitive", audience = "OutsideCompany" })).Text("code");

        var home = hub.Services.GetRequiredService<HomeQueries>();
        var inbox = (await home.LoadAsync(TestHub.Actor("responder"))).Inbox;
        Assert.StartsWith(urgent, inbox.Items[0].Text);
        Assert.Equal(InboxQueries.MostFlags + 1, inbox.Items.Count);
        Assert.Equal((InboxQueries.NewFlag, 6, "flags?show=waiting"), (inbox.Items[^1].Kind, inbox.Items[^1].Rest, inbox.Items[^1].Href));
        var counts = await home.CountsAsync(TestHub.Actor("responder"));
        Assert.Equal((InboxQueries.MostFlags + 6, InboxQueries.MostFlags + 6, InboxQueries.MostFlags + 6),
            (inbox.Count, counts.Needs, counts.NewFlags));
    }

    [Fact]
    public async Task Updates_remind_the_commander_and_the_scribe_also_after_an_outage()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        await scene.ActAsync(code, "roles", new { role = "Scribe", account = "responder-2" });
        foreach (var account in (string[])["responder", "responder-2"]) Assert.Contains("Update due", await KindsAsync(account));
        Assert.DoesNotContain("Update due", await KindsAsync("privacy"));
        // Nobody was there when it became due.
        scene.Later(2 * 24 * 60);
        foreach (var account in (string[])["responder", "responder-2"]) Assert.Contains("Update late", await KindsAsync(account));
        await (await scene.Hub.AsAsync("responder-2")).MakeAsync($"/api/v1/incidents/{code}/updates",
            new { condition = "The hub was down." });
        foreach (var account in (string[])["responder", "responder-2"]) Assert.DoesNotContain("Update late", await KindsAsync(account));

        async Task<string[]> KindsAsync(string account) =>
        [
            .. (await scene.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor(account))).Inbox.Items
                .Select(n => n.Kind),
        ];
    }

    [Fact]
    public async Task Tasks_and_updates_that_are_not_listed_are_counted()
    {
        await using var scene = await DecisionScene.PausedAsync();
        for (var n = 0; n < 30; n++)
        {
            await scene.OkAsync("responder", "/api/v1/tasks",
                new { what = $"Task {n}", incident = "INC-1", owner = "owner", dueAt = scene.Hub.Clock.Now.AddMinutes(1 + n) });
        }
        scene.Hub.Clock.Advance(TimeSpan.FromHours(1));
        var inbox = (await scene.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor("owner"))).Inbox;
        Assert.Equal((26, 30), (inbox.Items.Count, inbox.Count));
        Assert.EndsWith("Task 0", inbox.Items[0].Text);
        Assert.Equal(("5 more tasks are due", "tasks?mine=true"), (inbox.Items[^1].Text, inbox.Items[^1].Href));
    }
}
