using System.Text.RegularExpressions;
using IncidentHub.Browser.Tests.Forms;

namespace IncidentHub.Browser.Tests.Story;

/// <summary>The agent is enrolled, a concern is flagged, an incident is declared, and collecting stops.</summary>
internal static class Opening
{
    public const string Hero = "section.hero";

    /// <summary>The owner creates the enrolment key on the program's page and keeps that page open.</summary>
    public static async Task<Visitor> EnrolAsync(Stage stage)
    {
        var owner = await stage.AsAsync("owner");
        await owner.GoAsync("/programs/MCI");
        await owner.ClickAsync("Keys…");
        await owner.FillAsync(("What it is for", "Workstations"), ("Region of these collectors", "United States"));
        await owner.LookAsync("01-key-form");
        await owner.PressAsync("Make key");
        var key = await owner.Field("Key").InputValueAsync();
        await owner.LookAsync("02-key-made");
        await owner.PressAsync("Close");

        stage.StartAgent(key);
        await stage.Agent.PrintsAsync("MCI COLLECTING");
        await Assertions.Expect(owner.Page.Locator(Hero)).ToContainTextAsync("1 of 1 collector holds a permit");
        await Assertions.Expect(owner.Page.GetByText("ws-22081")).ToBeVisibleAsync();
        await owner.LookAsync("03-collecting");
        return owner;
    }

    public static async Task<Visitor> FlagAndDeclareAsync(Stage stage, Visitor owner)
    {
        var responder = await stage.AsAsync("responder");
        await responder.GoAsync("/flags");
        await Assertions.Expect(responder.Says("No open flags")).ToBeVisibleAsync();
        await FlagAsync(stage);
        await stage.WaitAsync("the flag on the triage list", responder.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^F-1 ") }));
        await responder.LookAsync("06-triage");

        await responder.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^F-1 ") }).ClickAsync();
        await responder.ClickAsync("Acknowledge");
        await responder.Page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" }).WaitForAsync();
        await responder.LookAsync("07-acknowledged");
        await responder.Page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" }).ClickAsync();
        await DeclareAsync(responder);
        // Measured from the time at which the responder's page confirmed the declaration.
        await stage.WaitAsync("Paused on the owner's open program page", owner.Page.Locator(Hero + "[data-state=Paused]"));
        await owner.LookAsync("10-paused");
        await responder.LiveAsync();
        await responder.LookAsync("11-declared");
        return responder;
    }

    public static async Task StopAsync(Stage stage, Visitor owner, Visitor responder)
    {
        await stage.Agent.PrintsAsync("MCI STOPPED");
        await stage.Agent.PrintsAsync("is confirmed");
        await stage.WaitAsync("the confirmed stop on the owner's open program page", owner.Page.Locator(Hero)
            .GetByText("1 of 1 collector proven stopped"));
        await Assertions.Expect(owner.Page.Locator(Hero)).ToContainTextAsync("1 confirmed");
        await Assertions.Expect(owner.Page.Locator(Hero)).ToContainTextAsync("0 pending");
        await Assertions.Expect(owner.Card("Active pauses")).ToContainTextAsync("INC-1");
        await owner.LookAsync("12-stopped");
        await stage.WaitAsync("the proven stop on the open incident page", responder.Card("Programs").GetByText("proven stopped"));
        await responder.LookAsync("13-incident-stopped");
    }

    private static async Task FlagAsync(Stage stage)
    {
        var employee = await stage.AsAsync("employee", width: 390);
        await employee.GoAsync("/flags/new");
        await Assertions.Expect(employee.Page.GetByLabel("Stay anonymous")).Not.ToBeCheckedAsync();
        await employee.Page.GetByLabel("What did you see?").FillAsync("I could open transcriptions of other people's chats.");
        await employee.Page.GetByLabel("Which program or data").FillAsync("MCI");
        var form = employee.Page.Locator("form.flag-form");
        await form.ChooseAsync("What kind of data is it?", "Private or sensitive");
        await form.ChooseAsync("Who could see it?", "Anyone in the company");
        await form.ChooseAsync("Is it still open?", "Not sure");
        await Assertions.Expect(employee.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("A responder answers within");
        await employee.LookAsync("04-flag");
        Assert.True(await A11y.OverflowAsync(employee.Page) <= 0, "The form is wider than the phone.");
        await employee.ClickAsync("Send");
        await Assertions.Expect(employee.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you. It is F-1." })).ToBeVisibleAsync();
        await employee.LookAsync("05-flag-sent");
        await Assertions.Expect(employee.Button("Acknowledge")).ToHaveCountAsync(0);
    }

    private static async Task DeclareAsync(Visitor responder)
    {
        await Assertions.Expect(responder.Page).ToHaveURLAsync(new Regex("flag=F-1$"));
        var form = responder.Page.Locator("form.declare");
        // As a person does: what is filled in without a press goes to the heading, if the hub moves the focus there just then.
        await form.GetByLabel("Title").First.ClickAsync();
        await form.GetByLabel("Title").First.FillAsync("Employee data readable by the whole company");
        await form.ChooseAsync("Severity", "SEV 2 Major");
        await Assertions.Expect(form.GetByLabel("Summary")).ToHaveValueAsync("I could open transcriptions of other people's chats.");
        // The program that the flag names is preselected.
        await Assertions.Expect(form.Input("Involvement of MCI")).ToHaveValueAsync("Source");
        await form.PutAsync("Dataset", Blow.Taken + "private-conversations");
        await form.PutAsync("Another dataset", Blow.Taken + "transcriptions");
        await Assertions.Expect(form.Locator(".link-row b")).ToHaveTextAsync(["MCI", "private-conversations", "transcriptions"]);
        await Assertions.Expect(form.Locator(".effect")).ToContainTextAsync("MCI is paused at once. Every collector stops within 7 s.");
        await responder.LookAsync("08-declare");
        await responder.ClickAsync("Declare SEV 2 Major");
        await Assertions.Expect(responder.Page).ToHaveURLAsync(new Regex("/incidents/INC-1$"));
        await responder.Page.GetByRole(AriaRole.Heading, new() { Name = "Employee data readable by the whole company" }).WaitForAsync();
    }
}
