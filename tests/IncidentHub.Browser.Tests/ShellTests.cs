using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests;

[Collection(nameof(SharedHubCollection))]
public sealed class ShellTests(SharedHub hub)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_sign_in_and_back()
    {
        await using var visitor = await hub.AsAsync(null);
        await visitor.Page.GotoAsync("/kit?tab=tasks");
        await visitor.Page.Locator("button[name=account][value=responder]").ClickAsync();
        await visitor.LiveAsync();
        Assert.EndsWith("/kit?tab=tasks", visitor.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_in_the_bar_leads_from_a_live_page_to_the_form_for_a_concern_and_on_to_the_code()
    {
        await using var visitor = await hub.AsAsync("employee");
        await visitor.GoAsync("/");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Flag a concern" }).First.ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("What did you see?")).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "I have a code already" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Your code")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/sign-in$"));
        await visitor.Page.GotoAsync("/kit");
        Assert.Contains("/sign-in", visitor.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("employee", "Home,My flags")]
    [InlineData("responder", "Home,Incidents,Programs,Datasets,Flags,Decisions,Dashboard,SEV policy,API keys")]
    [InlineData("auditor", "Home,Incidents,Programs,Datasets,My flags,Decisions,Dashboard,SEV policy,API keys,Audit")]
    public async Task The_navigation_shows_only_what_the_role_may_read(string account, string expected)
    {
        await using var visitor = await hub.AsAsync(account);
        await visitor.GoAsync("/kit");
        var names = await visitor.Page.Locator("#side nav a").EvaluateAllAsync<string[]>("all => all.map(a => a.firstChild.textContent.trim())");
        Assert.Equal(expected.Split(','), names);
    }

    [Theory]
    [InlineData(false, "Dark", "dark")]
    [InlineData(true, "Light", "light")]
    public async Task A_chosen_theme_is_there_before_the_page_is_painted_and_stays(bool systemDark, string choice, string expected)
    {
        await using var visitor = await hub.AsAsync("responder", dark: systemDark);
        await visitor.GoAsync("/kit");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = choice, Exact = true }).ClickAsync();
        Assert.Equal(expected, await ShownAsync(visitor));

        // As the server sends it, before any script runs.
        var html = await (await visitor.Page.Context.APIRequest.GetAsync("/kit")).TextAsync();
        Assert.Contains($"data-theme=\"{expected}\"", html, StringComparison.Ordinal);
        await visitor.GoAsync("/kit");
        Assert.Equal(expected, await ShownAsync(visitor));
    }

    [Fact]
    public async Task The_skip_link_is_first_and_leads_to_the_content()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_palette_opens_by_keyboard_finds_a_page_and_goes_there()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        var input = visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" });
        await Assertions.Expect(input).ToBeFocusedAsync();
        await input.FillAsync("flag a con");
        await Assertions.Expect(visitor.Page.Locator("#palette-list").GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/flags/new$"));
    }

    [Fact]
    public async Task Escape_closes_a_dialog_and_gives_the_focus_back()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit");
        var opener = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Ask first…" });
        await opener.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = "Pause MCI?" })).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = "Pause MCI?" })).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed_and_names_the_fields()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit");
        await visitor.Page.GetByLabel("Title").FillAsync("<b>bold</b> & 'quoted'");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("Choose one; if unsure between two, the more severe holds.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Severity", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Page.GetByLabel("Title")).ToHaveValueAsync("<b>bold</b> & 'quoted'");
    }

    [Fact]
    public async Task On_a_phone_the_menu_is_a_drawer_that_closes_when_it_has_led_somewhere()
    {
        await using var visitor = await hub.AsAsync("responder", width: 390);
        await visitor.GoAsync("/kit");
        var home = visitor.Page.Locator("#side").GetByRole(AriaRole.Link, new() { Name = "Home" });
        await Assertions.Expect(home).ToBeHiddenAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await Assertions.Expect(home).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(home).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Every_control_has_a_name_enough_contrast_and_fits_the_window(int width, bool dark)
    {
        await using var visitor = await hub.AsAsync("responder", width, dark);
        await visitor.GoAsync("/kit");
        await visitor.LookAsync($"kit-{width}-{(dark ? "dark" : "light")}");
        Assert.Empty(await A11y.FaultsAsync(visitor.Page));
        Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0);
        Assert.Empty(visitor.Complaints);
    }

    private static Task<string> ShownAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme");
}
