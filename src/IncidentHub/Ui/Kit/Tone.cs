namespace IncidentHub.Ui.Kit;

/// <summary>The meaning of a colour. Nothing else is coloured.</summary>
public enum Tone { Neutral, Accent, Ok, Warn, Bad }

public enum ButtonKind { Plain, Primary, Warn, Danger, Quiet, Link }

/// <summary>One option of a <see cref="RadioField{T}"/> or <see cref="MultiSelect{T}"/>.</summary>
public sealed record Choice<T>(T Value, string Text, string? About = null);

/// <summary>One step of a breadcrumb before the page itself.</summary>
public sealed record Crumb(string Text, string Href);

/// <summary>A tab; the page keeps the chosen one in its address.</summary>
public sealed record TabItem(string Key, string Title, int? Count = null);

/// <summary>A part of a segmented bar or of a stacked bar.</summary>
/// <param name="Fill">A class that sets its colour: <c>fill-ok</c>, <c>fill-sev-2</c>.</param>
public sealed record Part(string Name, long Value, string Fill, string? Href = null);

/// <summary>A bar of a chart with its parts from the bottom up.</summary>
public sealed record StackedBar(string Name, IReadOnlyList<Part> Parts, string? Href = null);

/// <summary>A horizontal bar: <paramref name="Text"/> is the formatted value.</summary>
public sealed record NamedValue(string Name, double Value, string Text, string? Href = null);

/// <summary>A point of a curve: x in the chart's own unit, y from 0 to 1.</summary>
public readonly record struct CurvePoint(double X, double Y);

internal static class Css
{
    public static string Of(Tone tone) => tone switch
    {
        Tone.Accent => "accent",
        Tone.Ok => "ok",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        _ => "neutral",
    };

    /// <summary>The colour of a class <c>fill-…</c>, for components that take colours instead of classes.</summary>
    public static string Fill(string fill) => fill switch
    {
        "fill-ok" => "var(--mud-palette-success)",
        "fill-warn" => "var(--mud-palette-warning)",
        "fill-bad" => "var(--mud-palette-error)",
        "fill-accent" => "var(--mud-palette-primary)",
        _ => $"var(--{fill["fill-".Length..]})",
    };

    public static string Join(params string?[] classes) => string.Join(' ', classes.Where(c => !string.IsNullOrEmpty(c)));
}
