using System.Net.Http.Json;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>People, keys, the audit log and break-glass with the keyboard only: no click, and only key presses move the focus.</summary>
[Collection(nameof(DemoHubCollection))]
public sealed class KeyboardAdministrationTests(DemoHub hub)
{
    [Fact]
    public async Task An_administrator_makes_people_and_keys_with_the_keyboard()
    {
        await using var admin = await hub.AsAsync("administrator");
        await MakeAccountAsync(admin);
        await LendAsync(admin);
        await RotateAndRevokeAsync(admin);
        Assert.Empty(admin.Complaints);
    }

    private static async Task MakeAccountAsync(Visitor admin)
    {
        await admin.GoAsync("/people");
        await admin.TabToSeenAsync(AriaRole.Button, "Make an account…");
        await admin.KeyAsync("Enter");
        await admin.InDialogAsync();
        await admin.FillAsync("Account", "by-keyboard");
        await StaysAsync(admin);
        await LeaveAsync(admin, "Make an account…");
        await admin.KeyAsync("Enter");
        await admin.InDialogAsync();
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Account")).ToHaveValueAsync("by-keyboard");
        await admin.FillAsync("Name", "Made by keyboard");
        await admin.TabToSeenAsync(AriaRole.Checkbox, "Responder");
        await admin.KeyAsync("Space");
        await admin.KeyAsync("Control+Enter");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Link")).ToBeFocusedAsync();
        await StaysAsync(admin);
        await admin.EnterAsync(AriaRole.Button, "Done");
        await admin.TakenAsync();
    }

    private static async Task LendAsync(Visitor admin)
    {
        await admin.FillAsync("Search", "by-keyboard");
        await admin.KeyAsync("Enter");
        await Assertions.Expect(admin.Page).ToHaveURLAsync(new Regex("q=by-keyboard$"));
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await admin.EnterAsync(AriaRole.Link, "Made by keyboard");
        await Assertions.Expect(admin.Named(AriaRole.Heading, "Made by keyboard")).ToBeFocusedAsync();
        await admin.OpenAsync("Lend roles…");
        await LeaveAsync(admin, "Lend roles…");
        await admin.OpenAsync("Lend roles…");
        await admin.SendAsync();
        await admin.EnterAsync(AriaRole.Button, "End the loan");
        await Assertions.Expect(admin.Button("End the loan")).ToHaveCountAsync(0);
        // What had the focus is gone: it stays at the card.
        await Assertions.Expect(admin.Card("Account")).ToBeFocusedAsync();
        await admin.OpenAsync("Deactivate…", back: true);
        await LeaveAsync(admin, "Deactivate…");
    }

    private static async Task RotateAndRevokeAsync(Visitor admin)
    {
        await admin.GoAsync("/keys");
        await admin.FillAsync("What it is for", "With the keyboard");
        await admin.ChooseAsync("Whose key", "Company-wide");
        await admin.ChooseAsync("Whose key", "Mine");
        await admin.EnterAsync(AriaRole.Button, "Make key");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Key")).ToHaveValueAsync(new Regex("^ihk_"));
        await admin.AtContentAsync();
        await admin.EnterAsync(AriaRole.Button, "Done");

        await admin.TabToSeenAsync(AriaRole.Button, "Rotate With the keyboard");
        await admin.KeyAsync("Enter");
        await admin.InDialogAsync();
        await StaysAsync(admin);
        await LeaveAsync(admin, "Rotate With the keyboard");
        await admin.OpenAsync("Rotate With the keyboard");
        await admin.KeyAsync("Control+Enter");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Key")).ToBeFocusedAsync();
        await admin.EnterAsync(AriaRole.Button, "Done");
        await Assertions.Expect(admin.Dialog()).ToHaveCountAsync(0);
        // The row was drawn again meanwhile; a list of many keys is not gone through again from its beginning.
        await Assertions.Expect(admin.Button("Rotate With the keyboard")).ToBeFocusedAsync();

        await admin.OpenAsync("Revoke With the keyboard");
        await LeaveAsync(admin, "Revoke With the keyboard");
        await admin.OpenAsync("Revoke With the keyboard");
        await admin.EnterAsync(AriaRole.Button, "Revoke key");
        await admin.TakenAsync();
        var row = admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "With the keyboard" });
        await Assertions.Expect(row).ToContainTextAsync("Revoked");
        await admin.TabToSeenAsync(AriaRole.Button, "New signing key…");
        await admin.KeyAsync("Enter");
        await admin.InDialogAsync();
        await LeaveAsync(admin, "New signing key…");
    }

    [Fact]
    public async Task An_auditor_reads_and_an_executive_opens_a_restricted_incident_with_the_keyboard()
    {
        using var privacy = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await privacy.PostAsJsonAsync("/api/v1/session", new { account = "privacy" })).EnsureSuccessStatusCode();
        var code = (await privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "Known to few",
            sev = 5,
            confidentiality = "Restricted",
            programs = new[] { new { program = "MCI" } },
        })).Text("code");

        await using var executive = await hub.AsAsync("executive");
        await executive.GoAsync("/incidents");
        const string opener = "Open a restricted incident…";
        await executive.OpenAsync(opener);
        await executive.FillAsync("Code", code);
        await executive.FillAsync("Reason", "I must answer today.");
        await StaysAsync(executive);
        await LeaveAsync(executive, opener);
        await executive.KeyAsync("Enter");
        await executive.InDialogAsync();
        await Assertions.Expect(executive.Named(AriaRole.Textbox, "Code")).ToHaveValueAsync(code);
        await Assertions.Expect(executive.Named(AriaRole.Textbox, "Reason")).ToHaveValueAsync("I must answer today.");
        await executive.KeyAsync("Control+Enter");
        await Assertions.Expect(executive.Page).ToHaveURLAsync(new Regex($"/incidents/{code}$"));
        await Assertions.Expect(executive.Named(AriaRole.Heading, "Known to few")).ToBeFocusedAsync();

        await using var auditor = await hub.AsAsync("auditor");
        await auditor.GoAsync("/audit");
        await auditor.TabToSeenAsync(AriaRole.Button, "Verify the chain");
        await auditor.KeyAsync("Enter");
        await auditor.Page.GetByText("rows verified").WaitForAsync();
        await Assertions.Expect(auditor.Button("Verify the chain")).ToBeFocusedAsync();
        await auditor.PickAsync("Actor", "exec", "Executive");
        await Assertions.Expect(auditor.Page).ToHaveURLAsync(new Regex("actor=Executive"));
        await auditor.FillAsync("Act begins with", "incident.break-glass");
        await auditor.KeyAsync("Enter");
        await Assertions.Expect(auditor.Page).ToHaveURLAsync(new Regex("act=incident.break-glass"));
        await Assertions.Expect(auditor.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(auditor.Named(AriaRole.Textbox, "Act begins with")).ToBeFocusedAsync();
        var withheld = auditor.Page.Locator("summary", new() { HasText = "Withheld" }).First;
        await auditor.TabToAsync(withheld);
        await auditor.KeyAsync("Enter");
        await Assertions.Expect(auditor.Page.Locator("details[open]")).ToContainTextAsync("hash");
        await auditor.EnterAsync(AriaRole.Link, "Clear", back: true);
        await Assertions.Expect(auditor.Page).ToHaveURLAsync(new Regex("/audit$"));
        await auditor.AtContentAsync();
        Assert.Empty(executive.Complaints.Concat(auditor.Complaints));
        Assert.DoesNotContain("Known to few", await auditor.Page.ContentAsync());
    }

    /// <summary>Escape closes the dialog, and the focus returns to the button that opened it.</summary>
    private static async Task LeaveAsync(Visitor who, string opener)
    {
        await who.KeyAsync("Escape");
        await Assertions.Expect(who.Dialog()).ToHaveCountAsync(0);
        await Assertions.Expect(who.Button(opener)).ToBeFocusedAsync();
    }

    /// <summary>Tab goes round in the open dialog, forwards and backwards.</summary>
    private static async Task StaysAsync(Visitor who)
    {
        foreach (var key in (string[])["Tab", "Shift+Tab"])
        {
            for (var i = 0; i < 10; i++)
            {
                await who.KeyAsync(key);
                Assert.True(await who.Page.EvaluateAsync<bool>("() => document.activeElement.closest('.mud-dialog') !== null"), key);
            }
        }
    }
}
