namespace IncidentHub.Browser.Tests.Forms;

/// <summary>Fields by their labels, of whatever kind.</summary>
internal static class Filling
{
    public static async Task PutAsync(this ILocator form, string label, string value)
    {
        if (value.StartsWith(Blow.Chosen, StringComparison.Ordinal))
        {
            var (group, option) = (form.Group(label), value[Blow.Chosen.Length..]);
            var card = group.Locator("label.choice", new() { Has = form.Page.Locator($".name:text-is('{option}')") });
            await group.WaitForAsync();
            if (await card.CountAsync() > 0) await card.ClickAsync(); else await group.GetByLabel(option, new() { Exact = true }).SetCheckedAsync(true);
            return;
        }
        var field = form.Input(label);
        if (value.StartsWith(Blow.Taken, StringComparison.Ordinal)) value = value[Blow.Taken.Length..];
        if (await field.EvaluateAsync<string>("e => e.tagName") == "SELECT") await field.SelectOptionAsync(new SelectOptionValue { Label = value });
        else
        {
            await field.EvaluateAsync("e => e.removeAttribute('maxlength')");
            // What a person cannot type into a date field is not typed for them either; a year of five figures they can.
            if (value.StartsWith("99999-", StringComparison.Ordinal) || value.StartsWith("0001-", StringComparison.Ordinal))
                await field.EvaluateAsync("(e, v) => { e.value = v; e.dispatchEvent(new Event('change', { bubbles: true })); }", value);
            else await field.FillAsync(value);
        }
    }

    public static async Task KeptAsync(this ILocator form, string label, string value)
    {
        if (value.StartsWith(Blow.Chosen, StringComparison.Ordinal))
        {
            await Assertions.Expect(form.Group(label).GetByLabel(value[Blow.Chosen.Length..], new() { Exact = false }).First).ToBeCheckedAsync();
            return;
        }
        if (value.StartsWith(Blow.Taken, StringComparison.Ordinal)) return;
        var field = form.Input(label);
        if (await field.EvaluateAsync<string>("e => e.tagName") == "SELECT") Assert.Equal(value, await field.EvaluateAsync<string>("e => e.selectedOptions[0].text"));
        else await Assertions.Expect(field).ToHaveValueAsync(value);
    }

    /// <summary>The block of the field with its label, hint and errors.</summary>
    public static ILocator Block(this ILocator form, string label) =>
        form.Locator($".field:has(> label:has-text(\"{label}\")), .field:has(> legend:has-text(\"{label}\"))").First;

    private static ILocator Group(this ILocator form, string label) => form.Locator("fieldset", new() { Has = form.Page.Locator($"legend:has-text(\"{label}\")") }).First;

    public static ILocator Input(this ILocator form, string label) => form.GetByLabel(label, new() { Exact = false }).And(form.Page.Locator("input:not([type=radio]):not([type=checkbox]), textarea, select")).First;
}
