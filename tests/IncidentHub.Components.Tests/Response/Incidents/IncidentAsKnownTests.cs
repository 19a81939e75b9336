using Dapper;
using IncidentHub.Pages.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>The page of an incident at an earlier time.</summary>
public class IncidentAsKnownTests : IncidentComponentTest
{
    [Fact]
    public async Task Obligations_tasks_and_roles_are_those_of_the_time_and_nothing_can_be_done_there()
    {
        await PrepareAsync();
        var code = await DeclareAsync(5);
        var privacy = await Hub.AsAsync("privacy");
        await Responder.MakeAsync($"/api/v1/incidents/{code}/obligations", new { regime = "GDPR" });
        await Responder.MakeAsync("/api/v1/obligations/O-1/trigger", new { at = Hub.Clock.Now.AddHours(-70), note = "Certain." });
        await privacy.MakeAsync("/api/v1/obligations/O-2/not-required", new { reason = "No high risk." });
        await Responder.MakeAsync("/api/v1/tasks",
            new { what = "Read the grants", incident = code, owner = "owner", dueAt = Hub.Clock.Now.AddHours(5) });
        await Responder.MakeAsync("/api/v1/tasks", new { what = "Remove the grant", kind = "Fix", incident = code, owner = "owner" });
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/tasks/T-2/complete", new { note = "Removed." });
        var note = (await Responder.MakeAsync($"/api/v1/incidents/{code}/notes", new { body = "The first text." })).Text("id");
        async Task ReviseAsync(string body) => ApiCalls.AssertOk(
            await Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/notes/{note}", new { body }));
        await ReviseAsync("The second text.");
        var then = Hub.Clock.Now;
        Hub.Clock.Advance(TimeSpan.FromHours(3));
        await ReviseAsync("The third text.");
        await privacy.MakeAsync("/api/v1/obligations/O-1/trigger", new { at = Hub.Clock.Now, note = "It was today." });
        await Responder.MakeAsync("/api/v1/tasks/T-1/cancel", new { reason = "The other team did." });
        await Responder.MakeAsync($"/api/v1/incidents/{code}/roles", new { role = "Commander", account = "responder-2" });

        var page = OpenPage("privacy", code);
        Shows(page, "Commander: Second responder");
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.Act(() => navigation.NavigateTo($"incidents/{code}?asOf={Uri.EscapeDataString(then.ToString("O"))}"));
        foreach (var text in (string[])["O-1 · due 18 Jun 15:50, in 2\u00A0h then", "Commander: Responder", "No high risk.",
            "What the exposures suggested at that time is not recorded.", "T-1 · Program owner", "due 18 Jun 18:50, in 5\u00A0h then",
            "Program owner: Removed."]) Shows(page, text);
        foreach (var text in (string[])["Second responder", "The other team did.", "It was today.", "The third text."])
            Assert.DoesNotContain(text, page.Markup);
        // Of the note, only what was its earlier text then.
        page.Press("Revised 1×");
        page.WaitForAssertion(() => Assert.Contains("The first text.", Assert.Single(page.FindAll(".earlier")).TextContent), Patience);

        string[] led = ["Back to now", "Show", "Known then", "Hide earlier texts", "Markdown", "CSV", "Print view"];
        var offered = page.FindAll("main button, main a, button, .acts a").Select(b => b.TextContent.Trim()).Distinct().Except(led);
        Assert.DoesNotContain(offered, IsAct);
        Assert.Empty(page.FindAll("form, textarea, [role=menu]"));
        Assert.Contains($"asOf={Uri.EscapeDataString(then.UtcDateTime.ToString("O"))}",
            page.FindAll("a").First(a => a.TextContent == "CSV").GetAttribute("href"));

        // And what is not recorded is said, not guessed: as if the hub had been upgraded an hour later.
        await Hub.Db.WriteAsync<IncidentHub.Domain.Done>(async tx =>
        {
            await tx.Connection.ExecuteAsync("INSERT INTO IncidentPartsSince (IncidentId, RecordedAt) SELECT Id, @at FROM Incident",
                new { at = then.AddHours(1) }, tx.Transaction);
            return default(IncidentHub.Domain.Done);
        });
        page.Act(() => navigation.NavigateTo($"incidents/{code}?asOf={Uri.EscapeDataString(then.AddMinutes(1).ToString("O"))}"));
        Shows(page, "Roles, obligations and tasks are recorded since");
        Shows(page, "Roles: not recorded for this time");
        page.WaitForAssertion(
            () => Assert.Equal(2, page.FindAll(".card .muted").Count(m => m.TextContent == "Not recorded for this time.")), Patience);
        Assert.DoesNotContain("T-1 · ", page.Markup);
    }

    [Fact]
    public async Task The_print_view_of_an_earlier_time_leads_back_to_it()
    {
        await PrepareAsync();
        var code = await DeclareAsync(5);
        var then = Uri.EscapeDataString(Hub.Clock.Now.UtcDateTime.ToString("O"));
        var page = RenderAs<TimelinePage>("auditor", ("Code", code));
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.Act(() => navigation.NavigateTo($"incidents/{code}/timeline?kind=status&asOf={then}"));
        Shows(page, "As it was known at Thu 18 June 2026");
        var back = page.FindAll("a").First(a => a.TextContent == "Back").GetAttribute("href");
        Assert.Equal($"incidents/{code}?kind=status&asOf={then}", back);
    }

    /// <summary>An address that was cut off, or in which a plus stands for a blank.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_time_that_cannot_be_read_is_said_and_what_is_known_now_is_shown(bool onPaper)
    {
        await PrepareAsync();
        var code = await DeclareAsync(5);
        const string said = "The time in the address cannot be read.";
        var page = onPaper ? RenderAs<TimelinePage>("auditor", ("Code", code)) : OpenPage("auditor", code);
        var navigation = Services.GetRequiredService<NavigationManager>();
        Assert.DoesNotContain(said, Text(page));
        foreach (var time in (string[])["maybe", "2026-06-18T10:00:00+00:00"])
        {
            page.Act(() => navigation.NavigateTo($"incidents/{code}{(onPaper ? "/timeline" : "")}?asOf={time}"));
            Shows(page, said);
            Shows(page, "SEV 5");
        }
    }

    private static bool IsAct(string text) => text.EndsWith('…') || text is "Add" or "Pin" or "Unpin" or "Board" or "Revise" or "Save";

    private static void Shows(IRenderedComponent<IComponent> page, string text) =>
        page.WaitForAssertion(() => Assert.Contains(text, Text(page)), Patience);

    private static string Text(IRenderedComponent<IComponent> page) =>
        string.Join(' ', string.Concat(page.Nodes.Select(n => n.TextContent)).Split((char[])[' ', '\n', '\r'],
            StringSplitOptions.RemoveEmptyEntries));
}
