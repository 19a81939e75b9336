using IncidentHub.Platform.Journal;

namespace IncidentHub.Decisions;

/// <summary>
/// Renders a decision's references to incidents for its reader: approvers may read the decision, but not every incident of it.
/// </summary>
/// <param name="visible">The codes of the incidents that the reader may see.</param>
internal sealed class DecisionNotes(IReadOnlyDictionary<Guid, string> visible)
{
    // The hub itself writes an incident into a decision in one case only: a reopened incident, which reopens the criteria.
    private static readonly string Withheld = Reference.Capitalised($"{Reference.Hidden} was reopened.");

    public string? Show(string? text, IReadOnlyList<Guid> about) =>
        text is null || about.Count == 0 ? text : about.All(visible.ContainsKey) ? Reference.Render(text, about, visible) : Withheld;
}
