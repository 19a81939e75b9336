using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>The acts that the incident page offers to each role, its parts, and the timeline.</summary>
public class IncidentPageTests : IncidentComponentTest
{
    [Theory]
    [InlineData("responder", "Title and summary…, Roles…, Correct timestamp…, Merge into another…, Restrict…")]
    [InlineData("responder-2", "Title and summary…, Roles…, Correct timestamp…, Merge into another…")]
    [InlineData("privacy", "Title and summary…, Roles…, Correct timestamp…, Merge into another…, Restrict…, Legal hold…, Redact…")]
    [InlineData("counsel", "Restrict…, Legal hold…")]
    [InlineData("auditor", "")]
    [InlineData("executive", "")]
    public async Task Each_role_is_offered_its_own_acts(string account, string items)
    {
        await PrepareAsync();
        var page = OpenPage(account, await DeclareAsync());
        var changes = items.Contains("Roles…", StringComparison.Ordinal);
        foreach (var act in (string[])["Change SEV…", "Mark contained…", "Link…", "Record…", "Edit link of MCI",
            "Edit exposure of transcriptions", "Add", "Pin"])
            Assert.Equal(changes, page.Offers(act));
        Assert.Equal(items.Length > 0, page.Offers("More"));
        if (items.Length == 0) return;
        Press(page, "More");
        page.WaitForAssertion(() => Assert.Equal(items, string.Join(", ", MenuItems(page).Select(i => i.TextContent.Trim()))), Patience);
    }

    [Fact]
    public async Task The_only_primary_act_is_the_next_step_of_the_status()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        var page = OpenPage("responder", code);
        foreach (var (opener, status) in ((string, string)[])[("Mark contained…", "Contained"), ("Mark resolved…", "Resolved"),
            ("Close…", "Closed")])
        {
            OpenDialog(page, opener);
            Send(page);
            Taken(page);
            page.WaitForAssertion(() => Assert.Contains(status, page.Find(".page-head .sub").TextContent), Patience);
        }
        Assert.True(page.Offers("Reopen…"));
        Assert.False(page.Offers("Change SEV…"));
    }

    [Fact]
    public async Task An_idle_page_contains_no_dialog_and_no_component_per_row_of_the_timeline()
    {
        await PrepareAsync();
        var page = OpenPage("responder", await DeclareAsync());
        Assert.Empty(page.FindComponents<IncidentHub.Ui.Kit.Modal>());
        Assert.Empty(page.FindComponents<IncidentHub.Ui.Kit.TimelineEntry>());
        Assert.NotEmpty(page.FindAll(".timeline > li"));
    }

    [Fact]
    public async Task A_note_is_written_revised_and_pinned()
    {
        await PrepareAsync();
        var page = OpenPage("responder", await DeclareAsync());
        page.Act(() => page.Find(".compose form").Submit());
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Write on the timeline")), Patience);
        page.Act(() => page.Field("Write on the timeline").Change("The grants were read."));
        page.Act(() => page.Find(".compose form").Submit());
        page.WaitForAssertion(() => Assert.Contains("The grants were read.", page.Find(".timeline").TextContent), Patience);
        Assert.Equal("", page.Field("Write on the timeline").TextContent);

        Press(page, "Revise");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".timeline form textarea")), Patience);
        page.Act(() => page.Field("Text").Change(""));
        page.Act(() => page.Find(".timeline form").Submit());
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Text")), Patience);
        page.Act(() => page.Field("Text").Change("The grants were read twice."));
        page.Act(() => page.Find(".timeline form").Submit());
        page.WaitForAssertion(() => Assert.True(page.Offers("Revised 1×")), Patience);
        Assert.Contains("The grants were read twice.", page.Find(".timeline").TextContent);
        Press(page, "Revised 1×");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".earlier")), Patience);

        Press(page, "Pin");
        page.WaitForAssertion(() => Assert.True(page.Offers("Unpin")), Patience);
    }

    [Fact]
    public async Task The_page_of_an_unknown_incident_shows_not_found()
    {
        await PrepareAsync();
        var page = OpenPage("responder", "INC-999");
        Assert.Equal("Incident", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task A_recommended_pause_is_shown_at_its_program_and_no_other()
    {
        await PrepareAsync();
        var level = (await Responder.ReadAsync("/api/v1/policy")).GetProperty("levels").EnumerateArray()
            .First(l => l.Text("pause") == "Recommended").GetProperty("sev").GetInt32();
        var code = await DeclareAsync(level);
        await Responder.MakeAsync($"/api/v1/incidents/{code}/programs", new { program = "TYP", kind = "Downstream" });
        var page = OpenPage("responder", code);
        Assert.Equal("Open MCI", Assert.Single(page.FindAll(".program p a")).TextContent);
    }
}
