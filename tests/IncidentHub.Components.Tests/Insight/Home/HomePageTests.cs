using IncidentHub.Insight.Home;
using IncidentHub.Pages.Home;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Insight.Home;

public class HomePageTests : ComponentTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void An_empty_inbox_shows_the_text_for_an_empty_list()
    {
        var page = OpenPage("responder");
        Assert.Contains("Nothing needs you right now.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No open incidents", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No paused programs", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_flags_the_most_urgent_are_listed_and_one_row_links_to_the_rest()
    {
        var employee = await Hub.AsAsync("employee");
        for (var n = 0; n < InboxQueries.MostFlags + 3; n++)
        {
            await employee.MakeAsync("/api/v1/flags", new { text = $"Chats can be read, place {n}." });
            Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var page = OpenPage("responder");
        Assert.Equal(InboxQueries.MostFlags, page.FindAll(".inbox li .chip").Count);
        var rest = page.Find(".inbox a.rest");
        Assert.Equal(("3 more flags await triage", "flags?show=waiting"), (rest.TextContent, rest.GetAttribute("href")));
        var counts = await Hub.Services.GetRequiredService<HomeQueries>().CountsAsync(TestHub.Actor("responder"));
        Assert.Equal($"{counts.Needs}", page.Find(".inbox .note").TextContent);
    }

    [Fact]
    public async Task A_reporter_is_offered_to_flag_a_concern_and_sees_the_status_of_their_flags()
    {
        await (await Hub.AsAsync("employee")).MakeAsync("/api/v1/flags", new { text = "Chats can be read." });
        var page = OpenPage("employee");
        Assert.True(page.Offers("Flag a concern"));
        Assert.False(page.Offers("Declare an incident"));
        Assert.Contains("Awaits triage", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Inbox", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<IComponent> OpenPage(string account)
    {
        var page = RenderAs<HomePage>(account);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")), Patience);
        return page;
    }
}
