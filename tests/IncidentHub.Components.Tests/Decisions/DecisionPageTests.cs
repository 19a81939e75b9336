using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Decisions;

/// <summary>The acts that each role is offered on the page of a decision.</summary>
public class DecisionPageTests : DecisionComponentTest
{
    [Theory]
    [InlineData("responder", true)]
    [InlineData("owner", true)]
    [InlineData("privacy", true)]
    [InlineData("auditor", false)]
    [InlineData("owner-2", false)]
    public async Task Answering_criteria_is_offered_only_to_roles_that_may(string account, bool may)
    {
        await PrepareAsync();
        var page = OpenPage(account);
        Assert.Contains("Decision for MCI", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Equal(may, page.Offers("Answer: Root cause identified"));
        Assert.Equal(may, page.Offers("Placed in error…"));
    }

    [Theory]
    [InlineData("responder", "Withdraw…,Change recommendation…")]
    [InlineData("owner", "Reject…,Approve as program owner,Change recommendation…")]
    [InlineData("deputy", "Reject…,Approve as program owner,Change recommendation…")]
    [InlineData("privacy", "Reject…,Approve as privacy,Change recommendation…")]
    [InlineData("executive", "")]
    [InlineData("auditor", "")]
    public async Task Approving_rejecting_and_withdrawing_are_offered_only_to_roles_that_may(string account, string offered)
    {
        await PrepareAsync();
        await RecommendAsync("responder", "The review takes a week.");
        var page = OpenPage(account);
        Assert.Contains("The review takes a week.", page.Markup, StringComparison.Ordinal);
        string[] acts = ["Withdraw…", "Reject…", "Approve as program owner", "Approve as privacy", "Change recommendation…", "Recommend…"];
        Assert.Equal(offered.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), acts.Where(page.Offers).Order());
    }

    [Fact]
    public async Task A_final_decision_can_be_printed_and_not_changed()
    {
        await PrepareAsync();
        await RecommendAsync("responder", "The review takes a week.");
        foreach (var account in (string[])["owner", "privacy"])
            await (await Hub.AsAsync(account)).MakeAsync("/api/v1/decisions/D-1/approve", new { });
        var page = OpenPage("responder");
        Assert.Contains("This record is permanent and cannot be edited.", page.Markup, StringComparison.Ordinal);
        Assert.True(page.Offers("Print record"));
        foreach (var act in (string[])["Recommend…", "Change recommendation…", "Answer: Root cause identified", "Withdraw…"])
            Assert.False(page.Offers(act), act);
    }
}
