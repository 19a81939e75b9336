using System.Text.Json;
using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests;

[Collection(nameof(SharedHubCollection))]
public sealed class SignInTests(SharedHub hub)
{
    private const string Password = "four random words, then";

    [Fact]
    public async Task Setting_a_password_and_signing_in_work_without_script()
    {
        await using var admin = await hub.AsAsync("administrator");
        var made = await admin.Page.Context.APIRequest.PostAsync("/api/v1/people",
            new() { DataObject = new { account = "no-script", displayName = "Without script", roles = new[] { "Reporter" } } });
        var path = JsonDocument.Parse(await made.TextAsync()).RootElement.GetProperty("path").GetString()!;

        var context = await admin.Page.Context.Browser!.NewContextAsync(new()
        {
            BaseURL = new Uri(admin.Page.Url).GetLeftPart(UriPartial.Authority),
            JavaScriptEnabled = false,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.GetByLabel("New password").FillAsync("password1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("common");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();

        await Assertions.Expect(page.GetByText("The password is set.")).ToBeVisibleAsync();
        await page.GetByLabel("Account").FillAsync("no-script");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("The account or the password is wrong");
        await Assertions.Expect(page.GetByLabel("Account")).ToHaveValueAsync("no-script");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await context.CloseAsync();
    }

    [Fact]
    public async Task An_administrator_makes_an_account_and_sees_its_link_once()
    {
        await using var admin = await hub.AsAsync("administrator");
        await admin.GoAsync("/people");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make an account…" }).ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Account").FillAsync("by-dialog");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Made by dialog");
        await dialog.GetByLabel("Responder").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Link")).ToHaveValueAsync(new Regex("/reset\\?token="));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Made by dialog" }).ClickAsync();
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Made by dialog", Level = 1 })).ToBeVisibleAsync();
    }
}
