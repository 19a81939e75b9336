using System.Globalization;
using System.Text.RegularExpressions;
using IncidentHub.Browser.Tests.Story;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>The story from the flag to the resume with the keyboard only: no click, and the focus moves only by key presses.</summary>
[Collection(nameof(AloneCollection))]
public sealed class KeyboardStoryTests(ITestOutputHelper output)
{
    private static readonly string[] Criteria =
    [
        "Root cause identified", "Access limited to the promised audience", "Encryption verified", "Access review complete",
        "Broken safeguards verified again", "Regulatory obligations met", "Quarantined data disposed of",
    ];

    [Fact]
    public async Task The_whole_story_can_be_completed_with_the_keyboard()
    {
        await using var stage = new Stage();
        await stage.InitializeAsync();
        await stage.PlayAsync(async () =>
        {
            await EnrolAsync(stage);
            await FlagAsync(stage);
            var responder = await SignInAsync(stage, "responder");
            await DeclareAsync(responder);
            var owner = await SignInAsync(stage, "owner");
            await PauseAsync(stage, owner, responder);
            await ContainAsync(responder);
            await AnswerAsync(stage, responder);
            await RecommendAsync(responder);
            await ApproveAsync(stage, owner);
            await PageThroughAsync(stage, owner);
        }, output);
        Assert.Empty(stage.Complaints);
    }

    private static async Task EnrolAsync(Stage stage)
    {
        using var owner = await stage.CallAsync("owner");
        var key = await owner.MakeAsync(
            "/api/v1/keys", new { name = "Workstations", programs = new[] { "MCI" }, scopes = new[] { "enrol" }, region = "US" });
        stage.StartAgent(key.Text("key"));
        await stage.Agent.PrintsAsync("MCI COLLECTING");
    }

    private static async Task<Visitor> SignInAsync(Stage stage, string account)
    {
        var person = await stage.AnonymousAsync();
        await person.Page.GotoAsync("/sign-in");
        await person.TabToAsync(person.Page.Locator($"button[name=account][value='{account}']"));
        await person.KeyAsync("Enter");
        await Assertions.Expect(person.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await person.LiveAsync();
        return person;
    }

    private static async Task FlagAsync(Stage stage)
    {
        var employee = await SignInAsync(stage, "employee");
        await employee.EnterAsync(AriaRole.Link, "Flag a concern");
        await Assertions.Expect(employee.Page).ToHaveURLAsync(new Regex("/flags/new$"));
        await employee.Page.GetByLabel("What did you see?").WaitForAsync();
        // From the app bar to the form.
        await employee.EnterAsync(AriaRole.Link, "Skip to the content");
        await employee.KeyAsync("Tab");
        await Assertions.Expect(employee.Page.GetByLabel("Stay anonymous")).ToBeFocusedAsync();
        await employee.TabToSeenAsync(AriaRole.Textbox, "What did you see?");
        await employee.TypeAsync("I could open screen recordings of another team.");
        await employee.FillAsync("Which program or data, if you know", "MCI");
        await employee.ChooseAsync("What kind of data is it?", "Private or sensitive");
        await employee.ChooseAsync("Who could see it?", "Only a team");
        await employee.ChooseAsync("Is it still open?", "Not sure");
        await employee.TabToSeenAsync(AriaRole.Button, "Send");
        await employee.KeyAsync("Enter");
        await Assertions.Expect(employee.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you. It is F-1." })).ToBeVisibleAsync();
    }

    private static async Task DeclareAsync(Visitor responder)
    {
        await responder.JumpAsync("flags", "Flags to triage");
        await responder.TabToAsync(responder.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^F-1 ") }));
        await responder.KeyAsync("Enter");
        await responder.EnterAsync(AriaRole.Button, "Acknowledge");
        await Assertions.Expect(responder.Button("Acknowledge")).ToHaveCountAsync(0);
        await responder.AtContentAsync();
        await responder.EnterAsync(AriaRole.Link, "Declare an incident");

        var form = responder.Page.Locator("form.declare");
        await Assertions.Expect(responder.Page).ToHaveURLAsync(new Regex("flag=F-1$"));
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["MCI"]);
        await responder.FillAsync("Title", "Screen recordings readable by another team");
        await responder.ChooseAsync("Severity", "SEV 4 Minor");
        await responder.ChooseAsync("Severity", "SEV 3 Moderate");
        // Tabbing through a search field selects nothing: a linked program may be paused.
        await responder.PickAsync("Dataset", "", "transcriptions", "ArrowDown", "ArrowDown");
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["MCI", "transcriptions"]);
        await responder.PickAsync("Another dataset", "priv", "private-conversations");
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["MCI", "transcriptions", "private-conversations"]);
        await responder.EnterAsync(AriaRole.Button, "Remove MCI", back: true);
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["transcriptions", "private-conversations"]);
        await responder.AtContentAsync();
        await responder.PickAsync("Program", "mc", "MCI · Model Capability Initiative");
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["MCI", "transcriptions", "private-conversations"]);
        await Assertions.Expect(form.Locator(".effect")).ToContainTextAsync("MCI");
        await responder.EnterAsync(AriaRole.Button, "Declare SEV 3 Moderate");
        await Assertions.Expect(responder.Page).ToHaveURLAsync(new Regex("/incidents/INC-1$"));
        await responder.Page.GetByRole(AriaRole.Heading, new() { Name = "Screen recordings readable by another team" }).WaitForAsync();
        await responder.AtContentAsync();
    }

    private static async Task PauseAsync(Stage stage, Visitor owner, Visitor responder)
    {
        var hero = owner.Page.Locator(Opening.Hero);
        await owner.JumpAsync("MCI", "MCI Model Capability Initiative", key: "/");
        await Assertions.Expect(hero).ToHaveAttributeAsync("data-state", "PauseProposed");
        await owner.TabToSeenAsync(AriaRole.Button, "Pause now…");
        await owner.KeyAsync("Enter");
        await owner.InDialogAsync();
        await AssertFocusStaysAsync(owner);
        await owner.KeyAsync("Escape");
        await Assertions.Expect(owner.Dialog()).ToHaveCountAsync(0);
        await Assertions.Expect(owner.Button("Pause now…")).ToBeFocusedAsync();

        await owner.OpenAsync("Pause now…");
        await owner.TabToSeenAsync(AriaRole.Button, "Pause MCI");
        await owner.KeyAsync("Enter");
        await owner.TakenAsync();
        await Assertions.Expect(hero).ToHaveAttributeAsync("data-state", "Paused");
        await Assertions.Expect(hero).ToBeFocusedAsync();

        await stage.Agent.PrintsAsync("MCI STOPPED");
        await stage.Agent.PrintsAsync("is confirmed");
        await Assertions.Expect(hero).ToContainTextAsync("1 of 1 collector proven stopped");
        await Assertions.Expect(hero).ToContainTextAsync("1 confirmed");
        await Assertions.Expect(responder.Card("Programs")).ToContainTextAsync("proven stopped");
    }

    /// <summary>Tab cycles within the open dialog, forwards and backwards, and never reaches the page behind it.</summary>
    private static async Task AssertFocusStaysAsync(Visitor person)
    {
        const string where = """
            () => { const e = document.activeElement; return e.closest('.mud-dialog') ? e.innerText || e.ariaLabel : 'behind'; }
            """;
        foreach (var key in (string[])["Tab", "Shift+Tab"])
        {
            List<string> around = [];
            for (var i = 0; i < 6; i++)
            {
                await person.KeyAsync(key);
                around.Add(await person.Page.EvaluateAsync<string>(where));
            }
            Assert.DoesNotContain("behind", around);
            foreach (var button in (string[])["Cancel", "Pause MCI", "Close"]) Assert.Equal(2, around.Count(a => a == button));
        }
    }

    private static async Task ContainAsync(Visitor responder)
    {
        await responder.EnterAsync(AriaRole.Button, "More");
        await Assertions.Expect(responder.Page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await responder.KeyAsync("Escape");
        await Assertions.Expect(responder.Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        await Assertions.Expect(responder.Button("More")).ToBeFocusedAsync();

        // A held Enter opens the dialog and does not also send it. Its first field has the focus.
        await responder.TabToAsync(AriaRole.Button, "Mark contained…");
        await responder.Page.Keyboard.DownAsync("Enter");
        await Assertions.Expect(responder.Named(AriaRole.Textbox, "When (optional)")).ToBeFocusedAsync();
        await responder.Page.Keyboard.DownAsync("Enter");
        await responder.Page.Keyboard.UpAsync("Enter");
        await responder.TabToSeenAsync(AriaRole.Textbox, "Note (optional)");
        await responder.TypeAsync("Grants revoked.");
        await responder.KeyAsync("Escape");
        await Assertions.Expect(responder.Dialog()).ToHaveCountAsync(0);
        await Assertions.Expect(responder.Button("Mark contained…")).ToBeFocusedAsync();
        // The typed text is restored.
        await responder.OpenAsync("Mark contained…");
        await Assertions.Expect(responder.Named(AriaRole.Textbox, "Note (optional)")).ToHaveValueAsync("Grants revoked.");
        // An invalid value is refused at its field, which gets the focus.
        await responder.TypeAsync("yesterday");
        await responder.TabToAsync(AriaRole.Textbox, "Note (optional)");
        await responder.KeyAsync("Control+Enter");
        await Assertions.Expect(responder.Named(AriaRole.Textbox, "When (optional)")).ToBeFocusedAsync();
        await responder.KeyAsync("Control+a");
        await responder.KeyAsync("Delete");
        await responder.EnterAsync(AriaRole.Button, "Mark contained");
        await responder.TakenAsync();
        await Assertions.Expect(responder.Button("Mark resolved…")).ToBeFocusedAsync();

        await responder.OpenAsync("Mark resolved…");
        await responder.FillAsync("Note (optional)", "No path is left.");
        await responder.SendAsync();
        await Assertions.Expect(responder.Page.Locator(".chip").GetByText("Resolved")).ToBeVisibleAsync();
    }

    private static async Task AnswerAsync(Stage stage, Visitor responder)
    {
        await responder.TabToAsync(responder.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^MCI D-") }));
        await responder.KeyAsync("Enter");
        await responder.Page.GetByRole(AriaRole.Heading, new() { Name = "Decision for MCI" }).WaitForAsync();
        await responder.AtContentAsync();
        foreach (var title in Criteria)
        {
            await responder.OpenAsync($"Answer: {title}");
            await responder.FillAsync("Evidence", $"Looked at it: {title}.");
            await responder.SendAsync();
        }
        await responder.OpenAsync("Answer: Affected people informed");
        await responder.ChooseAsync("Status", "Waived");
        await responder.FillAsync("Reason", "Nobody outside the team is affected.");
        await responder.EnterAsync(AriaRole.Button, "Waive");
        await responder.TakenAsync();

        // The person who closed the exposure cannot verify it.
        var second = await SignInAsync(stage, "responder-2");
        await second.JumpAsync("decisions", "Decisions");
        await second.EnterAsync(AriaRole.Link, "MCI Model Capability Initiative");
        await second.OpenAsync("Answer: Exposure closed and verified by a second person");
        await second.FillAsync("Evidence", "Probed with an account of the other team.");
        await second.SendAsync();
    }

    private static async Task RecommendAsync(Visitor responder)
    {
        await Assertions.Expect(responder.Button("Change: Exposure closed and verified by a second person")).ToBeVisibleAsync();
        await responder.OpenAsync("Recommend…", back: true);
        await responder.ChooseAsync("Recommendation", "Resume with conditions");
        await responder.FillAsync("Reason", "The cause is gone, probed twice.");
        await responder.FillAsync("Task", "Probe the grants weekly");
        await responder.PickAsync("Owner", "second r", "Second responder");
        var due = TimeProvider.System.GetLocalNow().AddDays(7);
        await responder.FillAsync("Due", due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await responder.EnterAsync(AriaRole.Button, "Recommend");
        await responder.TakenAsync();
        await Assertions.Expect(responder.Says("Probe the grants weekly")).ToBeVisibleAsync();
        await Assertions.Expect(responder.Says("Second responder")).ToBeVisibleAsync();
    }

    private static async Task ApproveAsync(Stage stage, Visitor owner)
    {
        var mark = stage.Agent.Mark;
        await owner.EnterAsync(AriaRole.Link, "Open the decision");
        await owner.OpenAsync("Approve as program owner");
        await owner.FillAsync("Comment (optional)", "Seen with the team.");
        await owner.SendAsync();

        var privacy = await SignInAsync(stage, "privacy");
        await privacy.JumpAsync("decisions", "Decisions");
        await privacy.EnterAsync(AriaRole.Link, "MCI Model Capability Initiative");
        await privacy.OpenAsync("Approve as privacy");
        await privacy.EnterAsync(AriaRole.Button, "Approve as privacy");
        await privacy.TakenAsync();
        await Assertions.Expect(privacy.Says("Decided: Resume with conditions")).ToBeVisibleAsync();

        await owner.EnterAsync(AriaRole.Link, "Model Capability Initiative");
        await Assertions.Expect(owner.Page.Locator(Opening.Hero)).ToHaveAttributeAsync("data-state", "Collecting");
        await stage.Agent.PrintsAsync("MCI COLLECTING", mark);
        await Assertions.Expect(owner.Page.Locator(Opening.Hero)).ToContainTextAsync("1 of 1 collector holds a permit");
    }

    /// <summary>Paging through a list keeps the focus at the list.</summary>
    private static async Task PageThroughAsync(Stage stage, Visitor owner)
    {
        using var call = await stage.CallAsync("owner");
        var promised = new { scope = "NamedGroup", name = "research group" };
        for (var i = 0; i < 100; i++)
        {
            var dataset = new { name = $"recordings-{i}", owner = "owner", encryptionAtRest = "Yes", promisedAudience = promised };
            await call.MakeAsync("/api/v1/datasets", dataset);
        }
        await owner.JumpAsync("datasets", "Datasets");
        var (row, next) = (owner.Page.Locator("tbody td a").First, owner.Named(AriaRole.Link, "Next"));
        await owner.TabToAsync(next);
        await PagedAsync();
        // Another Enter shows the next page.
        await Assertions.Expect(next).ToBeFocusedAsync();
        await PagedAsync();
        await Assertions.Expect(next).ToHaveCountAsync(0);
        await owner.AtContentAsync();
        await Assertions.Expect(owner.Page.Locator("h1")).Not.ToBeFocusedAsync();

        async Task PagedAsync()
        {
            var first = await row.InnerTextAsync();
            await owner.KeyAsync("Enter");
            await Assertions.Expect(row).Not.ToHaveTextAsync(first);
        }
    }
}
