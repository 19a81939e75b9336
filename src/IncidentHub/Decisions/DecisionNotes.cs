using IncidentHub.Platform.Journal;

namespace IncidentHub.Decisions;

/// <summary>
/// Renders a decision's references to incidents for its reader: approvers may read the decision, but not every incident of it.
/// </summary>
/// <param name="visible">The codes of the incidents that the reader may see.</param>
internal sealed class DecisionNotes(IReadOnlyDictionary<Guid, string> visible)
{
    private static readonly string Withheld = $"This is about {Reference.Hidden}.";

    public string? Show(string? text, IReadOnlyList<Guid> about) =>
        text is null || about.Count == 0 ? text : about.All(visible.ContainsKey) ? Reference.Render(text, about, visible) : Withheld;
}
