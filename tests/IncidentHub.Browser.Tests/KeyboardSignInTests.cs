using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using OtpNet;

namespace IncidentHub.Browser.Tests;

/// <summary>
/// A new hub in production with the keyboard only: set-up, own account, second factor, recovery codes, a link to a password. No click, and
/// only key presses move the focus.
/// </summary>
[Collection(nameof(SharedHubCollection))]
public sealed class KeyboardSignInTests(SharedHub shared)
{
    private const string Password = "four random words, then", Account = "first";

    [Fact]
    public async Task The_first_administrator_sets_up_signs_in_and_adds_a_second_factor_with_the_keyboard()
    {
        var folder = Directory.CreateTempSubdirectory("incidenthub-setup-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "master.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await using var hub = HubProcess.In(folder, ("ASPNETCORE_ENVIRONMENT", "Production"));
        await hub.StartAgainAsync();
        await using var admin = await Visitor.VisitAsync(shared.Chromium, hub.Url, null);
        await SetUpAsync(admin, hub);
        await SignInAsync(admin, Account, Password);
        await Assertions.Expect(admin.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await ChangeAccountAsync(admin);
        var codes = await AddAuthenticatorAsync(admin);
        await SignOutAsync(admin);

        // The code of this half minute was used to add the app.
        await SignInAsync(admin, Account, Password);
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Code")).ToBeFocusedAsync();
        await admin.TypeAsync("000 000");
        await admin.KeyAsync("Enter");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The code is wrong");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Code")).ToBeFocusedAsync();
        await admin.LookAsync("keyboard-code");
        Assert.Empty(await A11y.FaultsAsync(admin.Page));
        await admin.TypeAsync(codes[0]);
        await admin.KeyAsync("Enter");
        await Assertions.Expect(admin.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await admin.GoAsync("/account");
        await Assertions.Expect(admin.Card("Second factor")).ToContainTextAsync("9 of 10 left");
        await NewCodesAndOffAsync(admin);
        await SetPasswordAsync(admin, hub);
        AssertRefusalsOnly(admin);
        await hub.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task SetUpAsync(Visitor admin, HubProcess hub)
    {
        var token = Regex.Match(string.Join('\n', hub.Log), "Set-up token: ([A-Za-z0-9_-]+)").Groups[1].Value;
        await admin.Page.GotoAsync("/setup");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Token")).ToBeFocusedAsync();
        await admin.TypeAsync(token);
        await admin.FillAsync("Account", Account);
        await admin.FillAsync("Your name", "First administrator");
        await admin.FillAsync("Password", "password1234");
        await admin.TabToSeenAsync(AriaRole.Button, "Make the first administrator");
        await admin.KeyAsync("Enter");
        await Assertions.Expect(admin.Page.GetByText("This is one of the common passwords")).ToBeVisibleAsync();
        // The field that was refused has the focus; the others keep what was typed.
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Password")).ToBeFocusedAsync();
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Token")).ToHaveValueAsync(token);
        await admin.LookAsync("keyboard-set-up");
        Assert.Empty(await A11y.FaultsAsync(admin.Page));
        await admin.TypeAsync(Password);
        await admin.KeyAsync("Enter");
        await Assertions.Expect(admin.Page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    private static async Task SignInAsync(Visitor who, string account, string password)
    {
        await who.Page.GotoAsync("/sign-in");
        await who.FillAsync("Account", account);
        await who.FillAsync("Password", password);
        await who.TabToSeenAsync(AriaRole.Button, "Sign in");
        await who.KeyAsync("Enter");
    }

    private static async Task ChangeAccountAsync(Visitor admin)
    {
        await admin.GoAsync("/account");
        await admin.FillAsync("Name", "Administrator by keyboard");
        await admin.PickAsync("Time zone (optional)", "Tokyo", "Asia/Tokyo");
        await admin.EnterAsync(AriaRole.Button, "Save");
        await Assertions.Expect(admin.Page.GetByText("Administrator by keyboard · Administrator")).ToBeVisibleAsync();
        await admin.AtContentAsync();
    }

    private static async Task<string[]> AddAuthenticatorAsync(Visitor admin)
    {
        const string opener = "Set up an authenticator app…";
        await admin.OpenAsync(opener);
        await admin.KeyAsync("Escape");
        await Assertions.Expect(admin.Button(opener)).ToBeFocusedAsync();
        await admin.KeyAsync("Enter");
        await admin.InDialogAsync();
        var secret = Base32Encoding.ToBytes((await admin.Dialog().Locator("code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await admin.FillAsync("Code", "12");
        await admin.FillAsync("Your password", Password);
        await admin.KeyAsync("Enter");
        // The field that was refused has the focus.
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Code")).ToBeFocusedAsync();
        await admin.KeyAsync("Control+a");
        await admin.TypeAsync(new Totp(secret).ComputeTotp());
        await admin.FillAsync("Your password", Password);
        await admin.KeyAsync("Control+Enter");
        return await CodesAsync(admin);
    }

    private static async Task<string[]> CodesAsync(Visitor admin)
    {
        var codes = admin.Dialog().GetByRole(AriaRole.Listitem);
        await Assertions.Expect(codes).ToHaveCountAsync(10);
        await admin.InDialogAsync();
        var shown = await codes.AllInnerTextsAsync();
        await admin.TabToSeenAsync(AriaRole.Button, "I have kept them");
        await admin.KeyAsync("Enter");
        await admin.TakenAsync();
        return [.. shown];
    }

    private static async Task NewCodesAndOffAsync(Visitor admin)
    {
        await admin.OpenAsync("New recovery codes…");
        await admin.FillAsync("Your password", "not the password");
        await admin.KeyAsync("Enter");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Your password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(admin.Named(AriaRole.Textbox, "Your password")).ToBeFocusedAsync();
        await admin.TypeAsync(Password);
        await admin.KeyAsync("Enter");
        await CodesAsync(admin);
        await admin.OpenAsync("Turn off…");
        await admin.FillAsync("Your password", Password);
        await admin.SendAsync();
        await Assertions.Expect(admin.Button("Set up an authenticator app…")).ToBeVisibleAsync();
    }

    private async Task SetPasswordAsync(Visitor admin, HubProcess hub)
    {
        var made = await admin.Page.Context.APIRequest.PostAsync("/api/v1/people",
            new() { DataObject = new { account = "by-link", displayName = "By link", roles = new[] { "Reporter" } } });
        var path = JsonDocument.Parse(await made.TextAsync()).RootElement.GetProperty("path").GetString()!;
        await using var person = await Visitor.VisitAsync(shared.Chromium, hub.Url, null);
        await person.Page.GotoAsync(path);
        await person.FillAsync("New password", "by-link by-link");
        await person.KeyAsync("Enter");
        await Assertions.Expect(person.Page.GetByText("It must not contain the name of the account").First).ToBeVisibleAsync();
        await Assertions.Expect(person.Named(AriaRole.Textbox, "New password")).ToBeFocusedAsync();
        await person.FillAsync("New password", Password);
        await person.TabToSeenAsync(AriaRole.Button, "Set it");
        await person.KeyAsync("Enter");
        await Assertions.Expect(person.Page.GetByText("The password is set.")).ToBeVisibleAsync();
        await person.FillAsync("Account", "by-link");
        await person.FillAsync("Password", Password);
        await person.KeyAsync("Enter");
        await Assertions.Expect(person.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await SignOutAsync(person);
        AssertRefusalsOnly(person);
    }

    private static async Task SignOutAsync(Visitor who)
    {
        await who.LiveAsync();
        var account = who.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Account: ") });
        await who.TabToAsync(account);
        await who.KeyAsync("Enter");
        var signOut = who.Named(AriaRole.Menuitem, "Sign out");
        await Assertions.Expect(signOut).ToBeVisibleAsync();
        await Assertions.Expect(who.Page.GetByRole(AriaRole.Menu).Locator(":focus")).ToHaveCountAsync(1);
        // Three themes, the account, this.
        for (var next = 0; next < 4; next++) await who.KeyAsync("ArrowDown");
        await Assertions.Expect(signOut).ToBeFocusedAsync();
        await who.KeyAsync("Enter");
        await Assertions.Expect(who.Page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    // A form that was refused is answered with a status that the browser writes to its console.
    private static void AssertRefusalsOnly(Visitor who) =>
        Assert.All(who.Complaints, said => Assert.Matches("Failed to load resource: .* status of 4(00|01|22)", said));
}
