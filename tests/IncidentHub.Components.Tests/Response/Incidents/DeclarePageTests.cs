using IncidentHub.Pages.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>The form of a declaration.</summary>
public class DeclarePageTests : IncidentComponentTest
{
    [Fact]
    public async Task A_missing_value_is_refused_at_its_field()
    {
        await PrepareAsync();
        var page = ShowPage("responder");
        page.Act(() => page.Find("form.declare").Submit());
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Title")), Patience);
        Assert.NotNull(page.Error("Program"));
        Assert.Contains(page.FindAll("fieldset[aria-invalid=true]"), f =>
            f.TextContent.Contains("Choose a level.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("employee")]
    [InlineData("auditor")]
    public async Task A_person_who_may_not_declare_sees_the_reason(string account)
    {
        await PrepareAsync();
        var page = RenderAs<DeclarePage>(account);
        page.WaitForAssertion(() => Assert.Contains("Not allowed", page.Markup), Patience);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task The_form_previews_the_effects_of_a_declaration_for_the_chosen_level_and_programs()
    {
        await PrepareAsync();
        var page = ShowPage("responder");
        page.Act(() => page.Field("Title").Change("Readable by all"));
        Pick(page, "Program", "MCI", "MCI · Program MCI");
        Assert.Empty(page.FindAll(".effect li"));
        Choose(page, "SEV 2 Major");
        page.WaitForAssertion(() =>
            Assert.Contains("MCI is paused at once. Every collector stops within 63 s.",
                page.Find(".effect").TextContent.Plain()), Patience);
        Pick(page, "Another program", "TYP", "TYP · Program TYP");
        page.WaitForAssertion(() => Assert.Contains("TYP is paused at once.", page.Find(".effect").TextContent), Patience);
        Press(page, "Remove MCI");
        page.WaitForAssertion(() => Assert.DoesNotContain("MCI", page.Find(".effect").TextContent), Patience);

        page.Act(() => page.Find("form.declare").Submit());
        page.WaitForAssertion(() => Assert.EndsWith("/incidents/INC-1", Services.GetRequiredService<NavigationManager>().Uri), Patience);
        Assert.Equal("TYP", (await Responder.ReadAsync("/api/v1/incidents/INC-1")).GetProperty("programs")[0].Text("program"));
    }

    [Fact]
    public async Task A_dataset_suggests_the_program_that_feeds_it()
    {
        await PrepareAsync();
        var page = ShowPage("responder");
        Pick(page, "Dataset", "trans", "transcriptions");
        page.WaitForAssertion(() => Assert.True(page.Offers("Link as source")), Patience);
        Press(page, "Link as source");
        page.WaitForAssertion(() => Assert.True(page.Offers("Remove MCI")), Patience);
        Assert.False(page.Offers("Link as source"));
    }

    [Fact]
    public async Task Programs_and_datasets_are_part_of_the_draft()
    {
        await PrepareAsync();
        JSInterop.Setup<Dictionary<string, string>?>("hub.kept", "declare").SetResult(new()
        {
            ["title"] = "Kept",
            ["sev"] = "2",
            ["links"] = """{"Programs":[{"Code":"MCI","Kind":1,"Broken":[1]},{"Code":"GONE","Kind":0,"Broken":[]}],"Datasets":["transcriptions"]}""",
        });
        var page = ShowPage("responder");
        page.WaitForAssertion(() => Assert.Contains("A pause of MCI is proposed.", page.Find(".effect").TextContent), Patience);
        Assert.Equal("Kept", page.Field("Title").GetAttribute("value"));
        Assert.True(page.Offers("Remove transcriptions"));
        Assert.False(page.Offers("Remove GONE"));
        Assert.Contains("Safeguards broken by this · 1", page.Markup);
    }

    private IRenderedComponent<IComponent> ShowPage(string account)
    {
        var page = RenderAs<DeclarePage>(account);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("form.declare")), Patience);
        return page;
    }

    private static void Pick(IRenderedComponent<IComponent> page, string label, string text, string option)
    {
        page.Act(() => page.Field(label).Input(text));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".mud-list-item"), i => i.TextContent.Trim() == option), Patience);
        page.InvokeAsync(() => page.FindAll(".mud-list-item").First(i => i.TextContent.Trim() == option).Click());
    }
}
