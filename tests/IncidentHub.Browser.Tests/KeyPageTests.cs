using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests;

/// <summary>The page of keys: own keys, company-wide keys, and signing keys.</summary>
[Collection(nameof(DemoHubCollection))]
public sealed class KeyPageTests(DemoHub hub)
{
    [Fact]
    public async Task An_administrator_creates_a_company_wide_key_and_revokes_it()
    {
        await using var visitor = await hub.AsAsync("administrator");
        await visitor.GoAsync("/keys");
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await main.GetByRole(AriaRole.Radio, new() { Name = "Company-wide" }).CheckAsync(new() { Force = true });
        await main.GetByLabel("What it is for").FillAsync("Ingestion of the lake");
        await main.GetByRole(AriaRole.Button, new() { Name = "Make key" }).ClickAsync();
        await Assertions.Expect(main.GetByLabel("Key", new() { Exact = true })).ToHaveValueAsync(new Regex("^ihk_"));
        await main.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        var line = main.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ingestion of the lake" });
        await Assertions.Expect(line).ToContainTextAsync("company-wide");
        await line.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("Revoked");
        Assert.DoesNotContain("ihk_", await visitor.Page.ContentAsync());
    }

    [Fact]
    public async Task A_new_signing_key_waits_and_a_second_one_is_refused_with_the_reason()
    {
        await using var visitor = await hub.AsAsync("administrator");
        await visitor.GoAsync("/keys");
        await RotateAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Row)
            .Filter(new() { Has = visitor.Page.GetByText("Next", new() { Exact = true }) })).ToBeVisibleAsync();
        await RotateAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The next key is published");

        async Task RotateAsync()
        {
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "New signing key…" }).ClickAsync();
            await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Make signing key" }).ClickAsync();
        }
    }

    [Fact]
    public async Task A_withdrawn_signing_key_is_listed_with_actor_and_reason_and_another_key_signs()
    {
        await using var visitor = await hub.AsAsync("administrator", width: 390, dark: true);
        await visitor.GoAsync("/keys");
        var signs = visitor.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visitor.Page.GetByText("Signs", new() { Exact = true }) });
        var kid = await signs.Locator(".kid").InnerTextAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = $"Withdraw key {kid}" }).ClickAsync();
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("A copy was <b>found</b>.");
        Assert.Empty(await A11y.FaultsAsync(visitor.Page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Withdraw key" }).ClickAsync();
        var gone = visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = kid });
        await Assertions.Expect(gone).ToContainTextAsync("A copy was <b>found</b>.");
        await Assertions.Expect(gone).ToContainTextAsync("Withdrawn");
        await Assertions.Expect(gone.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Assertions.Expect(signs).ToHaveCountAsync(1);
        Assert.NotEqual(kid, await signs.Locator(".kid").InnerTextAsync());
        await visitor.LookAsync("withdrawn-390");
        Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Other_roles_see_only_their_own_keys_and_no_signing_key()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/keys");
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await Assertions.Expect(main.GetByRole(AriaRole.Button, new() { Name = "Make key" })).ToBeVisibleAsync();
        await Assertions.Expect(main.GetByRole(AriaRole.Radio, new() { Name = "Company-wide" })).ToHaveCountAsync(0);
        await Assertions.Expect(main.GetByText("Signing keys")).ToHaveCountAsync(0);
    }
}
