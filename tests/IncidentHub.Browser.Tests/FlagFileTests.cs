using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests;

/// <summary>A flag with files, from the form of an anonymous reporter to the triage of several at once.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class FlagFileTests(SharedHub hub)
{
    [Fact]
    public async Task A_refused_file_costs_nothing_that_was_typed_and_what_was_taken_is_followed_by_the_receipt()
    {
        await using var employee = await hub.AsAsync("employee", width: 390);
        await employee.Page.GotoAsync("/flags/new");
        var text = employee.Page.GetByLabel("What did you see?");
        await text.FillAsync("The list of names is open to everybody.");
        await employee.Page.ReloadAsync();
        await Assertions.Expect(text).ToHaveValueAsync("The list of names is open to everybody.");
        await employee.Page.GetByText("Stay anonymous").ClickAsync();
        var files = employee.Page.GetByLabel("Pictures or texts (optional)");
        await files.SetInputFilesAsync(new FilePayload { Name = "me.jpg", MimeType = "image/jpeg", Buffer = [0x50, 0x4B, 3, 4, 0] });
        await employee.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(employee.Page.Locator("#file-note")).ToContainTextAsync("not a JPEG or PNG picture");
        await Assertions.Expect(text).ToHaveValueAsync("The list of names is open to everybody.");
        await files.SetInputFilesAsync(new FilePayload { Name = "me.txt", MimeType = "text/plain", Buffer = "a line"u8.ToArray() });
        await employee.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        var receipt = await employee.Page.Locator("#receipt").InnerTextAsync();
        await employee.Page.GotoAsync("/flags/new");
        await Assertions.Expect(text).ToHaveValueAsync("");

        await using var nobody = await hub.AsAsync(null, width: 390, dark: true);
        await nobody.Page.GotoAsync("/flags/receipt");
        await nobody.Page.GetByLabel("Your code").FillAsync(receipt);
        await nobody.Page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Assertions.Expect(nobody.Page.GetByText(new Regex("F-\\d+-1\\.txt"))).ToBeVisibleAsync();
        Assert.Empty(nobody.Complaints);
        Assert.Empty(employee.Complaints);
    }

    [Fact]
    public async Task Triage_chooses_a_flag_by_keyboard_and_dismisses_it()
    {
        await using var employee = await hub.AsAsync("employee");
        await employee.Page.GotoAsync("/flags/new");
        var concern = "A test of the keyboard " + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
        await employee.Page.GetByLabel("What did you see?").FillAsync(concern);
        await employee.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        var thanks = employee.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Thank you") });
        var code = Regex.Match(await thanks.InnerTextAsync(), "F-\\d+").Value;

        await using var responder = await hub.AsAsync("responder");
        await responder.GoAsync("/flags");
        await responder.Page.GetByLabel($"Choose {code}", new() { Exact = true }).FocusAsync();
        await responder.Page.Keyboard.PressAsync("Space");
        await responder.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss…" }).FocusAsync();
        await responder.Page.Keyboard.PressAsync("Enter");
        var dialog = responder.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("It was a test.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Dismiss {code}" }).ClickAsync();
        await Assertions.Expect(responder.Page.GetByText("1 flag is dismissed.")).ToBeVisibleAsync();
        await Assertions.Expect(responder.Page.GetByLabel($"Choose {code}", new() { Exact = true })).ToHaveCountAsync(0);
        Assert.Empty(responder.Complaints);
    }
}
