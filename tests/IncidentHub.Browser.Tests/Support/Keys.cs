using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>Keyboard-only use: every control is reached with Tab, and no click is used.</summary>
internal static class Keys
{
    /// <summary>More tab stops than any page of the story has.</summary>
    private const int Most = 150;

    // The focus indicator: the outline, or the border or shadow of the element that draws the control.
    private const string Drawn = """
        e => { const of = e.closest('label, .mud-input-control') ?? e;
          return [of, ...of.querySelectorAll('*')].map(x => getComputedStyle(x))
            .map(s => [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderTopWidth, s.borderTopColor].join()).join('|'); }
        """;

    private const string Focused = """
        () => { const e = document.activeElement, name = e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText ?? '';
          return e === document.body ? 'body' : `${e.getAttribute('role') ?? e.tagName.toLowerCase()} “${name.trim().slice(0, 60)}”`; }
        """;

    public static Task KeyAsync(this Visitor who, string key) => who.Page.Keyboard.PressAsync(key);

    public static Task TypeAsync(this Visitor who, string text) => who.Page.Keyboard.TypeAsync(text);

    /// <summary>Presses Tab until the control is focused.</summary>
    public static async Task TabToAsync(this Visitor who, ILocator control, bool back = false)
    {
        await Assertions.Expect(control.First).ToBeVisibleAsync();
        List<string> passed = [await who.Page.EvaluateAsync<string>(Focused)];
        while (!await HasFocusAsync(control))
        {
            Assert.True(passed.Count <= Most, $"Tab does not lead to {control}. It led to:\n{string.Join('\n', passed)}");
            await who.KeyAsync(back ? "Shift+Tab" : "Tab");
            passed.Add(await who.Page.EvaluateAsync<string>(Focused));
        }
    }

    public static Task TabToAsync(this Visitor who, AriaRole role, string name, bool back = false) =>
        who.TabToAsync(who.Named(role, name), back);

    public static ILocator Named(this Visitor who, AriaRole role, string name) =>
        who.Page.GetByRole(role, new() { Name = name, Exact = true });

    /// <summary>Tabs to a button or a link and presses Enter.</summary>
    public static async Task EnterAsync(this Visitor who, AriaRole role, string name, bool back = false)
    {
        await who.TabToAsync(role, name, back);
        await who.KeyAsync("Enter");
    }

    /// <summary>The same, and asserts that the focus is visible.</summary>
    public static async Task TabToSeenAsync(this Visitor who, AriaRole role, string name)
    {
        var control = who.Named(role, name);
        var before = await control.EvaluateAsync<string>(Drawn);
        await who.TabToAsync(control);
        await who.Page.WaitForFunctionAsync($"before => ({Drawn})(document.activeElement) !== before", before);
    }

    /// <summary>Tabs to a text field and replaces its value.</summary>
    public static async Task FillAsync(this Visitor who, string label, string text)
    {
        await who.TabToAsync(AriaRole.Textbox, label);
        await who.KeyAsync("Control+a");
        await who.TypeAsync(text);
    }

    /// <summary>Tabs to a search field and selects the highlighted result after these keys; the form is not sent.</summary>
    public static async Task PickAsync(this Visitor who, string label, string text, string option, params string[] keys)
    {
        await who.TabToAsync(AriaRole.Combobox, label);
        // Tabbing through opens no list that would cover the fields below.
        await Assertions.Expect(who.Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        await who.TypeAsync(text);
        foreach (var key in keys)
        {
            await who.KeyAsync(key);
            // The first key opens the list; a further one before its items are there would move nothing.
            await who.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        }
        // The list follows the typed text: Enter selects the option that is announced to assistive technology.
        await who.Page.WaitForFunctionAsync(
            """
            wanted => { const marked = document.activeElement.getAttribute('aria-activedescendant');
              return document.getElementById(marked)?.innerText.trim() === wanted; }
            """,
            option);
        await who.KeyAsync("Enter");
        await Assertions.Expect(who.Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
    }

    /// <summary>Tabs to a group of radio buttons and selects one with the arrow keys.</summary>
    public static async Task ChooseAsync(this Visitor who, string legend, string option)
    {
        var group = who.Page.GetByRole(AriaRole.Group, new() { Name = legend, Exact = true });
        var wanted = group.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex($"^{Regex.Escape(option)}") }).First;
        await who.TabToAsync(group.GetByRole(AriaRole.Radio));
        var pressed = 0;
        while (!await HasFocusAsync(wanted))
        {
            Assert.True(pressed++ < 12, $"The arrows do not lead to “{option}” of “{legend}”.");
            await who.KeyAsync("ArrowDown");
        }
        if (!await wanted.IsCheckedAsync()) await who.KeyAsync("Space");
        await Assertions.Expect(wanted).ToBeCheckedAsync();
    }

    /// <summary>Opens a dialog; completes when it has the focus.</summary>
    public static async Task OpenAsync(this Visitor who, string opener, bool back = false)
    {
        await who.EnterAsync(AriaRole.Button, opener, back);
        await who.InDialogAsync();
    }

    public static Task InDialogAsync(this Visitor who) => Assertions.Expect(who.Dialog().Locator(":focus")).ToHaveCountAsync(1);

    /// <summary>Sends the open dialog with Ctrl+Enter from the focused field; completes when the hub accepted it.</summary>
    public static async Task SendAsync(this Visitor who)
    {
        await who.KeyAsync("Control+Enter");
        await who.TakenAsync();
    }

    /// <summary>Asserts that the dialog is closed and the focus is near the opener, not at the top of the document.</summary>
    public static async Task TakenAsync(this Visitor who)
    {
        await Assertions.Expect(who.Dialog()).ToHaveCountAsync(0);
        await who.AtContentAsync();
    }

    /// <summary>Asserts that the focus is in the content of the page.</summary>
    public static Task AtContentAsync(this Visitor who) =>
        who.Page.WaitForFunctionAsync("() => document.activeElement.closest('main')", null);

    /// <summary>Navigates through the palette.</summary>
    public static async Task JumpAsync(this Visitor who, string text, string result, string key = "Control+k")
    {
        await who.KeyAsync(key);
        await Assertions.Expect(who.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" })).ToBeFocusedAsync();
        await who.TypeAsync(text);
        await Assertions.Expect(who.Page.Locator("#palette-list [aria-selected=true]")).ToContainTextAsync(result);
        await who.KeyAsync("Enter");
        await who.TakenAsync();
    }

    private static Task<bool> HasFocusAsync(ILocator control) =>
        control.EvaluateAllAsync<bool>("all => all.includes(document.activeElement)");
}
