using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Decisions;

/// <summary>Requesting, giving and recording an opinion, and what approvers see of it.</summary>
public class OpinionDialogTests : DecisionComponentTest
{
    private const string Text = "The purpose is too wide.";

    [Fact]
    public async Task Privacy_requests_an_opinion_and_records_one_that_came_on_paper()
    {
        await PrepareAsync();
        await GiveAsync();
        var page = OpenPage("privacy");
        Assert.Contains("1 objection: Works council", page.Find(".said").TextContent, StringComparison.Ordinal);
        OpenDialog(page, "Request…");
        Send(page);
        page.WaitForAssertion(() => Assert.Contains("Opinion of", Refused(page)), Patience);
        Choose(page, "Data protection officer");
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("Requested by Privacy", Opinions(page), StringComparison.Ordinal), Patience);

        OpenDialog(page, "Withdraw the request to the data protection officer");
        Assert.Contains("no longer asked", page.Find(".mud-dialog").TextContent, StringComparison.Ordinal);
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.DoesNotContain("Requested by", Opinions(page), StringComparison.Ordinal), Patience);

        OpenDialog(page, "Record…");
        Choose(page, "Works council");
        Choose(page, "No objection");
        page.Act(() => page.Field("Opinion").Change("Agreed in the meeting."));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("Recorded for them by", Opinions(page), StringComparison.Ordinal), Patience);
        // The earlier one stays, and counts as an objection no more.
        Assert.Contains(Text, Opinions(page), StringComparison.Ordinal);
        Assert.Contains("Superseded", Opinions(page), StringComparison.Ordinal);
        Assert.DoesNotContain("objection", page.Find(".said").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_works_council_reads_the_decision_and_gives_its_opinion()
    {
        await PrepareAsync();
        await RecommendAsync("responder", "The review takes a week.");
        await (await Hub.AsAsync("privacy")).MakeAsync("/api/v1/decisions/D-1/opinions/request", new { role = "WorksCouncil" });
        var page = OpenPage("works-council");
        Assert.Contains("The review takes a week.", page.Markup, StringComparison.Ordinal);
        // What leads to pages that they may not open, and what they may not do, is not offered.
        Assert.DoesNotContain(page.FindAll("a").Select(a => a.GetAttribute("href") ?? ""), href =>
            href.StartsWith("incidents", StringComparison.Ordinal) || href.StartsWith("programs", StringComparison.Ordinal));
        foreach (var act in (string[])["Answer: Root cause identified", "Reject…", "Change recommendation…", "Request…", "Record…"])
            Assert.False(page.Offers(act), act);
        OpenDialog(page, "Give opinion…");
        Assert.Matches("^[0-9]{2}:[0-9]{2}$", page.Field("Given, time").GetAttribute("value"));
        Send(page);
        page.WaitForAssertion(() => Assert.Contains("Position", Refused(page)), Patience);
        Assert.EndsWith("Choose one.", page.Find(".mud-dialog fieldset[aria-invalid=true]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.NotNull(page.Error("Opinion"));
        Choose(page, "Objection");
        page.Act(() => page.Field("Opinion").Change(Text));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains(Text, Opinions(page), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Whoever_approves_reads_of_the_objection_first_and_may_approve()
    {
        await PrepareAsync();
        await GiveAsync();
        await RecommendAsync("responder", "The review takes a week.");
        var page = OpenPage("owner");
        foreach (var act in (string[])["Request…", "Record…", "Give opinion…"]) Assert.False(page.Offers(act), act);
        Assert.Contains(Text, Opinions(page), StringComparison.Ordinal);
        OpenDialog(page, "Approve as program owner");
        Assert.Contains(page.FindAll(".mud-dialog .notice"), n =>
            n.TextContent.Contains("1 objection: Works council", StringComparison.Ordinal)
            && n.TextContent.Contains("does not block", StringComparison.Ordinal));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("1 of 2", page.Markup, StringComparison.Ordinal), Patience);
    }

    private async Task GiveAsync() => await (await Hub.AsAsync("works-council")).MakeAsync("/api/v1/decisions/D-1/opinions",
        new FormBody("opinion.pdf", [1, 2], ("role", "WorksCouncil"), ("position", "Objection"), ("text", Text),
            ("givenAt", Hub.Clock.Now.ToString("O"))));

    // The legends of the choices that are refused.
    private static IEnumerable<string> Refused(Bunit.IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) =>
        page.FindAll(".mud-dialog fieldset[aria-invalid=true] > legend").Select(l => l.TextContent.Trim());

    private static string Opinions(Bunit.IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) =>
        page.Find("#opinions").TextContent;
}
