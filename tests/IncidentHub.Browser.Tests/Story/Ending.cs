using System.Diagnostics;
using System.Globalization;

namespace IncidentHub.Browser.Tests.Story;

/// <summary>The decision: rejected once, then approved by two; collecting resumes, and the records contain all steps.</summary>
internal static class Ending
{
    private static readonly (string Title, string By)[] Criteria =
    [
        ("Root cause identified", "responder"), ("Exposure closed and verified by a second person", "responder-2"),
            ("Access limited to the promised audience", "responder"),
        ("Encryption verified", "owner"), ("Access review complete", "privacy"), ("Broken safeguards verified again", "owner"),
            ("Regulatory obligations met", "privacy"),
        ("Affected people informed", "privacy"), ("Quarantined data disposed of", "owner"),
    ];

    public static async Task DecideAsync(Stage stage, Visitor watching)
    {
        var people = new Dictionary<string, Visitor>();
        foreach (var account in (string[])["responder", "responder-2", "owner", "privacy", "deputy"])
            people[account] = await DecisionOpenAsync(stage, account);
        var (responder, privacy, deputy, owner) = (people["responder"], people["privacy"], people["deputy"], people["owner"]);
        await owner.LookAsync("20-decision");
        await RejectedAsync(stage, responder, privacy);
        await CriteriaAsync(people);

        await deputy.ClickAsync("Recommend…");
        await deputy.Dialog().ChooseAsync("Recommendation", "Resume with conditions");
        await deputy.FillAsync(("Reason", "The cause is gone, probed twice."), ("Task", "Probe the grants weekly"),
            ("Owner", "Second responder"), ("Due", Day(7)));
        await deputy.LookAsync("23-recommend");
        await deputy.SendAsync("Recommend");
        // A deputy may approve for the owner, but nobody may approve their own recommendation: it is not offered.
        await Assertions.Expect(deputy.Button("Withdraw…")).ToBeVisibleAsync();
        await Assertions.Expect(deputy.Page.Locator(".actions").GetByText("Approve")).ToHaveCountAsync(0);
        await deputy.LookAsync("24-proposed");

        await stage.WaitAsync("the recommendation on the owner's page", owner.Button("Approve as program owner"));
        await Advice.ObjectAsync(stage, privacy, owner);
        await Assertions.Expect(watching.Page.Locator(Opening.Hero)).ToHaveAttributeAsync("data-state", "Paused");
        await ApprovedAsync(stage, privacy, watching);
    }

    public static async Task AssertTimelineAsync(Visitor responder)
    {
        await responder.GoAsync("/incidents/INC-1");
        var entries = responder.Page.Locator("ol.timeline > li, ul.timeline > li");
        await responder.LookAsync("29-timeline");
        var texts = new List<string>(await entries.AllInnerTextsAsync());
        var older = responder.Page.GetByRole(AriaRole.Link, new() { Name = "Older", Exact = true });
        while (await older.CountAsync() > 0)
        {
            var first = await responder.Page.Locator("ol.timeline > li[id]").First.GetAttributeAsync("id");
            await older.ClickAsync();
            await Assertions.Expect(responder.Page.Locator($"#{first}")).ToHaveCountAsync(0);
            texts.AddRange(await entries.AllInnerTextsAsync());
        }
        var told = string.Join('\n', Enumerable.Reverse(texts));
        var at = 0;
        foreach (var what in (string[])
        [
            "Flag F-1 raised", "Declared", "paused", "stopped", "The nightly grant job", "Contained", "Grants revoked.", "Reopened",
                "The fix did not stick", "Contained", "Resolved", "No path is left.",
            "Recommended: Stay paused", "Recommendation rejected", "Answer the criteria instead.", "Met: Root cause identified",
                "Met: Quarantined data disposed of", "Recommended: Resume with conditions",
            "Opinion of the data protection officer: Objection", "Approved as program owner", "Approved as privacy",
        ])
        {
            var found = told.IndexOf(what, at, StringComparison.OrdinalIgnoreCase);
            Assert.True(found >= 0, $"The timeline does not have “{what}” in order:\n{told}");
            at = found;
        }
        Assert.Contains("Pause of MCI lifted", told, StringComparison.Ordinal);
    }

    public static async Task AssertAuditAsync(Stage stage)
    {
        var auditor = await stage.AsAsync("auditor");
        await auditor.GoAsync("/audit");
        await auditor.ClickAsync("Verify the chain");
        await Assertions.Expect(auditor.Page.GetByText("rows verified.")).ToBeVisibleAsync();
        await auditor.LookAsync("30-audit");
        var (acts, row, next) = (new Dictionary<string, int>(), auditor.Page.Locator("tbody td[data-label=Row] a").First,
            auditor.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }));
        while (true)
        {
            foreach (var act in await auditor.Page.Locator("tbody td[data-label=Act] a").AllInnerTextsAsync())
                acts[act] = acts.GetValueOrDefault(act) + 1;
            if (await next.CountAsync() == 0) break;
            var first = await row.InnerTextAsync();
            await next.ClickAsync();
            await Assertions.Expect(row).Not.ToHaveTextAsync(first);
        }
        foreach (var (act, times) in ((string, int)[])
        [
            ("flag.acknowledged", 1), ("incident.declared", 1), ("incident.contained", 2), ("incident.reopened", 1),
                ("incident.resolved", 1), ("decision.opened", 1), ("decision.proposed", 2),
            ("decision.rejected", 1), ("decision.opinion-given", 1),
                ("decision.criterion-met", 9), ("decision.approved", 2), ("decision.taken", 1), ("task.closed", 1),
                ("pause.pause-lifted", 1),
        ])
        {
            Assert.True(acts.GetValueOrDefault(act) == times,
                $"{act}: {acts.GetValueOrDefault(act)} times, not {times}. The log: "
                    + $"{string.Join(", ", acts.Select(a => $"{a.Key} {a.Value}"))}");
        }
    }

    private static string Day(int fromNow) => TimeProvider.System.GetLocalNow().Date.AddDays(fromNow)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<Visitor> DecisionOpenAsync(Stage stage, string account)
    {
        var person = await stage.AsAsync(account);
        await person.GoAsync("/decisions");
        // Approvers see the decisions that await them by default; there are none yet.
        await person.Page.GetByRole(AriaRole.Tab, new() { Name = "Open", Exact = true }).ClickAsync();
        if (account == "owner") await person.LookAsync("19-decisions");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "MCI Model Capability Initiative" }).ClickAsync();
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = "Decision for MCI" }).WaitForAsync();
        return person;
    }

    private static async Task RejectedAsync(Stage stage, Visitor responder, Visitor privacy)
    {
        await responder.ClickAsync("Recommend…");
        await responder.Dialog().ChooseAsync("Recommendation", "Resume");
        await responder.FillAsync(("Reason", "All is well."));
        await responder.PressAsync("Recommend");
        // Criteria are open: refused, and typed text is kept.
        await Assertions.Expect(responder.Dialog().Locator(".notice")).ToContainTextAsync("Open criteria: Root cause identified");
        await Assertions.Expect(responder.Field("Reason")).ToHaveValueAsync("All is well.");
        await responder.LookAsync("21-refused");
        await responder.Dialog().ChooseAsync("Recommendation", "Stay paused until…");
        await responder.FillAsync(("Reason", "The review takes a month."), ("Until", Day(30)));
        await responder.SendAsync("Recommend");
        await stage.WaitAsync("the recommendation on the approver's page", privacy.Button("Reject…"));
        await privacy.AskAsync("Reject…", "Reject", ("Reason", "Answer the criteria instead."));
        await stage.WaitAsync("the rejection on the proposer's page", responder.Says("Answer the criteria instead."));
        await responder.LookAsync("22-rejected");
    }

    private static async Task CriteriaAsync(Dictionary<string, Visitor> people)
    {
        // The person who closed the exposure cannot verify it.
        var responder = people["responder"];
        await responder.ClickAsync("Answer: Exposure closed and verified by a second person");
        await responder.FillAsync(("Evidence", "I closed it."));
        await responder.PressAsync("Mark met");
        await Assertions.Expect(responder.Dialog().Locator(".notice")).ToBeVisibleAsync();
        await Assertions.Expect(responder.Field("Evidence")).ToHaveValueAsync("I closed it.");
        await responder.PressAsync("Cancel");
        foreach (var (title, by) in Criteria)
            await people[by].AskAsync($"Answer: {title}", "Mark met", ("Evidence", $"Looked at it: {title}."));
    }

    private static async Task ApprovedAsync(Stage stage, Visitor privacy, Visitor watching)
    {
        var (mark, written) = (stage.Agent.Mark, stage.Agent.WrittenAt().Count);
        await privacy.ClickAsync("Approve as privacy");
        await Assertions.Expect(privacy.Dialog()).ToContainTextAsync("This is the last approval: it takes effect at once.");
        await privacy.FillAsync(("Comment", "Reviewed with the log."));
        await privacy.LookAsync("25-approve");
        await privacy.SendAsync("Approve as privacy");
        await stage.WaitAsync("Collecting on the owner's open program page",
            watching.Page.Locator(Opening.Hero + "[data-state=Collecting]"));
        await Assertions.Expect(privacy.Says("Decided: Resume with conditions")).ToBeVisibleAsync();
        await privacy.LookAsync("26-decided");
        await watching.LookAsync("27-lifted");

        await stage.Agent.PrintsAsync("MCI COLLECTING", mark);
        var started = Stopwatch.GetTimestamp();
        while (stage.Agent.WrittenAt().Count <= written)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "The agent may collect again but writes nothing.");
            await Task.Delay(50);
        }
        await Assertions.Expect(watching.Page.Locator(Opening.Hero))
            .ToContainTextAsync("1 of 1 collector holds a permit");
        await watching.LookAsync("28-collecting-again");
    }
}
