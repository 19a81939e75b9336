using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Pages.Account;
using IncidentHub.Tests.Support;
using IncidentHub.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

public sealed class OwnSettingsTests
{
    [Theory]
    [InlineData("tok", "Asia/Tokyo")]
    [InlineData("lim", "America/Lima")]
    public void A_time_zone_whose_place_begins_with_what_is_typed_comes_first(string typed, string first) =>
        Assert.Equal(first, YouCard.Zones(typed).First(), ignoreCase: true);

    [Fact]
    public async Task Name_time_zone_and_theme_are_the_persons_in_every_browser_and_audited()
    {
        await using var hub = new TestHub();
        var (commands, actor) = (hub.Services.GetRequiredService<OwnAccountCommands>(), TestHub.Actor("auditor"));
        var settings = new OwnSettings { TimeZone = "Asia/Tokyo", Theme = ThemeSetting.Dark };
        Assert.True((await commands.SaveAsync(" Another name ", settings, actor)).IsOk);
        Assert.Equal(settings, await commands.SettingsAsync(actor, CancellationToken.None));
        var person = (await hub.Services.GetRequiredService<People>().FindAsync(actor.Id))!;
        Assert.Equal(("Another name", Roles.Reporter | Roles.Auditor), (person.DisplayName, person.Own | Roles.Reporter));

        var client = await hub.AsAsync("auditor");
        Assert.Contains("data-theme=\"dark\"", await client.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-theme", await (await hub.AsAsync("owner")).GetStringAsync("/account"), StringComparison.Ordinal);
        // What was chosen in a browser counts there.
        client.DefaultRequestHeaders.Add("Cookie", "theme=light");
        Assert.Contains("data-theme=\"light\"", await client.GetStringAsync("/sign-in"), StringComparison.Ordinal);

        // Saving the same again is no act.
        Assert.True((await commands.SaveAsync("Another name", settings, actor)).IsOk);
        Assert.Contains("Asia/Tokyo", Assert.Single(await hub.ColumnAsync("SELECT Payload FROM AuditEntry WHERE Act = 'account.changed'")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_blank_a_zone_that_is_unknown_and_a_key_are_refused()
    {
        await using var hub = new TestHub();
        var (commands, actor) = (hub.Services.GetRequiredService<OwnAccountCommands>(), TestHub.Actor("auditor"));
        var refused = await commands.SaveAsync(" ", new() { TimeZone = "Nowhere/Else", Theme = null }, actor);
        Assert.Equal(["displayName", "timeZone"], refused.Refusal!.Errors!.Keys.Order(StringComparer.Ordinal));
        var none = new OwnSettings { TimeZone = null, Theme = null };
        Assert.NotNull((await commands.SaveAsync("Auditor", none, actor with { ThroughKey = true })).Refusal);
        Assert.Empty(await hub.ColumnAsync("SELECT Act FROM AuditEntry WHERE Act = 'account.changed'"));
    }

    [Fact]
    public void Pages_show_times_in_the_persons_zone_or_else_in_the_browsers()
    {
        var (viewer, at) = (new Viewer(TimeProvider.System), new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal("12:00", viewer.TimeOfDay(at));
        viewer.Use("Europe/Berlin");
        Assert.Equal("14:00", viewer.TimeOfDay(at));
        viewer.Prefer("Asia/Tokyo");
        Assert.Equal("21:00", viewer.TimeOfDay(at));
        viewer.Use("America/New_York");
        Assert.Equal("21:00", viewer.TimeOfDay(at));
        viewer.Prefer(null);
        Assert.Equal("08:00", viewer.TimeOfDay(at));
    }
}
