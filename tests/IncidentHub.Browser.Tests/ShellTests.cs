using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Browser.Tests;

[Collection(nameof(SharedHubCollection))]
public sealed class ShellTests(SharedHub hub)
{
    [Fact]
    public async Task An_anonymous_visitor_is_redirected_to_sign_in_and_back()
    {
        await using var visitor = await hub.AsAsync(null);
        await visitor.Page.GotoAsync("/incidents?status=closed");
        await visitor.Page.Locator("button[name=account][value=responder]").ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/incidents\\?status=closed$"));
        await visitor.LiveAsync();
    }

    [Fact]
    public async Task The_button_in_the_app_bar_opens_the_form_for_a_concern_which_returns_a_code()
    {
        await using var visitor = await hub.AsAsync("employee");
        await visitor.GoAsync("/");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Flag a concern" }).First.ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("What did you see?")).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "I have a code already" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Your code")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task No_value_of_a_query_parameter_breaks_a_page()
    {
        var pages =
            (from page in typeof(IncidentHub.Ui.Viewer).Assembly.GetTypes()
             from route in page.GetCustomAttributes<RouteAttribute>()
             where !route.Template.Contains('{')
             let parameters = page.GetProperties()
                 .Where(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null)
                 .Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? p.Name.ToLowerInvariant()).ToArray()
             where parameters.Length > 0 && route.Template != "/sign-in"
             select (Path: route.Template, Parameters: parameters)).ToArray();
        Assert.InRange(pages.Length, 8, 40);
        await using var visitor = await hub.AsAsync("auditor");
        foreach (var (path, parameters) in pages)
        {
            foreach (var value in (string[])["maybe", "0001-01-01", "9999-12-31"])
            {
                await visitor.GoAsync($"{path}?{string.Join('&', parameters.Select(p => $"{p}={value}"))}");
                Assert.False(await visitor.Page.GetByText("This page failed to load").IsVisibleAsync(), $"{path}: {value}");
            }
        }
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_path_that_no_page_takes_is_answered_with_a_page_that_works()
    {
        await using var visitor = await hub.AsAsync("employee");
        await visitor.GoAsync("/nope/at/all");
        await Assertions.Expect(visitor.Page.GetByText("There is no such page.")).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit/empty");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/sign-in$"));
        await visitor.Page.GotoAsync("/kit/empty");
        Assert.Contains("/sign-in", visitor.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("employee", "Home,My flags,Notices")]
    [InlineData("responder", "Home,Incidents,Programs,Datasets,Flags,Decisions,Obligations,Reviews,Tasks,Dashboard,SEV policy,API keys")]
    [InlineData("auditor", "Home,Incidents,Programs,Datasets,My flags,Decisions,Obligations,Reviews,Tasks,Dashboard,SEV policy,API keys,Audit")]
    public async Task The_navigation_shows_only_what_the_role_may_read(string account, string expected)
    {
        await using var visitor = await hub.AsAsync(account);
        await visitor.GoAsync("/kit/empty");
        var names = await visitor.Page.Locator("#side nav a .mud-nav-link-text").AllInnerTextsAsync();
        Assert.Equal(expected.Split(','), names);
    }

    [Theory]
    [InlineData(false, "Dark", "dark")]
    [InlineData(true, "Light", "light")]
    public async Task A_chosen_theme_applies_before_the_first_paint_and_is_kept(bool systemDark, string choice, string expected)
    {
        await using var visitor = await hub.AsAsync("responder", dark: systemDark);
        await visitor.GoAsync("/kit/empty");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = choice, Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = choice, Exact = true })).ToBeCheckedAsync();
        Assert.Equal(expected, await ShownAsync(visitor));

        // As sent by the server, before any script runs.
        var html = await (await visitor.Page.Context.APIRequest.GetAsync("/kit/empty")).TextAsync();
        Assert.Contains($"data-theme=\"{expected}\"", html, StringComparison.Ordinal);
        await visitor.GoAsync("/kit/empty");
        Assert.Equal(expected, await ShownAsync(visitor));
    }

    [Fact]
    public async Task The_skip_link_is_the_first_tab_stop_and_moves_to_the_content()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit/empty");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Paging_and_filtering_on_the_first_page_keep_the_focus()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/flags");
        var all = visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Status" })
            .GetByRole(AriaRole.Link, new() { NameRegex = new("^All") });
        await visitor.TabToAsync(all);
        await visitor.KeyAsync("Enter");
        await Assertions.Expect(all).ToHaveAttributeAsync("aria-current", "true");
        await visitor.LiveAsync();
        await Assertions.Expect(all).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_palette_opens_by_keyboard_finds_a_page_and_opens_it()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit/empty");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        var input = visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" });
        await Assertions.Expect(input).ToBeFocusedAsync();
        await input.FillAsync("flag a con");
        await Assertions.Expect(visitor.Page.Locator("#palette-list").GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/flags/new$"));
    }

    [Fact]
    public async Task The_palette_supports_arrow_keys_shows_an_empty_result_and_returns_the_focus()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit/empty");
        var opener = visitor.Page.Locator("#palette-open");
        await opener.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        var input = visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" });
        await Assertions.Expect(input).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowUp");
        var last = visitor.Page.Locator("#palette-list [role=option]").Last;
        await Assertions.Expect(last).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(last).ToBeInViewportAsync();
        await input.FillAsync("no such thing");
        await Assertions.Expect(visitor.Page.GetByText("Nothing found.")).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_account_menu_works_by_keyboard_and_returns_the_focus()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/kit/empty");
        var account = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" });
        await account.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "System theme" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        await Assertions.Expect(account).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_first_page_is_the_dashboard_for_executives_and_Home_for_everyone_else()
    {
        await using var executive = await hub.AsAsync("executive");
        Assert.EndsWith("/dashboard", executive.Page.Url, StringComparison.Ordinal);
        await using var responder = await hub.AsAsync("responder");
        Assert.Equal("/", new Uri(responder.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_is_shown_only_to_its_author()
    {
        await using var visitor = await hub.AsAsync("employee");
        await visitor.GoAsync("/flags/new");
        var seen = visitor.Page.GetByLabel("What did you see?");
        await seen.FillAsync("A shared folder with payslips.");
        await visitor.Page.GetByLabel("Anyone in the company").CheckAsync();
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(seen).ToHaveValueAsync("A shared folder with payslips.");
        await Assertions.Expect(visitor.Page.GetByLabel("Anyone in the company")).ToBeCheckedAsync();

        // A session of another account in the same tab, without a sign-out.
        await SignInAsync(visitor, "responder");
        await visitor.GoAsync("/flags/new");
        await Assertions.Expect(seen).ToHaveValueAsync("");
        Assert.DoesNotContain("payslips", await KeptAsync(visitor), StringComparison.Ordinal);

        await seen.FillAsync("An export on a public link.");
        Assert.Contains("public link", await KeptAsync(visitor), StringComparison.Ordinal);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/sign-in$"));
        Assert.Equal("{}", await KeptAsync(visitor));
    }

    [Fact]
    public async Task Signing_out_in_one_tab_ends_the_page_of_the_other()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/incidents");
        var other = await visitor.Page.Context.NewPageAsync();
        await other.GotoAsync("/programs");
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Programs", Level = 1 })).ToBeVisibleAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/sign-in$"));
        await Assertions.Expect(other).ToHaveURLAsync(new Regex(@"/sign-in\?returnUrl=%2Fprograms$"));
    }

    [Fact]
    public async Task On_a_phone_the_menu_is_a_drawer_that_closes_after_navigation()
    {
        await using var visitor = await hub.AsAsync("responder", width: 390);
        await visitor.GoAsync("/kit/empty");
        var home = visitor.Page.Locator("#side").GetByRole(AriaRole.Link, new() { Name = "Home" });
        await Assertions.Expect(home).ToBeHiddenAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        // The drawer handles Esc once it has the focus.
        await Assertions.Expect(home).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(home).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(768, true)]
    [InlineData(390, false)]
    [InlineData(360, true)]
    public async Task The_shell_its_menu_and_the_palette_are_accessible_and_fit_the_window(int width, bool dark)
    {
        await using var visitor = await hub.AsAsync("responder", width, dark);
        await visitor.GoAsync("/kit/empty");
        var look = $"shell-{width}-{(dark ? "dark" : "light")}";
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" }).ClickAsync();
        var signOut = visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" });
        await Assertions.Expect(signOut).ToBeInViewportAsync(new() { Ratio = 1 });
        await CheckAsync(visitor, look + "-account");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Responder" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(visitor.Page.Locator("#palette-input")).ToBeFocusedAsync();
        await CheckAsync(visitor, look + "-palette");
        await visitor.Page.Keyboard.PressAsync("Escape");
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData(1440, true)]
    [InlineData(360, false)]
    public async Task A_page_without_a_live_connection_is_accessible_and_fits_the_window(int width, bool dark)
    {
        await using var visitor = await hub.AsAsync("employee", width, dark);
        foreach (var path in new[] { "/flags/new", "/flags/receipt", "/sign-in?unknown=1" })
        {
            await visitor.GoAsync(path);
            await visitor.Page.Locator("[popovertarget]").ClickAsync();
            await CheckAsync(visitor, $"static{path.Replace('/', '-').Replace('?', '-')}-{width}-{(dark ? "dark" : "light")}");
        }
        Assert.Empty(visitor.Complaints);
    }

    private static async Task CheckAsync(Visitor visitor, string look)
    {
        await visitor.LookAsync(look);
        Assert.Empty(await A11y.FaultsAsync(visitor.Page));
        Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, look + " is wider than the window");
    }

    private static async Task SignInAsync(Visitor visitor, string account)
    {
        var answer = await visitor.Page.Context.APIRequest.PostAsync("/api/v1/session", new() { DataObject = new { account } });
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    private static Task<string> KeptAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)");

    private static Task<string> ShownAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme");
}
