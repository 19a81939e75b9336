namespace IncidentHub.Browser.Tests.Support;

/// <summary>What people do on pages, by the names that they read there.</summary>
internal static class Acting
{
    public static ILocator Button(this Visitor who, string name) => who.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Dialog(this Visitor who) => who.Page.Locator("dialog.modal[open]");

    /// <summary>A field of the open dialog; a choice whose words hold the label is none.</summary>
    public static ILocator Field(this Visitor who, string label) => who.Dialog().GetByLabel(label).And(who.Page.Locator(".input"));

    public static ILocator Says(this Visitor who, string text) => who.Page.Locator("main").GetByText(text).First;

    public static ILocator Card(this Visitor who, string title) => who.Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    public static Task ClickAsync(this Visitor who, string button) => who.Button(button).ClickAsync();

    /// <summary>Chooses one of the cards under a heading.</summary>
    public static Task ChooseAsync(this ILocator form, string legend, string option) =>
        form.GetByRole(AriaRole.Group, new() { Name = legend }).Locator("label.choice", new() { Has = form.Page.Locator($".name:text-is('{option}')") }).ClickAsync();

    /// <summary>Opens a dialog, fills in its fields and sends it; done when the hub took it and the dialog is gone.</summary>
    public static async Task AskAsync(this Visitor who, string opener, string sender, params (string Label, string Text)[] fields)
    {
        await who.ClickAsync(opener);
        await who.SendAsync(sender, fields);
    }

    /// <summary>Fills in the open dialog and sends it; done when the hub took it and the dialog is gone.</summary>
    public static async Task SendAsync(this Visitor who, string sender, params (string Label, string Text)[] fields)
    {
        await who.FillAsync(fields);
        await who.PressAsync(sender);
        await Assertions.Expect(who.Dialog()).ToHaveCountAsync(0);
    }

    public static async Task FillAsync(this Visitor who, params (string Label, string Text)[] fields)
    {
        foreach (var (label, text) in fields) await who.Field(label).FillAsync(text);
    }

    public static Task PressAsync(this Visitor who, string button) => who.Dialog().GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Shows all of a list that is loaded in parts.</summary>
    public static async Task ShowAllAsync(this Visitor who, ILocator rows, string more)
    {
        var button = who.Button(more);
        while (await button.CountAsync() > 0)
        {
            var shown = await rows.CountAsync();
            await button.ClickAsync();
            await Assertions.Expect(rows.Nth(shown)).ToBeVisibleAsync();
            await Assertions.Expect(who.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        }
    }
}
