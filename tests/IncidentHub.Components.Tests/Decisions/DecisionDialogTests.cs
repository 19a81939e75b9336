using IncidentHub.Domain.Decisions;
using IncidentHub.Tests.Support;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Components.Tests.Decisions;

/// <summary>The dialogs of the decision page: refusals at their fields, conflicts, drafts, and effects.</summary>
public class DecisionDialogTests : DecisionComponentTest
{
    [Theory]
    [InlineData("responder", "Answer: Root cause identified", "Evidence")]
    [InlineData("responder", "Placed in error…", "Reason")]
    [InlineData("responder", "Withdraw…", "Reason")]
    [InlineData("owner", "Reject…", "Reason")]
    [InlineData("owner", "Change recommendation…", "Reason")]
    public async Task A_missing_value_is_refused_at_its_field(string account, string opener, string field)
    {
        await PrepareAsync();
        await RecommendAsync("responder", "The review takes a week.");
        var page = OpenPage(account);
        OpenDialog(page, opener);
        if (opener == "Change recommendation…") Choose(page, "Terminate");
        Send(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Error(field)), Patience);
        Assert.NotEmpty(page.FindAll(".mud-dialog [role=alert]"));
    }

    [Fact]
    public async Task A_criterion_is_waived_with_a_reason_and_opened_again()
    {
        await PrepareAsync();
        var page = OpenPage("responder");
        OpenDialog(page, "Answer: Root cause identified");
        Choose(page, "Waived");
        page.Act(() => page.Field("Reason").Change("The vendor keeps it."));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("Waived · Responder", page.Markup, StringComparison.Ordinal), Patience);
        OpenDialog(page, "Change: Root cause identified");
        Choose(page, "Open");
        page.Act(() => page.Field("Reason").Change("The vendor answered."));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() =>
            Assert.Contains("Reopened: The vendor answered.", page.Find(".checklist").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_criterion_answered_by_another_person_meanwhile_is_a_conflict()
    {
        await PrepareAsync();
        var page = OpenPage("responder");
        OpenDialog(page, "Answer: Root cause identified");
        page.Act(() => page.Field("Evidence").Change("The grant job."));
        await MeetAsync("responder-2", "RootCauseKnown", "A shared role.");
        Send(page);
        Says(page, "Second responder");
        await LoadChangeAsync(page, "A shared role.");
        Assert.Equal("The grant job.", page.Field("Evidence").GetAttribute("value") ?? page.Field("Evidence").TextContent);
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("The grant job.", page.Find(".checklist").TextContent, StringComparison.Ordinal),
            Patience);
    }

    [Fact]
    public async Task An_answer_to_another_criterion_is_no_conflict()
    {
        await PrepareAsync();
        var page = OpenPage("responder");
        OpenDialog(page, "Answer: Root cause identified");
        page.Act(() => page.Field("Evidence").Change("The grant job."));
        await MeetAsync("responder-2", "AccessLimited", "Listed.");
        Send(page);
        Taken(page);
    }

    [Fact]
    public async Task A_rejection_applies_only_to_the_recommendation_that_was_read()
    {
        await PrepareAsync();
        await RecommendAsync("responder", "The review takes a week.");
        var page = OpenPage("owner");
        OpenDialog(page, "Reject…");
        page.Act(() => page.Field("Reason").Change("Too long."));
        await RecommendAsync("responder", "The review takes a day.");
        Send(page);
        Says(page, "Your change was not saved.");
        await LoadChangeAsync(page, "The review takes a day.");
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("Recommendation rejected", page.Find(".said").TextContent, StringComparison.Ordinal),
            Patience);
    }

    [Fact]
    public async Task An_approval_applies_only_to_what_was_read_and_the_last_one_shows_its_effects()
    {
        await PrepareAsync();
        await RecommendAsync("responder", "The review takes a week.");
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/decisions/D-1/approve", new { });
        var page = OpenPage("privacy");
        OpenDialog(page, "Approve as privacy");
        Says(page, "This is the last approval: it takes effect at once.");
        await MeetAsync("responder-2", "RootCauseKnown", "A shared role.");
        Send(page);
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".mud-dialog .notice"), n =>
            n.TextContent.Contains("Your approval was not recorded.", StringComparison.Ordinal)), Patience);
        await LoadChangeAsync(page, "A shared role.");
        // The change voided the other approval, so this one is no longer the last.
        Assert.Contains("1 more approval is needed after yours.", page.Find(".mud-dialog").TextContent, StringComparison.Ordinal);
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("1 of 2", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_resume_with_conditions_names_who_does_what_by_when()
    {
        await PrepareAsync();
        var page = OpenPage("owner");
        OpenDialog(page, "Recommend…");
        Choose(page, "Resume with conditions");
        page.Act(() => page.Field("Reason").Change("The cause is gone."));
        Send(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Task")), Patience);
        Assert.NotNull(page.Error("Owner"));
        page.Act(() => page.Field("Task").Change("Probe the grants weekly"));
        page.Act(() => page.Field("Owner").Input("second resp"));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".mud-list-item"), i => i.TextContent.Trim() == "Second responder"),
            Patience);
        page.FindAll(".mud-list-item").First(i => i.TextContent.Trim() == "Second responder").Click();
        var due = Hub.Clock.Now.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        page.Act(() => page.Field("Due").Change(due));
        Send(page);
        // The only remaining refusal: criteria are open.
        Says(page, "Open criteria: Root cause identified");
        Assert.Null(page.Error("Owner"));
        Assert.Equal("Second responder", page.Field("Owner").GetAttribute("value"));
    }

    [Fact]
    public async Task A_draft_restores_all_conditions_with_the_names_of_their_owners()
    {
        await PrepareAsync();
        JSInterop.Setup<Dictionary<string, string>?>("hub.kept", "D-1-recommend").SetResult(new()
        {
            ["outcome"] = Draft.Write<DecisionOutcome?>(DecisionOutcome.ResumeWithConditions),
            ["rationale"] = "The cause is gone.",
            ["conditionCount"] = "2",
            ["conditions[1].what"] = "Read the access log",
            ["conditions[1].owner"] = "responder-2",
        });
        var page = OpenPage("owner");
        OpenDialog(page, "Recommend…");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".mud-dialog .condition").Count), Patience);
        page.WaitForAssertion(() => Assert.Equal("Second responder", page.Find("input[name='conditions[1].owner']").GetAttribute("value")),
            Patience);
        Assert.Equal("Read the access log", page.Find("input[name='conditions[1].what']").GetAttribute("value"));
    }
}
