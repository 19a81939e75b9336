using IncidentHub.Pages.Flags;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Response.Flags;

public class FlagTriageTests : ComponentTest
{
    [Fact]
    public async Task Several_flags_are_acknowledged_at_once_and_what_is_refused_is_shown_with_its_reason()
    {
        var responder = await FileAsync(3);
        await responder.MakeAsync("/api/v1/flags/F-2/acknowledge");
        var page = Open("responder");
        page.Act(() => page.Find("input[aria-label='Choose all open flags on this page']").Change(true));
        page.WaitForAssertion(() => Assert.Contains("3 chosen", page.Markup));
        page.Press("Acknowledge");
        page.WaitForAssertion(() => Assert.Contains("1 of 3 was refused; the rest is done", page.Markup));
        Assert.Contains("F-2 is acknowledged already.", page.Markup);
        Assert.Contains("1 chosen", page.Markup);
        var flags = (await responder.ReadAsync("/api/v1/flags")).GetProperty("items").EnumerateArray();
        Assert.All(flags, f => Assert.Equal("Acknowledged", f.Text("status")));
    }

    [Fact]
    public async Task Several_flags_are_dismissed_with_one_reason_and_without_one_none_is()
    {
        var responder = await FileAsync(2);
        var page = Open("responder");
        page.Act(() => page.Find("input[aria-label='Choose F-1']").Change(true));
        page.Act(() => page.Find("input[aria-label='Choose F-2']").Change(true));
        page.Press("Dismiss…");
        await page.Find(".mud-dialog form").SubmitAsync();
        Assert.Equal("This field is required.", page.Error("Reason"));
        page.Act(() => page.Field("Reason").Change("It is test data."));
        await page.Find(".mud-dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".triage-bar")));
        foreach (var code in new[] { "F-1", "F-2" })
            Assert.Equal("It is test data.", (await responder.ReadAsync($"/api/v1/flags/{code}")).Text("dismissReason"));
    }

    [Fact]
    public async Task Reporters_choose_nothing()
    {
        await FileAsync(1);
        var page = Open("employee");
        Assert.Empty(page.FindAll("input[type=checkbox]"));
    }

    private async Task<HttpClient> FileAsync(int count)
    {
        var employee = await Hub.AsAsync("employee");
        for (var n = 0; n < count; n++) await employee.MakeAsync("/api/v1/flags", new { text = $"Somebody else's chats, part {n}." });
        return await Hub.AsAsync("responder");
    }

    private IRenderedComponent<IComponent> Open(string account)
    {
        var page = RenderAs<FlagListPage>(account);
        page.WaitForAssertion(() => Assert.Contains("F-1", page.Markup));
        return page;
    }
}
