using IncidentHub.Pages.Flags;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Response.Flags;

public class FlagDetailPageTests : ComponentTest
{
    [Theory]
    [InlineData("responder", true)]
    [InlineData("privacy", true)]
    [InlineData("employee", false)]
    public async Task Only_triage_is_offered_to_acknowledge_declare_merge_and_dismiss(string account, bool offered)
    {
        await FileAsync();
        var page = await OpenAsync(account);
        foreach (var act in new[] { "Acknowledge", "Declare an incident", "Merge…", "Dismiss…" }) Assert.Equal(offered, page.Offers(act));
        Assert.True(page.Offers("Send"));
    }

    [Fact]
    public async Task For_others_the_flag_is_not_found_like_one_that_does_not_exist()
    {
        await FileAsync();
        var page = RenderAs<FlagDetailPage>("auditor", ("Code", "F-1"));
        page.WaitForAssertion(() => Assert.Contains("There is no such flag", page.Markup));
        Assert.False(page.Offers("Send"));
    }

    [Fact]
    public async Task Dismissing_without_a_reason_is_refused_at_the_field_and_the_flag_stays_open()
    {
        var responder = await FileAsync();
        var page = await OpenAsync("responder");
        await page.Button("Dismiss…").ClickAsync(new());
        await SubmitAsync(page);
        Assert.Equal("This field is required.", page.Error("Reason"));
        Assert.Equal("Waiting", (await responder.ReadAsync("/api/v1/flags/F-1")).Text("status"));
    }

    [Fact]
    public async Task A_dismissed_flag_shows_its_reason_and_offers_no_act_of_triage()
    {
        await FileAsync();
        var page = await OpenAsync("responder");
        await page.Button("Dismiss…").ClickAsync(new());
        page.Act(() => page.Field("Reason").Change("It is test data."));
        await SubmitAsync(page);
        page.WaitForAssertion(() => Assert.Contains("It is test data.", page.Markup));
        Assert.False(page.Offers("Dismiss…"));
        Assert.Empty(page.FindAll(".mud-dialog"));
    }

    [Fact]
    public async Task Merging_without_an_incident_is_refused_at_the_field()
    {
        await FileAsync();
        var page = await OpenAsync("responder");
        await page.Button("Merge…").ClickAsync(new());
        await SubmitAsync(page);
        Assert.Contains("no such incident", page.Error("Incident"));
    }

    [Fact]
    public async Task A_stale_dismissal_is_refused_keeps_the_reason_and_may_be_sent_again()
    {
        await FileAsync();
        var page = await OpenAsync("responder");
        await page.Button("Dismiss…").ClickAsync(new());
        page.Act(() => page.Field("Reason").Change("It is test data."));
        var privacy = await Hub.AsAsync("privacy");
        await privacy.MakeAsync("/api/v1/flags/F-1/acknowledge", new { expectedVersion = 1 });
        await SubmitAsync(page);
        Assert.Contains("Privacy", page.Find(".mud-dialog [role=alert]").TextContent);
        Assert.Equal("It is test data.", page.Field("Reason").GetAttribute("value"));
        await page.Button("Load the change").ClickAsync(new());
        await SubmitAsync(page);
        Assert.Equal("It is test data.", (await privacy.ReadAsync("/api/v1/flags/F-1")).Text("dismissReason"));
    }

    [Fact]
    public async Task An_empty_message_is_refused_at_the_field_and_sending_one_clears_it()
    {
        await FileAsync();
        var page = await OpenAsync("responder");
        await page.Find("form").SubmitAsync();
        Assert.Equal("This field is required.", page.Error("Ask or answer"));
        page.Act(() => page.Field("Ask or answer").Change("Which workspace?"));
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Which workspace?", page.Find(".talk").TextContent));
        Assert.Null(page.Error("Ask or answer"));
        Assert.True(string.IsNullOrEmpty(page.Field("Ask or answer").GetAttribute("value")));
    }

    private async Task<HttpClient> FileAsync()
    {
        await (await Hub.AsAsync("employee")).MakeAsync("/api/v1/flags", new { text = "Somebody else's chats can be read." });
        return await Hub.AsAsync("responder");
    }

    private Task<IRenderedComponent<IComponent>> OpenAsync(string account)
    {
        var page = RenderAs<FlagDetailPage>(account, ("Code", "F-1"));
        page.WaitForAssertion(() => Assert.True(page.Offers("Send")));
        return Task.FromResult(page);
    }

    private static Task SubmitAsync(IRenderedComponent<IComponent> page) => page.Find(".mud-dialog form").SubmitAsync();
}
