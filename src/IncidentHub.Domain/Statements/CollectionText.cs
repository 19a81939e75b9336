using System.Globalization;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Statements;

/// <summary>What is known of a program that is a source of an incident.</summary>
/// <param name="Owner">The name of its owner.</param>
public sealed record CollectingProgram(ProgramDetails Details, string Owner);

/// <summary>Data that an incident exposed.</summary>
/// <param name="RetentionDays">Of the dataset; null: not stated.</param>
public sealed record ExposedData(
    IReadOnlyList<string> Categories, DateTimeOffset? From, DateTimeOffset? Until, Audience? Promised, Audience? Actual,
    int? RetentionDays);

/// <summary>
/// A draft of what is told to the people whose data it is: what is collected, what of it was exposed, whom to ask. People read it, change
/// it and release it: nothing of it is shown by itself.
/// </summary>
public static class CollectionText
{
    public static string Title(IReadOnlyList<CollectingProgram> programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        var verb = programs.Count == 1 ? "collects" : "collect";
        return programs.Count == 0 ? "What was collected"
            : TextRules.Cut($"What {List([.. programs.Select(p => p.Details.Name)])} {verb}", StatementRules.MaxTitle);
    }

    public static string Body(IReadOnlyList<CollectingProgram> programs, IReadOnlyList<ExposedData> exposed)
    {
        ArgumentNullException.ThrowIfNull(programs);
        ArgumentNullException.ThrowIfNull(exposed);
        var parts = programs.Select(Collects).Concat(exposed.Select(Exposed)).Append(Ask(programs));
        return TextRules.Cut(string.Join("\n\n", parts), StatementRules.MaxBody);
    }

    private static string Collects(CollectingProgram program)
    {
        var d = program.Details;
        var text = $"{d.Name} collects {Words(d.Categories, "data that its record does not name")}";
        if (d.Surfaces.Count > 0) text += $" on {List(d.Surfaces)}";
        if (d.Population is { } people) text += $", from {people}";
        if (d.Regions.Count > 0) text += $", in {List([.. d.Regions.Select(r => Regions.Known.GetValueOrDefault(r, r))])}";
        return $"{text}. " + d.Participation switch
        {
            Participation.Mandatory => "Nobody could choose not to take part.",
            Participation.OptOut => "People take part unless they object.",
            Participation.OptIn => "People take part who agreed to it.",
        };
    }

    private static string Exposed(ExposedData data)
    {
        var text = $"Exposed: {Words(data.Categories, "data of a kind that is not stated yet")}, "
            + (data.From, data.Until) switch
            {
                ({ } from, { } until) => $"from {Day(from)} until {Day(until)}.",
                ({ } from, null) => $"since {Day(from)}.",
                (null, { } until) => $"until {Day(until)}; since when is not known yet.",
                _ => "for a time that is not known yet.",
            };
        if (data.Promised is { } promised) text += $" It was promised to be for {promised.Label} only.";
        if (data.Actual is { } actual) text += $" It could be read by {actual.Label}.";
        if (data.RetentionDays is { } days) text += $" It is kept for {days.ToString("N0", CultureInfo.InvariantCulture)} days.";
        return text;
    }

    private static string Ask(IReadOnlyList<CollectingProgram> programs)
    {
        var owners = programs.Select(p =>
            $"{p.Owner} answers for {p.Details.Name}{(p.Details.Notice is { } notice ? $" (notice: {notice})" : "")}.");
        return string.Join(' ', owners.Append(
            "Ask privacy what is held of you, and to have it corrected or erased: by a question on this page, or directly."));
    }

    private static string Words(IReadOnlyList<string> categories, string none) =>
        categories.Count == 0 ? none : List([.. categories.Select(c => DataCategories.Label(c).ToLowerInvariant())]);

    private static string List(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
