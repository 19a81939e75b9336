using System.Globalization;
using System.Text.RegularExpressions;
using IncidentHub.Browser.Tests.Forms;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Story;

/// <summary>From an anonymous flag to a staged resume that a second exposure ends, and to a termination that is proven.</summary>
internal static class Journey
{
    private const string What = "Everybody can open recordings of my screen.";

    /// <summary>A reporter stays anonymous; triage acknowledges and declares.</summary>
    public static async Task<Visitor> DeclareAsync(Stage stage)
    {
        var employee = await stage.AsAsync("employee", width: 390);
        await employee.GoAsync("/flags/new");
        await employee.Page.GetByLabel("What did you see?").FillAsync(What);
        await employee.Page.GetByLabel("Which program or data").FillAsync("MCI");
        await employee.Page.GetByLabel("Stay anonymous").CheckAsync();
        await employee.ClickAsync("Send");
        await Assertions.Expect(employee.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Thank you") })).ToBeVisibleAsync();
        await employee.LookAsync("40-anonymous");

        var responder = await stage.AsAsync("responder");
        await responder.GoAsync("/flags");
        await responder.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^F-1 ") }).ClickAsync();
        await Assertions.Expect(responder.Says("Anonymous")).ToBeVisibleAsync();
        await responder.ClickAsync("Acknowledge");
        await responder.Page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" }).ClickAsync();
        var form = responder.Page.Locator("form.declare");
        // As a person does: what is filled in without a press goes to the heading, if the hub moves the focus there just then.
        await form.GetByLabel("Title").First.ClickAsync();
        await form.GetByLabel("Title").First.FillAsync("Recordings readable by the whole company");
        await form.ChooseAsync("Severity", "SEV 2 Major");
        await Assertions.Expect(form.GetByLabel("Summary")).ToHaveValueAsync(What);
        await form.PutAsync("Dataset", Blow.Taken + "private-conversations");
        await responder.ClickAsync("Declare SEV 2 Major");
        await Assertions.Expect(responder.Page).ToHaveURLAsync(new Regex("/incidents/INC-1$"));
        await responder.Page.GetByRole(AriaRole.Heading, new() { Name = "Recordings readable by the whole company" }).WaitForAsync();
        return responder;
    }

    /// <summary>Every criterion is met; owner and privacy approve a resume in stages.</summary>
    public static async Task ResumeInStagesAsync(Stage stage, Visitor owner)
    {
        await MeetAllAsync(stage, "D-1");
        var responder = await AtDecisionAsync(stage, "responder", "D-1");
        await responder.ClickAsync("Recommend…");
        await responder.Dialog().ChooseAsync("Recommendation", "Resume");
        await responder.Dialog().ChooseAsync("Resume", "In stages");
        await responder.FillAsync(("Reason", "The grant is gone. Some collectors first."));
        await responder.LookAsync("41-stages");
        await responder.SendAsync("Recommend");
        await (await AtDecisionAsync(stage, "owner", "D-1")).AskAsync("Approve as program owner", "Approve as program owner");
        await (await AtDecisionAsync(stage, "privacy", "D-1")).AskAsync("Approve as privacy", "Approve as privacy");
        await stage.WaitAsync("the first stage on the owner's page", owner.Page.Locator(Opening.Hero + "[data-state=Resuming]"));
        await Assertions.Expect(owner.Page.Locator(Opening.Hero)).ToContainTextAsync("5 %");
        await owner.LookAsync("42-first-stage");
    }

    /// <summary>A second exposure is recorded during the first stage: the program is paused again at once.</summary>
    public static async Task PauseAgainAsync(Stage stage, Visitor responder, Visitor owner)
    {
        await responder.ClickAsync("Record…");
        await responder.FillAsync(("Dataset", Blow.Taken + "transcriptions"), ("Note", "The same grant, another table."));
        await responder.SendAsync("Record");
        await stage.WaitAsync("Paused again on the owner's page", owner.Page.Locator(Opening.Hero + "[data-state=Paused]"));
        await owner.LookAsync("43-paused-again");
    }

    /// <summary>Owner and executive end the program; each dataset is disposed of with evidence, or kept with a reason.</summary>
    public static async Task TerminateAsync(Stage stage, Visitor owner)
    {
        using var api = await stage.CallAsync("responder");
        var open = (await api.ReadAsync("/api/v1/decisions?shelf=Open")).GetProperty("items").EnumerateArray().Single().Text("code");
        var privacy = await AtDecisionAsync(stage, "privacy", open);
        await privacy.ClickAsync("Recommend…");
        await privacy.Dialog().ChooseAsync("Recommendation", "Terminate");
        await privacy.SendAsync("Recommend", ("Reason", "It leaked twice."));
        var deciding = await AtDecisionAsync(stage, "owner", open);
        await deciding.AskAsync("Approve as program owner", "Approve as program owner");
        await (await AtDecisionAsync(stage, "executive", open)).AskAsync("Approve as executive", "Approve as executive");
        await stage.WaitAsync("the end of the program on the owner's page", owner.Page.Locator(Opening.Hero).GetByText("Terminated"));

        (await api.PostAsync("/api/v1/incidents/INC-1/evidence", new FormBody("deleted.log", "12,400,000 rows deleted"u8.ToArray(),
            ("takenFrom", "storage-7"), ("takenAt", TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture))).ToContent()))
            .EnsureSuccessStatusCode();
        const string disposed = "Mark done: Dispose of private-conversations, or record why it is kept";
        await deciding.ClickAsync(disposed);
        await deciding.FillAsync(("What was done", "Deleted, backups included."));
        await deciding.PressAsync("Mark done");
        // Without evidence it is refused, and what was typed stays.
        await Assertions.Expect(deciding.Field("Evidence")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(deciding.Field("What was done")).ToHaveValueAsync("Deleted, backups included.");
        await deciding.LookAsync("44-disposal");
        await deciding.SendAsync("Mark done", ("Evidence", Blow.Taken + "E-1 deleted.log"));
        await deciding.ClickAsync("Mark done: Dispose of transcriptions, or record why it is kept");
        await deciding.Dialog().ChooseAsync("What became of the dataset?", "Kept");
        await deciding.SendAsync("Mark done", ("Why it is kept", "An authority has asked for it."));
        await Assertions.Expect(deciding.Page.GetByText("evidence E-1")).ToBeVisibleAsync();
        await deciding.LookAsync("45-disposed");
        var tasks = (await api.ReadAsync("/api/v1/tasks?kind=Disposal")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, tasks.Count);
        Assert.All(tasks, t => Assert.Equal("Closed", t.Text("status")));
    }

    private static async Task<Visitor> AtDecisionAsync(Stage stage, string account, string code)
    {
        var person = await stage.AsAsync(account);
        await person.GoAsync($"/decisions/{code}");
        return person;
    }

    // The main story answers them on the page.
    private static async Task MeetAllAsync(Stage stage, string code)
    {
        using var responder = await stage.CallAsync("responder");
        using var second = await stage.CallAsync("responder-2");
        await responder.MakeAsync("/api/v1/incidents/INC-1/contain", new { note = "Grants revoked." });
        foreach (var criterion in (await responder.ReadAsync($"/api/v1/decisions/{code}")).GetProperty("criteria").EnumerateArray())
        {
            var kind = criterion.Text("kind");
            await (kind == "ExposureClosed" ? second : responder)
                .MakeAsync($"/api/v1/decisions/{code}/criteria/{kind}/meet", new { evidence = "Looked at it." });
        }
    }
}
