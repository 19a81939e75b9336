using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Forms;

/// <summary>
/// Invalid input on every form: the refusal is at its field, typed text is kept and never rendered as markup, nothing is
/// changed, and no error bar is shown.
/// </summary>
[Collection(nameof(StageCollection))]
public sealed class FormTests(FormsScene scene, ITestOutputHelper output) : IClassFixture<FormsScene>
{
    public static TheoryData<string> Names => [.. Tables.All.Select(f => f.Name)];

    /// <summary>
    /// Covered by <see cref="BadInputTests"/>, or without own fields: lists with filters in the URL, and confirmations with one
    /// choice.
    /// </summary>
    private static readonly string[] Elsewhere =
    [
        "NewFlagPage", "FollowFlagPage", "ApiKeyForm", "ApiKeyList", "RotateKeyDialog", "BufferLine", "ProgramDetailPage",
        "RevokeCollectorDialog",
        "WithdrawRequestDialog",
        // A choice among some periods.
        "SafeguardPeriodDialog",
        // For flags that are chosen in the list: its component tests.
        "FlagTriageBar",
        // In component tests, which have the hub's refusals: OpinionDialogTests.
        "OpinionDialog", "RequestOpinionDialog",
        // Only after a restored backup: RestoredBackupTests.
        "ConfirmationNotice",
        // In the tests of access reviews.
        "EvidenceAddDialog", "AccessReviewFormPage", "SignOffDialog",
        // They ask for a password, which sample accounts do not have: PasskeyTests, SecondFactorTests, LinkedAccountTests.
        "PasskeyCard", "SecondFactorCard", "ProviderCard",
        // One text field, whose refusals TextInputTests covers over HTTP.
        "IncidentReview", "CausesPage", "StatementActDialog", "AnswerDialog", "QuestionDialog", "RedactDialog", "IncidentPrivileged", "YouCard",
        // Plain forms, in the tests of signing in.
        "SignInPage", "ProviderButtons", "SetUpPage", "ResetPage", "AccountPage", "PersonPage", "PeoplePage",
    ];

    [Fact]
    public void Every_form_is_covered()
    {
        // Without the shell's own forms and the controls that forms consist of.
        var inSources = SourceTree.Files("src/IncidentHub", "*.razor")
            .Where(f => !f.Contains("/Ui/", StringComparison.Ordinal) && !f.Contains("/Shell/", StringComparison.Ordinal))
            .Where(f => System.Text.RegularExpressions.Regex.IsMatch(File.ReadAllText(f), "<(form|Form|FormDialog)\\b"))
                .Select(f => Path.GetFileNameWithoutExtension(f));
        Assert.DoesNotContain(inSources.Except(Elsewhere), f => !Tables.All.Any(t => t.Name.Split(',')[0] == f));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Invalid_input_is_refused_at_its_field_and_kept_and_changes_nothing(string name)
    {
        var form = Tables.All.First(f => f.Name == name);
        var who = await scene.AsAsync(form.Account);
        // The page is that of the forms before: what it said then is theirs.
        var said = who.Complaints.Count;
        try
        {
            await who.GoAsync(scene.Path(form.Path));
            foreach (var opener in form.Openers) await OpenAsync(who, scene.Path(opener));
            var before = await scene.StateAsync(form.Account, form.State);
            var where = form.OnPage ? who.Page.Locator("main") : who.Dialog();
            foreach (var blow in form.Blows) await TryAsync(form, where, blow);
            Assert.Equal(before, await scene.StateAsync(form.Account, form.State));
            Assert.Equal(0, await who.Page.Locator("main b:text-is('bold'), main img, .mud-dialog img").CountAsync());
            Assert.False(await who.Page.EvaluateAsync<bool>("() => 'harmed' in window"), "What was typed was run.");
            await Assertions.Expect(who.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
            Assert.Equal("", string.Join('\n', who.Complaints.Skip(said)));
        }
        catch
        {
            await who.LookAsync($"failed-form-{name}".Replace(", ", "-", StringComparison.Ordinal));
            foreach (var line in who.Complaints.Skip(said).Concat(scene.Hub.Log.TakeLast(20))) output.WriteLine(line);
            throw;
        }
    }

    /// <summary>A page that has just opened asks for its draft. Whoever types faster than that loses nothing.</summary>
    [Fact]
    public async Task What_is_being_typed_is_not_restored_over()
    {
        const string kept = "() => hub.kept(document.querySelector('form[data-draft-key]').dataset.draftKey).summary ?? null";
        var who = await scene.AsAsync("responder");
        await who.GoAsync("/incidents/new");
        var summary = who.Page.GetByLabel("Summary");
        await summary.PressSequentiallyAsync("Two tables");
        Assert.Null(await who.Page.EvaluateAsync<string?>(kept));
        await summary.BlurAsync();
        Assert.Equal("Two tables", await who.Page.EvaluateAsync<string?>(kept));
        await who.Page.EvaluateAsync("() => hub.dropDraft(document.querySelector('form[data-draft-key]').dataset.draftKey)");
    }

    /// <summary>A form has properties of its own, which its fields hide by their names: «dataset» is one.</summary>
    [Fact]
    public async Task A_form_with_a_field_named_as_its_property_is_sent_once_and_keeps_what_is_typed()
    {
        var who = await scene.AsAsync("responder");
        await who.GoAsync(scene.Path("/incidents/{investigating}"));
        await OpenAsync(who, "Record…");
        var form = who.Dialog().Locator("form");
        await form.GetByLabel("Note").PressSequentiallyAsync("Two");
        // In one turn of the browser: the hub has not heard of it.
        Assert.Equal("Two", await form.EvaluateAsync<string?>("""
            f => {
              document.activeElement.blur();
              return hub.kept(f.getAttribute("data-draft-key")).note ?? null;
            }
            """));
        Assert.Equal(1, await form.EvaluateAsync<int>("""
            f => {
              let sent = 0;
              f.addEventListener("submit", () => sent++);
              for (let i = 0; i < 3; i++) f.requestSubmit();
              return sent;
            }
            """));
        await Assertions.Expect(who.Dialog().Locator(".notice[role=alert]")).ToBeVisibleAsync();
        await form.EvaluateAsync("f => hub.dropDraft(f.getAttribute('data-draft-key'))");
    }

    /// <summary>Leaving a field to press a button makes the hub answer to that field: what follows moves under the pointer.</summary>
    [Fact]
    public async Task A_press_counts_where_the_button_moves_away_before_it_is_released()
    {
        var who = await scene.AsAsync("responder");
        await who.GoAsync(scene.Path("/incidents/{investigating}"));
        await OpenAsync(who, "Link…");
        var dialog = who.Dialog();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Link", Exact = true }).HoverAsync();
        await who.Page.Mouse.DownAsync();
        // As an error below a field does.
        await dialog.Locator("form").EvaluateAsync("f => { f.style.paddingBottom = '120px'; }");
        await who.Page.Mouse.UpAsync();
        await Assertions.Expect(dialog.Locator(".notice[role=alert]")).ToBeVisibleAsync();
    }

    private async Task TryAsync(Form form, ILocator where, Blow blow)
    {
        var what =
            $"{form.Name}: "
                + $"{string.Join(", ", blow.Put.Select(p => $"{p.Label} = {(p.Value.Length > 60 ? p.Value[..60] + "…" : p.Value)}"))}";
        output.WriteLine(what);
        foreach (var (label, value) in blow.Put) await where.PutAsync(label, scene.Path(value));
        var sender = where.GetByRole(AriaRole.Button, new() { Name = scene.Path(form.Sender), Exact = form.Exactly }).First;
        // The refusal of the blow before may say the same: what follows is the answer to this press. A button that does not send its form
        // ends no turn of it.
        await sender.EvaluateAsync("""
            ({ form, type }) => {
              const turn = form.getAttribute("data-turn");
              window.answered = () => type !== "submit" || form.getAttribute("data-turn") !== turn;
            }
            """);
        await sender.ClickAsync();
        await where.Page.WaitForFunctionAsync("() => window.answered()");
        // A field of two parts shows its refusal below both and leaves MudBlazor's error text empty.
        var says = blow.At is null
            ? where.Locator(".notice[role=alert]").First
            : where.Block(blow.At).Locator(".error, .mud-input-helper-text.mud-input-error")
                .Filter(new() { HasTextRegex = new(@"\S") }).First;
        await Assertions.Expect(says).ToContainTextAsync(blow.Says, new() { IgnoreCase = true });
        await Assertions.Expect(where.Locator(".notice[role=alert]").First).ToBeVisibleAsync();
        foreach (var (label, value) in blow.Put) await where.KeptAsync(label, scene.Path(value));
    }

    internal static async Task OpenAsync(Visitor who, string opener)
    {
        var item = who.Page.GetByRole(AriaRole.Menuitem, new() { Name = opener, Exact = true });
        var button = who.Page.GetByRole(AriaRole.Button, new() { Name = opener, Exact = true });
        // The acts of a row are shown while it is hovered or focused.
        if (opener == "Revise") await button.First.FocusAsync();
        await item.Or(button).First.ClickAsync();
    }
}
