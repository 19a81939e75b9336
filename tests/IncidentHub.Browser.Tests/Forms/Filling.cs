using System.Text.RegularExpressions;

namespace IncidentHub.Browser.Tests.Forms;

/// <summary>Fields of any kind, by their labels.</summary>
internal static class Filling
{
    public static async Task PutAsync(this ILocator form, string label, string value)
    {
        if (value.StartsWith(Blow.Chosen, StringComparison.Ordinal))
        {
            await form.ChooseAsync(label, value[Blow.Chosen.Length..]);
            return;
        }
        var field = form.Input(label);
        if (value.StartsWith(Blow.Taken, StringComparison.Ordinal)) value = value[Blow.Taken.Length..];
        switch (await KindAsync(field))
        {
            case "select":
                await field.ClickAsync();
                await form.Page.Locator(".mud-popover-open .mud-list-item").GetByText(value, new() { Exact = true }).ClickAsync();
                break;
            case "pick":
                await field.PickAsync(value);
                break;
            case "timestamp" when value.Length == 0:
                await field.FillAsync("");
                await form.Input($"{label}, time").FillAsync("");
                break;
            case "timestamp" when Regex.Match(value, "^(.*?)T(.*)$") is { Success: true } at:
                await field.FillAsync(at.Groups[1].Value);
                await form.Input($"{label}, time").FillAsync(at.Groups[2].Value);
                break;
            default:
                await field.EvaluateAsync("e => e.removeAttribute('maxlength')");
                await field.FillAsync(value);
                break;
        }
        // The value is read when the field loses the focus.
        await field.EvaluateAsync("e => e.ownerDocument.activeElement?.blur()");
    }

    /// <summary>Types into a search field and selects the result.</summary>
    public static async Task PickAsync(this ILocator field, string option)
    {
        await field.FillAsync(option.Split(" · ")[0]);
        await field.Page.Locator(".mud-popover-open .mud-list-item").GetByText(option, new() { Exact = true }).First.ClickAsync();
    }

    public static async Task KeptAsync(this ILocator form, string label, string value)
    {
        if (value.StartsWith(Blow.Chosen, StringComparison.Ordinal))
        {
            await Assertions.Expect(form.Group(label).GetByLabel(value[Blow.Chosen.Length..], new() { Exact = false }).First)
                .ToBeCheckedAsync();
            return;
        }
        if (value.StartsWith(Blow.Taken, StringComparison.Ordinal)) return;
        var field = form.Input(label);
        if (await KindAsync(field) == "timestamp" && Regex.Match(value, "^(.*?)T(.*)$") is { Success: true } at)
        {
            await Assertions.Expect(field).ToHaveValueAsync(at.Groups[1].Value);
            await Assertions.Expect(form.Input($"{label}, time")).ToHaveValueAsync(new Regex("^" + Regex.Escape(at.Groups[2].Value)));
            return;
        }
        await Assertions.Expect(field).ToHaveValueAsync(value);
    }

    /// <summary>The block of the field with its label, hint and errors; a choice whose text contains the label does not match.</summary>
    public static ILocator Block(this ILocator form, string label) =>
        form.Locator(
            $".field:has(label:not(.mud-radio, .mud-checkbox):has-text(\"{label}\")), .field:has(> legend:has-text(\"{label}\")), "
                + $".field:has([aria-label=\"{label}\"])").First;

    public static ILocator Group(this ILocator form, string label) =>
        form.Locator("fieldset", new() { Has = form.Page.Locator($"legend:has-text(\"{label}\")") })
            .Or(form.Locator($"fieldset[aria-label=\"{label}\"]")).First;

    public static ILocator Input(this ILocator form, string label) =>
        form.GetByLabel(label, new() { Exact = false }).And(
            form.Page.Locator("input:not([type=radio]):not([type=checkbox]), textarea")).First;

    private static Task<string> KindAsync(ILocator field) => field.EvaluateAsync<string>(
        "e => e.closest('.mud-select') ? 'select' : e.closest('.mud-autocomplete') ? 'pick' : e.closest('.field.moment') ? 'timestamp' : "
            + "'text'");
}
