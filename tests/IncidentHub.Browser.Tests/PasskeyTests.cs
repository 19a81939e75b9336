using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests;

/// <summary>A passkey on a virtual device of Chromium.</summary>
public sealed class PasskeyTests
{
    [Fact]
    public async Task A_passkey_is_added_renamed_signs_in_and_is_removed()
    {
        // A relying party has a name, not an address: the hub's own.
        var port = Nginx.FreePort();
        await using var hub = await HubProcess.StartAsync(false,
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("PublicUrl", $"http://localhost:{port}"));
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var visitor = await Visitor.VisitAsync(chromium, $"http://localhost:{port}", "owner");
        var page = visitor.Page;
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });

        await visitor.GoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Laptop");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rename Laptop" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Laptop" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Work laptop");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rename Work laptop" })).ToBeVisibleAsync();
        // The device has one for this account already.
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Another");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert))
            .ToContainTextAsync("has a passkey for your account");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await SignOutAsync(page);
        await page.GotoAsync("/sign-in?returnUrl=%2Faccount");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account$"));
        await Assertions.Expect(page.GetByText("· passkey").First).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Work laptop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove Work laptop" })).ToHaveCountAsync(0);
        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not known here");
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Account:") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
    }
}
