using AngleSharp.Dom;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Support;

/// <summary>Finds elements as a person does: fields by their labels, buttons by their texts.</summary>
internal static class Looking
{
    public static IElement Field(this IRenderedComponent<IComponent> page, string label)
    {
        var labelled = page.FindAll("label").FirstOrDefault(l => l.TextContent.Trim() == label);
        var field = labelled?.GetAttribute("for") is { } id ? page.FindAll("input, textarea").FirstOrDefault(e => e.Id == id) : null;
        return field ?? page.FindAll("input, textarea").First(e => e.GetAttribute("aria-label") == label);
    }

    /// <summary>The text under a field: its refusal or its hint.</summary>
    public static string? Error(this IRenderedComponent<IComponent> page, string label)
    {
        var field = page.Field(label);
        if (field.GetAttribute("aria-invalid") != "true") return null;
        var block = field.Closest(".field") ?? field.Closest(".mud-input-control");
        return block?.QuerySelectorAll(".mud-input-error, .error").Select(e => e.TextContent.Trim()).LastOrDefault(t => t.Length > 0);
    }

    public static IElement Button(this IRenderedComponent<IComponent> page, string words) =>
        page.FindAll("button").First(b => b.TextContent.Trim() == words || b.GetAttribute("aria-label") == words);

    public static bool Offers(this IRenderedComponent<IComponent> page, string words) =>
        page.FindAll("button, a").Any(b => b.TextContent.Trim() == words || b.GetAttribute("aria-label") == words);

    /// <summary>
    /// Finds an element and acts on it in one turn of the renderer: a live page may render again between the two, and what was found is
    /// then no longer on it.
    /// </summary>
    public static void Act(this IRenderedComponent<IComponent> page, Action act) => page.InvokeAsync(act).GetAwaiter().GetResult();

    /// <summary>Clicks a button by its text.</summary>
    public static void Press(this IRenderedComponent<IComponent> page, string words) => page.Act(() => page.Button(words).Click());

    /// <summary>Selects a radio button or a check box by its label.</summary>
    public static void Choose(this IRenderedComponent<IComponent> page, string words) => page.Act(() =>
    {
        var box = page.FindAll("label").First(l => l.TextContent.Trim() == words || l.QuerySelector(".name")?.TextContent.Trim() == words)
            .QuerySelector("input")!;
        if (box.GetAttribute("type") == "checkbox") box.Change(true); else box.Click();
    });
}
