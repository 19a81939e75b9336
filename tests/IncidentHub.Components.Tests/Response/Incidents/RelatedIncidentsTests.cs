using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>The card of related incidents, and the page of an incident at an earlier time.</summary>
public class RelatedIncidentsTests : IncidentComponentTest
{
    [Fact]
    public async Task Incidents_are_related_put_in_a_series_and_taken_out_again()
    {
        await PrepareAsync();
        var (first, code) = (await DeclareAsync(), await DeclareAsync());
        var page = OpenPage("responder", code);
        Shows(page, "Shares dataset transcriptions, program MCI");
        OpenDialog(page, "Relate…");
        page.Act(() => page.Field("Which incident?").Change(first));
        page.Act(() => page.Field("Reason").Change("The same grant."));
        Send(page);
        Taken(page);
        Shows(page, "The same grant.");
        OpenDialog(page, "Series…");
        page.Act(() => page.Field("Name").Change("Grants that come back"));
        page.Act(() => page.Field("Incidents, the first one first").Change($"{first}\n{code}"));
        Send(page);
        Taken(page);
        Shows(page, "2nd of 2");
        OpenDialog(page, $"Take {code} out of the series…");
        page.Act(() => page.Field("Reason").Change("Another kind."));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.DoesNotContain("2nd of 2", page.Markup), Patience);
    }

    [Fact]
    public async Task Who_may_not_change_the_incident_is_offered_neither_links_nor_series()
    {
        await PrepareAsync();
        var page = OpenPage("auditor", await DeclareAsync());
        foreach (var act in (string[])["Relate…", "Series…"]) Assert.False(page.Offers(act));
    }

    [Fact]
    public async Task A_search_marks_what_it_found_and_an_earlier_time_offers_no_acts()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        await Responder.MakeAsync($"/api/v1/incidents/{code}/notes", new { body = "The nightly grant job." });
        var then = Uri.EscapeDataString(Hub.Clock.Now.ToString("O"));
        Hub.Clock.Advance(TimeSpan.FromMinutes(5));
        await Responder.MakeAsync($"/api/v1/incidents/{code}/notes", new { body = "The grant is revoked." });
        var page = OpenPage("responder", code);
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.Act(() => navigation.NavigateTo($"incidents/{code}?q=GRANT"));
        page.WaitForAssertion(() => Assert.Equal(["grant", "grant"], page.FindAll(".timeline mark").Select(m => m.TextContent)), Patience);
        page.Act(() => navigation.NavigateTo($"incidents/{code}?asOf={then}"));
        Shows(page, "Back to now");
        page.WaitForAssertion(() => Assert.Contains("The nightly grant job.", page.Find(".timeline").TextContent), Patience);
        Assert.DoesNotContain("The grant is revoked.", page.Markup);
        foreach (var act in (string[])["Change SEV…", "Add", "Pin", "Relate…", "Mark contained…"]) Assert.False(page.Offers(act));
    }

    private static void Shows(IRenderedComponent<IComponent> page, string text) =>
        page.WaitForAssertion(() => Assert.Contains(text, page.Markup), Patience);
}
