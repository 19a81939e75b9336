namespace IncidentHub.Domain.Timeline;

/// <summary>
/// A status update in three parts, as incident command teaches it. It is one text, with a heading above each part: what reads notes reads
/// updates, too, and a redaction removes all of it.
/// </summary>
/// <param name="Condition">How things stand.</param>
/// <param name="Actions">What is being done; may be empty.</param>
/// <param name="Needs">What is needed, and of whom; may be empty.</param>
public sealed record UpdateText(string Condition, string Actions, string Needs)
{
    /// <summary>Of each part: together they stay within <see cref="NoteRules.MaxBody"/>.</summary>
    public const int MaxPart = 3_000;

    private const string None = "None.";
    private static readonly string[] Headings = ["Condition", "Actions", "Needs"];

    /// <summary>The refusal of invalid parts, each at its field, or null.</summary>
    public Refusal? Check() => new Validation()
        .Text(Condition, "condition", MaxPart)
        .Text(Actions, "actions", MaxPart, required: false)
        .Text(Needs, "needs", MaxPart, required: false).ToRefusal();

    /// <summary>The text of the note: «Condition», «Actions», «Needs», each with what was said.</summary>
    public string Compose() => string.Join("\n\n", Headings.Zip(
        new[] { Condition, Actions, Needs }.Select(p => p.Clean()), (heading, part) => $"{heading}\n{(part.Length == 0 ? None : part)}"));

    /// <summary>The parts of a composed text; null for a note that has none, such as an update of earlier versions of the hub.</summary>
    public static UpdateText? Parse(string? body)
    {
        if (body?.StartsWith($"{Headings[0]}\n", StringComparison.Ordinal) != true) return null;
        // The last heading counts: a part that contains such a line keeps it, and composing again gives the same text.
        var needs = body.LastIndexOf($"\n\n{Headings[2]}\n", StringComparison.Ordinal);
        var actions = needs < 0 ? -1 : body.LastIndexOf($"\n\n{Headings[1]}\n", needs, StringComparison.Ordinal);
        if (actions < 0) return null;
        return new(
            Part(body[(Headings[0].Length + 1)..actions]), Part(body[(actions + Headings[1].Length + 3)..needs]),
            Part(body[(needs + Headings[2].Length + 3)..]));
    }

    private static string Part(string text) => text == None ? "" : text;
}
