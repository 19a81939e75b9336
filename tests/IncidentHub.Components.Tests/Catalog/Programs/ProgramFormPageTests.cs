using IncidentHub.Pages.Programs;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Catalog.Programs;

public class ProgramFormPageTests : ComponentTest
{
    [Fact]
    public void Each_refusal_is_shown_at_its_field()
    {
        var page = RenderAs<ProgramFormPage>("owner");
        page.WaitForElement("form");
        Assert.Equal("Program owner", page.Field("Owner").GetAttribute("value"));
        page.Act(() => page.Field("Code").Change("a b"));
        page.Field("Permit lifetime (s)").Change("1");
        page.Act(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Code")));
        foreach (var label in (string[])["Name", "Purpose", "Organisation unit", "Permit lifetime (s)"]) Assert.NotNull(page.Error(label));
        Assert.Null(page.Error("Owner"));
    }

    [Fact]
    public void The_stop_bound_follows_the_settings()
    {
        var page = RenderAs<ProgramFormPage>("owner");
        page.WaitForElement("form");
        page.Field("Permit lifetime (s)").Change("15");
        page.Field("Grace period (s)").Change("5");
        Assert.Contains("stops at most 21 s after a pause", page.Find("form").TextContent.Plain());
    }

    [Fact]
    public async Task A_stale_save_is_refused_and_succeeds_after_loading()
    {
        await Hub.LiveAsync("MCI");
        var page = RenderAs<ProgramFormPage>("owner", ("Code", "MCI"));
        page.WaitForElement("form");
        Assert.Contains("Deputy owner", page.Find(".picked").TextContent);
        page.Act(() => page.Field("Purpose").Change("Typed before the other one saved."));
        await (await Hub.AsAsync("deputy")).SendAsync(HttpMethod.Put, "/api/v1/programs/MCI",
            Support.Programs.Body("MCI", "Changed by the deputy."));
        await page.Find("form").SubmitAsync();
        Assert.Contains("Deputy", page.Find(".notice").TextContent);
        page.Press("Load the change");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notice")));
        await page.Find("form").SubmitAsync();
        var saved = await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/programs/MCI");
        Assert.Equal("Typed before the other one saved.", saved.Text("purpose"));
        Assert.EndsWith("/programs/MCI", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner-2")]
    [InlineData("responder")]
    public async Task A_person_who_may_not_edit_the_program_gets_no_form(string account)
    {
        await Hub.LiveAsync("MCI");
        var page = RenderAs<ProgramFormPage>(account, ("Code", "MCI"));
        page.WaitForAssertion(() => Assert.Contains("There is no program here that you may edit", page.Markup));
        Assert.Empty(page.FindAll("form"));
    }
}
