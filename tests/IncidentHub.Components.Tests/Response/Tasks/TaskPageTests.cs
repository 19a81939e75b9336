using IncidentHub.Components.Tests.Response.Incidents;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Tasks;
using IncidentHub.Response.Tasks.Parts;
using IncidentHub.Pages.Tasks;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Response.Tasks;

/// <summary>Tasks in the card and in the list: the acts offered to each role, and the refusals of the dialogs.</summary>
public class TaskPageTests : IncidentComponentTest
{
    [Fact]
    public async Task A_fix_is_done_by_one_person_and_verified_by_another()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        await Responder.MakeAsync("/api/v1/tasks", new { what = "Remove the grant job", kind = "Fix", incident = code });
        var card = RenderAs<TaskCard>("responder", ("Incident", code));
        card.WaitForAssertion(() => Assert.True(card.Offers("Mark done: Remove the grant job")), Patience);
        Assert.False(card.Offers("Verify: Remove the grant job"));

        Press(card, "Mark done: Remove the grant job");
        card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll(".mud-dialog form")), Patience);
        Send(card);
        card.WaitForAssertion(() => Assert.NotNull(card.Error("What was done")), Patience);
        card.Act(() => card.Field("What was done").Change("Job deleted."));
        Send(card);
        Taken(card);
        card.WaitForAssertion(() => Assert.Contains("To verify", card.Markup), Patience);
        // Nobody may verify their own fix.
        Assert.False(card.Offers("Verify: Remove the grant job"));
    }

    [Fact]
    public async Task A_fix_that_fails_its_verification_is_sent_back()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        var task = (await Responder.MakeAsync("/api/v1/tasks", new { what = "Remove the grant job", kind = "Fix", incident = code }))
            .Text("code");
        await Responder.MakeAsync($"/api/v1/tasks/{task}/complete", new { note = "Deleted." });
        var card = RenderAs<TaskCard>("responder-2", ("Incident", code));
        card.WaitForAssertion(() => Assert.True(card.Offers("Verify: Remove the grant job")), Patience);
        Press(card, "Verify: Remove the grant job");
        card.WaitForAssertion(() => Assert.True(card.Offers("Close task")), Patience);
        Choose(card, "The task is open again.");
        card.WaitForAssertion(() => Assert.True(card.Offers("Return task")), Patience);
        card.Act(() => card.Field("What was checked, and the result").Change("The job came back."));
        Send(card);
        Taken(card);
        card.WaitForAssertion(() => Assert.True(card.Offers("Mark done: Remove the grant job")), Patience);
    }

    [Theory]
    [InlineData("responder", "Mark done, Edit, Cancel task")]
    [InlineData("owner", "Mark done")]
    [InlineData("auditor", "")]
    public async Task Each_role_is_offered_its_own_acts(string account, string acts)
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        await Responder.MakeAsync("/api/v1/tasks", new { what = "Read the grants", owner = "owner", incident = code });
        var card = RenderAs<TaskCard>(account, ("Incident", code));
        card.WaitForAssertion(() => Assert.Contains("Read the grants", card.Markup), Patience);
        Assert.Equal(acts, string.Join(", ", card.FindAll(".acts button").Select(b => b.TextContent.Trim().TrimEnd('…'))));
        Assert.Equal(account == "responder", card.Offers("Add…"));
    }

    [Fact]
    public async Task A_person_who_may_see_only_one_of_a_tasks_incidents_sees_no_text_and_no_act()
    {
        await PrepareAsync();
        var (code, other) = (await DeclareAsync(), await DeclareAsync());
        var incidents = Hub.Services.GetRequiredService<IncidentReader>();
        var created = await Hub.Db.WriteAsync<TaskRecord>(async tx =>
        {
            var (first, second) = (await incidents.FindVisibleAsync(tx, TestHub.Actor("responder"), code),
                await incidents.FindVisibleAsync(tx, TestHub.Actor("responder"), other));
            return await TaskCommands.CreateAsync(
                tx, new TaskState
                {
                    Id = Guid.Empty,
                    Kind = TaskKind.Condition,
                    What = "Ask the three named people",
                    OwnerName = "Counsel",
                    DueAt = tx.Now.AddDays(1),
                    IncidentIds = [first!.Id, second!.Id],
                    CreatedAt = tx.Now,
                },
                Actor.System);
        });
        Assert.True(created.IsOk, created.Refusal?.Message);
        await (await Hub.AsAsync("privacy")).MakeAsync($"/api/v1/incidents/{other}/confidentiality",
            new { confidentiality = "Restricted", reason = "It names people." });

        var card = RenderAs<TaskCard>("responder-2", ("Incident", code));
        card.WaitForAssertion(() => Assert.Contains("A restricted incident", card.Markup), Patience);
        Assert.Contains(created.Value.Code, card.Markup);
        Assert.DoesNotContain("three named people", card.Markup);
        Assert.DoesNotContain("Counsel", card.Markup);
        Assert.DoesNotContain("unassigned", card.Markup);
        Assert.Empty(card.FindAll(".acts button"));
    }

    [Fact]
    public async Task A_new_task_needs_a_due_time_in_the_future()
    {
        await PrepareAsync();
        var card = RenderAs<TaskCard>("responder", ("Incident", await DeclareAsync()));
        card.WaitForAssertion(() => Assert.True(card.Offers("Add…")), Patience);
        Press(card, "Add…");
        card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll(".mud-dialog form")), Patience);
        card.Act(() => card.Field("What must be done").Change("Read the grants"));
        card.Field("Due (optional)").Change("2020-01-01");
        card.Act(() => card.Field("Due, time").Change("10:00"));
        Send(card);
        card.WaitForAssertion(() => Assert.NotNull(card.Error("Due (optional)")), Patience);
        Assert.Equal("2020-01-01", card.Field("Due (optional)").GetAttribute("value"));
        card.Field("Due (optional)").Change("2027-01-01");
        Send(card);
        Taken(card);
        card.WaitForAssertion(() => Assert.Contains("Read the grants", card.Find(".checklist").TextContent), Patience);
    }

    [Fact]
    public async Task The_list_links_each_task_to_what_it_belongs_to()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        await Responder.MakeAsync("/api/v1/tasks", new { what = "Read the grants", incident = code });
        var list = RenderAs<TaskList>("responder");
        list.WaitForAssertion(() => Assert.Equal($"incidents/{code}", list.Find("tbody td a").GetAttribute("href")), Patience);
        Press(list, "Cancel task: Read the grants");
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(".mud-dialog form")), Patience);
        Send(list);
        list.WaitForAssertion(() => Assert.NotNull(list.Error("Reason")), Patience);
        list.Act(() => list.Field("Reason").Change("Done elsewhere."));
        Send(list);
        Taken(list);
        list.WaitForAssertion(() => Assert.Contains("No open tasks", list.Markup), Patience);
    }
}
