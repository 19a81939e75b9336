using System.Globalization;

namespace IncidentHub.Response.Incidents;

/// <summary>The words of related incidents on the screen.</summary>
internal static class RelatedText
{
    private const int MostNames = 3;

    /// <summary>«3rd».</summary>
    public static string Place(int number)
    {
        var ending = (number % 100 is > 10 and < 14, number % 10) switch
        {
            (false, 1) => "st",
            (false, 2) => "nd",
            (false, 3) => "rd",
            _ => "th",
        };
        return number.ToString(CultureInfo.InvariantCulture) + ending;
    }

    /// <summary>«Shares datasets a and b, program MCI; same cause: Third party».</summary>
    public static string Shared(SeenBeforeView seen)
    {
        var things = string.Join(", ", new[] { List("dataset", seen.Datasets), List("program", seen.Programs) }.Where(t => t.Length > 0));
        var causes = seen.Causes.Count == 0 ? "" : $"{(seen.Causes.Count == 1 ? "same cause" : "same causes")}: "
            + string.Join(", ", seen.Causes);
        return (things.Length, causes.Length) switch
        {
            (0, _) => $"{char.ToUpperInvariant(causes[0])}{causes[1..]}",
            (_, 0) => $"Shares {things}",
            _ => $"Shares {things}; {causes}",
        };
    }

    private static string List(string thing, IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => $"{thing} {names[0]}",
        <= MostNames => $"{thing}s {string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{thing}s {string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more",
    };
}
