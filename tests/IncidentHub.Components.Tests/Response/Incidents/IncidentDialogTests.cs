using IncidentHub.Tests.Support;
using IncidentHub.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>The dialogs of the incident page: refusals at their fields, conflicts, and previews of the act.</summary>
public class IncidentDialogTests : IncidentComponentTest
{
    [Theory]
    [InlineData("Change SEV…", "Reason")]
    [InlineData("Correct timestamp…", "Reason")]
    [InlineData("Merge into another…", "Into which incident?")]
    [InlineData("Restrict…", "Reason")]
    [InlineData("Edit link of MCI", "Reason")]
    [InlineData("Edit assessment…", "Reason")]
    [InlineData("Roles…", "Person")]
    [InlineData("Link…", "Program")]
    [InlineData("Record…", "Dataset")]
    [InlineData("Add…", "What must be done")]
    public async Task A_missing_value_is_refused_at_its_field(string opener, string field)
    {
        await PrepareAsync();
        var page = OpenPage("responder", await DeclareAsync());
        OpenDialog(page, opener);
        Send(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Error(field)), Patience);
        Assert.NotEmpty(page.FindAll(".mud-dialog [role=alert]"));
    }

    [Fact]
    public async Task Privacy_sees_what_a_redaction_removes_and_chooses_from_it()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        await Responder.MakeAsync("/api/v1/tasks", new { what = "Ask hunter-two for the list", incident = code });
        var file = (await Responder.MakeAsync($"/api/v1/incidents/{code}/evidence", new FormBody("bucket.log", [1, 2],
            ("takenFrom", "The bucket"), ("takenAt", Hub.Clock.Now.ToString("O"))))).Text("code");
        var page = OpenPage("privacy", code);
        // Of the incident; each thing that belongs to it has its own.
        Press(page, "More");
        page.WaitForAssertion(() => Assert.Contains(MenuItems(page), i => i.TextContent.Trim() == "Redact…"), Patience);
        page.Act(() => MenuItems(page).First(i => i.TextContent.Trim() == "Redact…").Click());
        page.WaitForAssertion(() => Assert.Contains("Ask hunter-two for the list", page.Find(".mud-dialog .texts").TextContent), Patience);
        page.Act(() => page.Field("Reason").Change("A name."));
        Send(page);
        page.WaitForAssertion(() => Assert.Contains("Choose what is to be removed.", page.Find(".mud-dialog").TextContent), Patience);
        page.Act(() => page.FindAll(".mud-dialog .text").Single(t => t.TextContent.Contains("hunter-two", StringComparison.Ordinal))
            .QuerySelector("input")!.Change(true));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.DoesNotContain("hunter-two", page.Markup), Patience);
        Assert.Contains("[redacted]", page.Markup, StringComparison.Ordinal);

        // A file by itself: what was entered about it stays.
        OpenDialog(page, $"Redact {file}");
        page.WaitForAssertion(() => Assert.Equal("3 texts and 1 file chosen", page.Find(".mud-dialog [role=status]").TextContent), Patience);
        Press(page, "Choose none");
        page.Act(() => page.Find(".mud-dialog input[name=files]").Change(true));
        Assert.Equal("1 file chosen", page.Find(".mud-dialog [role=status]").TextContent);
        page.Act(() => page.Field("Reason").Change("A name."));
        Send(page);
        Taken(page);
        var kept = await Responder.ReadAsync($"/api/v1/evidence/{file}");
        Assert.Equal("bucket.log", kept.Text("name"));
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, kept.GetProperty("redactedAt").ValueKind);
    }

    [Fact]
    public async Task A_title_changed_by_another_person_meanwhile_is_a_conflict_and_typed_text_is_sent_after_loading()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        var page = OpenPage("responder", code);
        OpenDialog(page, "Title and summary…");
        page.Act(() => page.Field("Title").Change("Readable by everyone at night"));
        var second = await Hub.AsAsync("responder-2");
        await second.SendAsync(HttpMethod.Patch, $"/api/v1/incidents/{code}", new { summary = "Changed meanwhile" });

        Send(page);
        page.WaitForAssertion(() => Assert.Contains("Second responder", page.Find(".mud-dialog .notice").TextContent), Patience);
        Assert.Equal("Readable by everyone at night", page.Field("Title").GetAttribute("value"));
        // The page receives the change; then the dialog can load it.
        await ReceivesAsync(page, () => page.FindAll("p.prewrap").Any(p => p.TextContent == "Changed meanwhile"));
        await page.InvokeAsync(() => page.Find(".mud-dialog .notice button").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-dialog .notice")), Patience);
        Send(page);
        Taken(page);
        Assert.Equal("Readable by everyone at night", (await Responder.ReadAsync($"/api/v1/incidents/{code}")).Text("title"));
    }

    [Fact]
    public async Task A_change_of_SEV_previews_the_effects_on_pauses_clocks_and_approvals()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        var page = OpenPage("responder", code);
        OpenDialog(page, "Change SEV…");
        Assert.DoesNotContain("What will happen", Dialog(page));
        Choose(page, "SEV 2 Major");
        page.WaitForAssertion(
            () => Assert.Contains("MCI is paused at once. Every collector stops within 63 s.", Dialog(page).Plain()), Patience);
        Assert.Contains("Each further update is due 4 h after the last one, instead of", Dialog(page).Plain());
        Assert.Contains("To resume MCI: approval by the owner and privacy", Dialog(page));
        page.Act(() => page.Field("Reason").Change("More was readable than we knew."));
        Send(page);
        Taken(page);
        Assert.Equal(2, (await Responder.ReadAsync($"/api/v1/incidents/{code}")).GetProperty("sev").GetInt32());
    }

    [Fact]
    public async Task A_link_and_its_withdrawal_preview_the_effects_on_the_program()
    {
        await PrepareAsync();
        var code = await DeclareAsync(3);
        var page = OpenPage("responder", code);
        OpenDialog(page, "Edit link of MCI");
        page.WaitForAssertion(() => Assert.Contains("The proposed pause of MCI is withdrawn.", Dialog(page)), Patience);
        Choose(page, "Downstream");
        page.WaitForAssertion(() => Assert.Contains("What will happen", Dialog(page)), Patience);
        page.Act(() => page.Field("Reason").Change("Only the index was readable."));
        Press(page, "Withdraw the link");
        Taken(page);
        Assert.NotNull((await Responder.ReadAsync($"/api/v1/incidents/{code}")).GetProperty("programs")[0].Text("withdrawnReason"));
    }

    [Fact]
    public async Task Reopening_shows_that_pauses_stay_active_and_count_for_the_new_cycle()
    {
        await PrepareAsync();
        var code = await DeclareAsync(2);
        await Responder.MakeAsync($"/api/v1/incidents/{code}/contain", new { });
        var page = OpenPage("responder", code);
        OpenDialog(page, "Reopen…");
        page.WaitForAssertion(() =>
            Assert.Contains("MCI stays paused. Only a decision lifts the pause. The pause counts for the new cycle.", Dialog(page)),
            Patience);
        Send(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Reason")), Patience);
        page.Act(() => page.Field("Reason").Change("Two tables were readable again."));
        Send(page);
        Taken(page);
        Assert.Contains("cycle 2", page.Find(".page-head").TextContent);
    }

    [Fact]
    public async Task An_exposure_is_filled_from_the_catalog_and_previews_its_effects()
    {
        await PrepareAsync();
        var code =
            (await Responder.MakeAsync(
            "/api/v1/incidents", new { title = "Readable", sev = 2, programs = new[] { new { program = "MCI", kind = "Source" } } }))
            .Text("code");
        var page = OpenPage("responder", code);
        OpenDialog(page, "Record…");
        page.Act(() => page.Field("Dataset").Input("trans"));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".mud-list-item"), i =>
            i.TextContent.Contains("transcriptions", StringComparison.Ordinal)), Patience);
        await page.InvokeAsync(() => page.FindAll(".mud-list-item")
            .First(i => i.TextContent.Contains("transcriptions", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.Equal("640000", page.Field("Records (optional)").GetAttribute("value")), Patience);
        page.WaitForAssertion(() => Assert.Contains("MCI stays paused.", Dialog(page)), Patience);
        page.Field("Records (optional)").Change("1.000");
        Send(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Records (optional)")), Patience);
        page.Field("Records (optional)").Change("1000");
        Send(page);
        Taken(page);
        Assert.Equal(1000, (await Responder.ReadAsync($"/api/v1/incidents/{code}")).GetProperty("exposures")[0].GetProperty("records")
            .GetInt64());
    }

    [Theory]
    [InlineData("UTC+02:00", "2025-10-26T00:30:00")]
    [InlineData("UTC+01:00", "2025-10-26T01:30:00")]
    public async Task A_timestamp_in_the_repeated_hour_of_a_clock_change_is_recorded_with_the_chosen_offset(string offset, string recorded)
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        var page = OpenPage("responder", code);
        Services.GetRequiredService<Viewer>().Use("Europe/Berlin");
        OpenDialog(page, "Correct timestamp…");
        page.Field("Correct time (optional)").Change("2025-10-26");
        page.Act(() => page.Field("Correct time, time").Change("02:30"));
        page.WaitForAssertion(() => Assert.Contains("This hour exists twice", Dialog(page)), Patience);
        Choose(page, offset);
        page.Act(() => page.Field("Reason").Change("Seen in the log."));
        Send(page);
        Taken(page);
        var started = (await Responder.ReadAsync($"/api/v1/incidents/{code}")).GetProperty("timestamps").GetProperty("exposureStarted")
            .GetDateTimeOffset();
        Assert.Equal(recorded, started.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_timestamp_in_the_skipped_hour_of_a_clock_change_is_refused_at_its_field()
    {
        await PrepareAsync();
        var page = OpenPage("responder", await DeclareAsync());
        Services.GetRequiredService<Viewer>().Use("Europe/Berlin");
        OpenDialog(page, "Correct timestamp…");
        page.Field("Correct time (optional)").Change("2026-03-29");
        page.Act(() => page.Field("Correct time, time").Change("02:30"));
        page.Act(() => page.Field("Reason").Change("Seen in the log."));
        Send(page);
        page.WaitForAssertion(() => Assert.Contains("does not exist on that day in Europe/Berlin", Dialog(page)), Patience);
    }

    [Fact]
    public async Task Counsel_places_a_legal_hold_with_a_reason_and_releases_it()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        var page = OpenPage("counsel", code);
        OpenDialog(page, "Legal hold…");
        Send(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Reason")), Patience);
        page.Act(() => page.Field("Reason").Change("A matter is pending."));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Contains("A matter is pending.", page.Find(".notice").TextContent), Patience);
        OpenDialog(page, "Release…");
        page.Act(() => page.Field("Reason").Change("The matter is closed."));
        Send(page);
        Taken(page);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notice")), Patience);
    }
}
