using System.Text.RegularExpressions;
using IncidentHub.Tests.Access.Identity.Providers;

namespace IncidentHub.Browser.Tests;

/// <summary>Linking an account at an identity provider on one's own page.</summary>
public sealed class LinkedAccountTests
{
    [Fact]
    public async Task An_account_is_linked_by_keyboard_and_unlinked_and_one_of_somebody_else_is_refused()
    {
        using var provider = await ProviderProcess.StartAsync();
        await using var hub = await HubProcess.StartAsync(false, provider.Settings);
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var owner = await Visitor.VisitAsync(chromium, hub.Url, "owner");
        await LinkAsync(owner.Page);
        await Assertions.Expect(owner.Page.GetByText("Linked, last used")).ToBeVisibleAsync();

        await using var deputy = await Visitor.VisitAsync(chromium, hub.Url, "deputy");
        await LinkAsync(deputy.Page);
        await Assertions.Expect(deputy.Page.GetByText("linked with another person here")).ToBeVisibleAsync();
        await Assertions.Expect(deputy.Page.GetByText("Not linked", new() { Exact = true })).ToBeVisibleAsync();

        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Unlink Corp" }).ClickAsync();
        await owner.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        await Assertions.Expect(owner.Page.GetByText("Not linked", new() { Exact = true })).ToBeVisibleAsync();

        async Task LinkAsync(IPage page)
        {
            await page.GotoAsync(hub.Url + "/account");
            await page.GetByRole(AriaRole.Button, new() { Name = "Link Corp" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Go to Corp" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            // Whoever is asked at this provider chooses the account in the address.
            await page.WaitForURLAsync(new Regex("/interaction/"));
            await page.GotoAsync(page.Url + "?account=researcher");
            await page.WaitForURLAsync(new Regex("/account"));
        }
    }
}
