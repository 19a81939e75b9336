namespace IncidentHub.Domain;

/// <summary>
/// The random part of the code of something hidden, such as <c>R7K2QD</c>: numbers of hidden things would leave gaps that tell of them.
/// </summary>
public static class RandomCode
{
    private const int Length = 6;

    /// <summary>No vowels (no words), and no characters that are easily misread.</summary>
    private const string Letters = "BCDFGHJKMNPQRSTVWXZ";
    private const string Symbols = Letters + "23456789";

    /// <summary>A new code with this prefix. Its random part begins with a letter, so that it can never be a number.</summary>
    /// <param name="random">Returns a uniformly distributed number from 0 to its argument, exclusive.</param>
    public static string Next(string prefix, Func<int, int> random) => string.Create(prefix.Length + Length, (prefix, random), (span, by) =>
    {
        by.prefix.CopyTo(span);
        var rest = span[by.prefix.Length..];
        rest[0] = Letters[by.random(Letters.Length)];
        for (var i = 1; i < rest.Length; i++) rest[i] = Symbols[by.random(Symbols.Length)];
    });

    /// <summary>Whether the text is such a part, in capitals.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) =>
        text.Length == Length && Letters.Contains(text[0]) && text.IndexOfAnyExcept(Symbols) < 0;
}
