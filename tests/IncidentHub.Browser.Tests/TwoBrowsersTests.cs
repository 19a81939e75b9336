using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// Two people on one incident, each in their own browser. Limits count from the acknowledgement of the act: see
/// <see cref="Live.Limit"/>.
/// </summary>
[Collection(nameof(StageCollection))]
public sealed class TwoBrowsersTests(Stage stage, ITestOutputHelper output)
{
    [Fact]
    public async Task A_change_by_one_person_is_shown_to_the_other_without_a_reload_and_keeps_typed_text() =>
        await stage.PlayAsync(async () =>
    {
        var (first, second) = await TwoAtAsync(await DeclaredAsync("Readable by a team"));
        var noted = first.Page.GetByLabel("Write on the timeline");
        await noted.FillAsync("Half a sentence");

        await second.Page.GetByLabel("Write on the timeline").FillAsync("Access logs are being read.");
        await second.ClickAsync("Add");
        await Assertions.Expect(second.Says("Access logs are being read.")).ToBeVisibleAsync();
        await stage.WaitAsync("a note", first.Says("Access logs are being read."));

        await RetitleAsync(second, "Readable by two teams");
        await stage.WaitAsync("a title", first.Page.GetByRole(AriaRole.Heading, new() { Name = "Readable by two teams", Level = 1 }));

        await second.ClickAsync("Change SEV…");
        await second.Dialog().ChooseAsync("Severity", "SEV 3 Moderate");
        await second.SendAsync("Change SEV", ("Reason", "A second team could read it."));
        await stage.WaitAsync("a severity", first.Page.Locator(".page-head").GetByText("SEV 3 Moderate"));

        await second.AskAsync("Mark contained…", "Mark contained");
        await stage.WaitAsync("a state", first.Page.Locator(".page-head").GetByText("Contained", new() { Exact = true }));

        await Assertions.Expect(noted).ToHaveValueAsync("Half a sentence");
        await first.LookAsync("live-first");
        foreach (var (what, took) in stage.Seen) output.WriteLine($"{took.TotalMilliseconds,5:0} ms  {what}");
    }, output);

    [Fact]
    public async Task A_stale_write_is_refused_with_who_changed_what_and_keeps_typed_text() => await stage.PlayAsync(async () =>
    {
        var (first, second) = await TwoAtAsync(await DeclaredAsync("Readable by the night shift"));
        await MenuAsync(first, "Title and summary…");
        await first.FillAsync(("Title", "Readable by everybody at night"), ("Summary", "Typed before the other one saved."));

        await RetitleAsync(second, "Readable by the whole night shift");
        await stage.WaitAsync("a title behind an open dialog",
            first.Page.GetByRole(AriaRole.Heading, new() { Name = "Readable by the whole night shift", IncludeHidden = true }));
        await first.PressAsync("Save");
        var notice = first.Dialog().Locator(".notice");
        await Assertions.Expect(notice).ToContainTextAsync("Somebody else changed this meanwhile");
        await Assertions.Expect(notice).ToContainTextAsync("Second responder");
        await Assertions.Expect(notice).ToContainTextAsync("itle");
        await first.LookAsync("stale");
        await AssertInputStaysAsync(first);

        // The change is loaded, and the typed text is sent for the new version.
        await first.PressAsync("Load the change");
        await Assertions.Expect(notice).ToHaveCountAsync(0);
        await AssertInputStaysAsync(first);
        await first.SendAsync("Save");
        await stage.WaitAsync("the title of the first", second.Page.GetByRole(
            AriaRole.Heading, new() { Name = "Readable by everybody at night" }));
    }, output);

    private static async Task AssertInputStaysAsync(Visitor who)
    {
        await Assertions.Expect(who.Field("Title")).ToHaveValueAsync("Readable by everybody at night");
        await Assertions.Expect(who.Field("Summary")).ToHaveValueAsync("Typed before the other one saved.");
    }

    private static async Task RetitleAsync(Visitor who, string title)
    {
        await MenuAsync(who, "Title and summary…");
        await who.SendAsync("Save", ("Title", title));
    }

    private static async Task MenuAsync(Visitor who, string item)
    {
        await who.ClickAsync("More");
        await who.Page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
    }

    private async Task<string> DeclaredAsync(string title)
    {
        using var responder = await stage.CallAsync("responder");
        var declared = await responder.MakeAsync("/api/v1/incidents",
            new { title, sev = 4, exposures = new[] { new { dataset = "transcriptions" } } });
        return declared.Text("code");
    }

    private async Task<(Visitor First, Visitor Second)> TwoAtAsync(string code)
    {
        var (first, second) = (await stage.AsAsync("responder"), await stage.AsAsync("responder-2"));
        foreach (var one in (Visitor[])[first, second]) await one.GoAsync($"/incidents/{code}");
        return (first, second);
    }
}
