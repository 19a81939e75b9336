using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Insight.Home;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses.Parts;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Switch.Pauses;

public class SwitchHeroTests : ComponentTest
{
    [Theory]
    [InlineData("owner", true, true)]
    [InlineData("deputy", true, true)]
    [InlineData("responder", true, false)]
    [InlineData("executive", true, false)]
    [InlineData("owner-2", false, false)]
    [InlineData("auditor", false, false)]
    public async Task Each_role_is_offered_its_permitted_acts(string account, bool pauses, bool drills)
    {
        await Hub.LiveAsync("MCI");
        var hero = Show(account);
        Assert.Equal((pauses, drills), (hero.Offers("Pause…"), hero.Offers("Run a drill…")));
        Assert.Equal(!pauses, hero.Markup.Contains("responders, privacy and executives may pause it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proposal_is_declined_by_the_owner_only_and_discloses_nothing_to_others()
    {
        await Hub.LiveAsync("MCI");
        var responder = await Hub.AsAsync("responder");
        await responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Snapshot blur disabled",
            sev = 3,
            confidentiality = "Restricted",
            programs = new[] { new { program = "MCI", kind = "Source" } },
        });
        var owner = Show("owner");
        Assert.Equal("PauseProposed", owner.Find(".hero").GetAttribute("data-state"));
        Assert.True(owner.Offers("Decline with a reason…"));
        Assert.DoesNotContain("Snapshot blur disabled", owner.Markup);
        Assert.Contains("the cause is shown to those who handle it", owner.Markup);
    }

    [Fact]
    public async Task A_person_who_may_pause_but_does_not_own_the_program_may_activate_and_not_decline()
    {
        await Hub.LiveAsync("MCI");
        var responder = await Hub.AsAsync("responder");
        var programs = new[] { new { program = "MCI", kind = "Source" } };
        await responder.MakeAsync("/api/v1/incidents", new { title = "Snapshot blur disabled", sev = 3, programs });
        var hero = Show("responder");
        Assert.True(hero.Offers("Pause now…"));
        Assert.False(hero.Offers("Decline with a reason…"));
    }

    [Fact]
    public async Task A_pause_with_an_empty_population_is_shown_as_such()
    {
        await Hub.LiveAsync("MCI");
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "As a precaution" });
        await Hub.CountedAsync();
        var hero = Show("executive");
        Assert.Equal("Paused", hero.Find(".hero").GetAttribute("data-state"));
        Assert.Contains("No collector held a permit", hero.Markup);
        Assert.Contains("told to hold what they have buffered", hero.Markup);
        Assert.True(hero.Offers("Seal buffers…"));
    }

    [Fact]
    public async Task The_dialog_exists_only_while_it_is_open()
    {
        await Hub.LiveAsync("MCI");
        var hero = Show("owner");
        Assert.Empty(hero.FindAll("form"));
        hero.Press("Pause…");
        hero.WaitForAssertion(() => Assert.Single(hero.FindAll("form")));
        hero.Press("Cancel");
        hero.WaitForAssertion(() => Assert.Empty(hero.FindAll("form")));
    }

    [Fact]
    public async Task After_a_restored_backup_nothing_says_that_a_program_collects_until_its_owner_confirms()
    {
        await Hub.LiveAsync("MCI");
        await Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.RaiseAsync(new DatabaseRestored(null), Actor.System);
            return default(Done);
        });
        var hero = Show("owner");
        Assert.Equal("Held", hero.Find(".hero").GetAttribute("data-state"));
        Assert.Contains("Held after restore", hero.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Collecting", hero.Markup, StringComparison.Ordinal);
        Assert.Equal((true, false), (hero.Offers("Pause…"), hero.Offers("Run a drill…")));
        Assert.True(await IsAskedAsync("owner") && await IsAskedAsync("deputy"));
        Assert.False(await IsAskedAsync("owner-2") || await IsAskedAsync("responder"));

        var standing = await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/programs/MCI/switch");
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/programs/MCI/switch/confirm",
            new { epoch = standing.GetProperty("epoch").GetInt64(), reason = "Compared with the orders." });
        Assert.False(await IsAskedAsync("owner"));
        await ReceivesAsync(hero, () => hero.Find(".hero").GetAttribute("data-state") == "Collecting");

        async Task<bool> IsAskedAsync(string account) => (await Hub.Services.GetRequiredService<HomeQueries>()
            .LoadAsync(TestHub.Actor(account))).Inbox.Items.Any(i => i.Text == "Confirm what may be collected by MCI");
    }

    private IRenderedComponent<IComponent> Show(string account)
    {
        var hero = RenderAs<SwitchHero>(account, ("Code", "MCI"));
        hero.WaitForElement("[data-state]");
        return hero;
    }
}
