using IncidentHub.Pages.Audit;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Access.Audit;

public class AuditPageTests : ComponentTest
{
    [Fact]
    public void An_invalid_filter_for_acts_is_refused_at_its_field()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/audit?act=NOPE!");
        var page = RenderAs<AuditPage>("auditor");
        page.WaitForAssertion(() => Assert.StartsWith("Small letters, digits", page.Error("Act begins with")));
        Assert.Contains("Correct the marked filter.", page.Markup);
    }

    [Fact]
    public async Task The_auditor_reads_acts_by_actor_and_verifies_the_chain()
    {
        await (await Hub.AsAsync("employee")).MakeAsync("/api/v1/flags", new { text = "Somebody else's chats can be read." });
        await (await Hub.AsAsync("responder")).MakeAsync("/api/v1/flags/F-1/acknowledge", new { });
        Services.GetRequiredService<NavigationManager>().NavigateTo("/audit?actor=Responder");
        var page = RenderAs<AuditPage>("auditor");
        page.WaitForAssertion(() => Assert.Contains("flag.acknowledged", page.Find("tbody").TextContent));
        Assert.DoesNotContain("flag.filed", page.Find("tbody").TextContent);
        await page.Button("Verify the chain").ClickAsync(new());
        Assert.Contains("rows verified", page.Find("[role=status]").TextContent);
    }

    [Theory]
    [InlineData("responder")]
    [InlineData("administrator")]
    public void Other_roles_see_no_row_and_are_offered_neither_export_nor_verification(string account)
    {
        var page = RenderAs<AuditPage>(account);
        page.WaitForAssertion(() => Assert.Contains("Not allowed", page.Markup));
        Assert.False(page.Offers("Export") || page.Offers("Verify the chain"));
        Assert.Empty(page.FindAll("table"));
    }
}
