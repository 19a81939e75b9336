using IncidentHub.Browser.Tests.Forms;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>Actions on pages, by the visible names of controls.</summary>
internal static class Acting
{
    public static ILocator Button(this Visitor who, string name) =>
        who.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Dialog(this Visitor who) => who.Page.Locator(".mud-dialog");

    /// <summary>A field of the open dialog; a choice whose text contains the label does not match.</summary>
    public static ILocator Field(this Visitor who, string label) => who.Dialog().Input(label);

    public static ILocator Says(this Visitor who, string text) => who.Page.Locator("main").GetByText(text).First;

    public static ILocator Card(this Visitor who, string title) =>
        who.Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    public static Task ClickAsync(this Visitor who, string button) => who.Button(button).ClickAsync();

    /// <summary>Selects a choice under a heading: a radio button, a check box, or a card of a static form.</summary>
    public static async Task ChooseAsync(this ILocator form, string legend, string option)
    {
        var group = form.Group(legend);
        await group.WaitForAsync();
        var named = group.Locator("label", new() { Has = form.Page.Locator($".name:text-is('{option}')") });
        await (await named.CountAsync() > 0 ? named : group.Locator("label", new() { HasText = option })).First.ClickAsync();
    }

    /// <summary>Opens a dialog, fills in its fields and sends it; completes when the hub accepted it and the dialog is closed.</summary>
    public static async Task AskAsync(this Visitor who, string opener, string sender, params (string Label, string Text)[] fields)
    {
        await who.ClickAsync(opener);
        await who.SendAsync(sender, fields);
    }

    /// <summary>Fills in the open dialog and sends it; completes when the hub accepted it and the dialog is closed.</summary>
    public static async Task SendAsync(this Visitor who, string sender, params (string Label, string Text)[] fields)
    {
        await who.FillAsync(fields);
        await who.PressAsync(sender);
        await Assertions.Expect(who.Dialog()).ToHaveCountAsync(0);
    }

    public static async Task FillAsync(this Visitor who, params (string Label, string Text)[] fields)
    {
        foreach (var (label, text) in fields) await who.Dialog().PutAsync(label, text);
    }

    public static Task PressAsync(this Visitor who, string button) =>
        who.Dialog().GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
