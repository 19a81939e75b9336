using IncidentHub.Browser.Tests.Forms;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// Empty input, very long input, and markup in text fields: the form names the field and keeps what was typed; typed text is never rendered
/// as markup.
/// </summary>
[Collection(nameof(StageCollection))]
public sealed class BadInputTests(Stage stage, ITestOutputHelper output)
{
    private const string Markup = "<img src=x onerror=\"window.harmed=1\"><b>bold</b> '; DROP TABLE Incident;--";
    private static readonly string Huge = new('å', 60_000);

    /// <summary>Account, path, opener, submit button, the text field, and its name in the refusal.</summary>
    public static TheoryData<string, string, string?, string, string> Forms => new()
    {
        { "responder", "/incidents/new", null, "Declare", "Title" },
        { "owner", "/programs/new", null, "Register as a draft", "Purpose" },
        { "owner", "/datasets/new", null, "Register dataset", "Name" },
        { "owner", "/programs/MCI", "Keys…", "Make key", "What it is for" },
        { "owner", "/programs/MCI", "Record a safeguard…", "Record the safeguard", "Commitment" },
        { "responder", "/incidents/{incident}", "Add…", "Add task", "What must be done" },
        { "responder", "/incidents/{incident}", "Change SEV…", "Change SEV", "Reason" },
        { "responder", "/incidents/{incident}", null, "Add", "Write on the timeline" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Empty_input_is_refused_at_its_field(string account, string path, string? opener, string sender, string label) =>
        RefusedAsync(account, path, opener, sender, label, "");

    [Theory]
    [MemberData(nameof(Forms))]
    public Task A_text_that_is_too_long_is_refused_at_its_field_and_kept(
        string account, string path, string? opener, string sender, string label) =>
        RefusedAsync(account, path, opener, sender, label, Huge);

    [Theory]
    [InlineData("")]
    [InlineData("huge")]
    public async Task A_refused_flag_keeps_every_answer_and_names_the_field(string text) => await stage.PlayAsync(async () =>
    {
        if (text == "huge") text = Huge[..20_000];
        var employee = await stage.AsAsync("employee", width: 390);
        await employee.GoAsync("/flags/new");
        // The browser itself requires a text: the empty form is submitted without the browser's validation.
        await employee.Page.EvaluateAsync(
            "() => { const f = document.querySelector('form.flag-form'); f.noValidate = true; for (const e of f.elements) "
                + "e.removeAttribute('maxlength'); }");
        await employee.Page.GetByLabel("What did you see?").FillAsync(text);
        await employee.Page.GetByLabel("Which program or data").FillAsync(Markup);
        await employee.Page.Locator("form.flag-form").ChooseAsync("Who could see it?", "People outside");
        await employee.ClickAsync("Send");
        var field = employee.Page.GetByLabel("What did you see?");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToHaveValueAsync(text);
        await Assertions.Expect(employee.Page.GetByLabel("Which program or data")).ToHaveValueAsync(Markup);
        await Assertions.Expect(employee.Page.GetByRole(AriaRole.Radio, new() { Name = "People outside" })).ToBeCheckedAsync();
        await employee.LookAsync($"bad-flag-{(text.Length == 0 ? "empty" : "huge")}");
    }, output);

    [Fact]
    public async Task Markup_is_rendered_as_text_everywhere() => await stage.PlayAsync(async () =>
    {
        var employee = await stage.AsAsync("employee");
        await employee.GoAsync("/flags/new");
        await employee.Page.GetByLabel("What did you see?").FillAsync(Markup);
        await employee.Page.GetByLabel("Which program or data").FillAsync(Markup);
        await employee.ClickAsync("Send");
        var heading = await employee.Page.Locator("[data-flag-sent] h1").InnerTextAsync();
        var flag = heading["Thank you. It is ".Length..].TrimEnd('.');

        var responder = await stage.AsAsync("responder");
        foreach (var path in (string[])["/", "/flags", $"/flags/{flag}", $"/incidents/new?flag={flag}"]) await IsTextAsync(responder, path);
        await responder.Page.GetByLabel("Title").First.FillAsync(Markup);
        await responder.Page.Locator("form.declare").PutAsync("Dataset", Blow.Taken + "transcriptions");
        await responder.Page.Locator("form.declare").ChooseAsync("Severity", "SEV 4 Minor");
        await responder.ClickAsync("Declare SEV 4 Minor");
        await Assertions.Expect(responder.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/incidents/INC-"));
        var incident = new Uri(responder.Page.Url).AbsolutePath;
        await responder.Page.GetByLabel("Write on the timeline").FillAsync(Markup);
        await responder.ClickAsync("Add");
        await responder.AskAsync("Add…", "Add task", ("What must be done", Markup));
        await responder.AskAsync("Mark contained…", "Mark contained", ("Note", Markup));
        foreach (var path in (string[])[incident, "/incidents", "/tasks", "/"]) await IsTextAsync(responder, path);
        await IsTextAsync(await stage.AsAsync("auditor"), "/audit");
        await IsTextAsync(await stage.AsAsync("employee"), $"/flags/{flag}");
    }, output);

    private async Task RefusedAsync(string account, string path, string? opener, string sender, string label, string text) =>
        await stage.PlayAsync(async () =>
    {
        var who = await stage.AsAsync(account);
        await who.GoAsync(path.Contains('{') ? path.Replace("{incident}", await IncidentAsync(), StringComparison.Ordinal) : path);
        if (opener is not null) await who.ClickAsync(opener);
        var form = opener is null ? who.Page.Locator("main") : who.Dialog();
        var field = form.GetByLabel(label, new() { Exact = false }).First;
        await field.EvaluateAsync("e => e.removeAttribute('maxlength')");
        await field.FillAsync(text);
        await form.GetByRole(AriaRole.Button, new() { Name = sender, Exact = true }).ClickAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToHaveValueAsync(text);
        var described = await field.GetAttributeAsync("aria-describedby") ?? "";
        var message = who.Page.Locator($"[id='{described.Split(' ')[0]}']");
        Assert.NotEqual("", (await message.InnerTextAsync()).Trim());
        await who.LookAsync($"bad-{account}-{sender}-{(text.Length == 0 ? "empty" : "huge")}".Replace(' ', '-').ToLowerInvariant());
        Assert.Empty(who.Complaints);
    }, output);

    private async Task<string> IncidentAsync()
    {
        using var responder = await stage.CallAsync("responder");
        return (await responder.MakeAsync("/api/v1/incidents",
            new { title = "Readable by a team", sev = 5, exposures = new[] { new { dataset = "transcriptions" } } })).Text("code");
    }

    private static async Task IsTextAsync(Visitor who, string path)
    {
        await who.GoAsync(path);
        Assert.Equal(0, await who.Page.Locator("main b:text-is('bold'), main img").CountAsync());
        Assert.False(await who.Page.EvaluateAsync<bool>("() => 'harmed' in window"), $"{path} ran what was typed.");
        // Where the text is shown in full or in part, its angle brackets are visible.
        if (path != "/" && path != "/audit") await Assertions.Expect(who.Page.Locator("body")).ToContainTextAsync("<img src=x");
    }
}
