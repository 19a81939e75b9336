using IncidentHub.Platform.Journal;

namespace IncidentHub.Decisions;

/// <summary>
/// What a decision says of an incident, as its reader may know it: approvers read the decision, but not each incident behind it.
/// </summary>
/// <param name="visible">The codes of those that the reader may see.</param>
internal sealed class DecisionNotes(IReadOnlyDictionary<Guid, string> visible)
{
    // A decision speaks of an incident by itself only where one was reopened, and with it the criteria.
    private static readonly string Withheld = Reference.Capitalised($"{Reference.Hidden} was reopened.");

    public string? Show(string? text, IReadOnlyList<Guid> about) =>
        text is null || about.Count == 0 ? text : about.All(visible.ContainsKey) ? Reference.Render(text, about, visible) : Withheld;
}
