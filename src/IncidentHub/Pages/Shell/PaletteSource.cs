using IncidentHub.Domain.Access;

namespace IncidentHub.Pages.Shell;

/// <summary>A source of results for the palette; a feature registers one for its data and returns only what the actor may see.</summary>
public interface IPaletteSource
{
    /// <summary>A few results, best first. <paramref name="text"/> is trimmed and not empty.</summary>
    Task<IReadOnlyList<PaletteItem>> FindAsync(string text, Actor actor, CancellationToken ct);
}

/// <summary>A result in the palette.</summary>
/// <param name="Kind">Its heading: «Incidents».</param>
/// <param name="Note">Secondary text at the right: «SEV 2 Major», «paused».</param>
public sealed record PaletteItem(string Kind, string Text, string Href, string? Note = null);

/// <summary>Pages and actions, which need no query.</summary>
internal static class PalettePages
{
    // The act is that of the page, except where only some come to it by this name.
    private static readonly (Act? Only, PaletteItem Item)[] All =
    [
        (null, new("Actions", "Flag a concern", "flags/new")),
        (null, new("Actions", "Declare an incident", "incidents/new")),
        (null, new("Pages", "Home", "./")),
        (null, new("Pages", "Incidents", "incidents")),
        (null, new("Pages", "Programs", "programs")),
        (null, new("Pages", "Datasets", "datasets")),
        (Act.TriageFlag, new("Pages", "Flags to triage", "flags")),
        (null, new("Pages", "Decisions", "decisions")),
        (null, new("Pages", "Tasks", "tasks")),
        (null, new("Pages", "Dashboard", "dashboard")),
        (null, new("Pages", "SEV policy", "sev-policy")),
        (null, new("Pages", "People", "people")),
        (null, new("Pages", "Your account", "account")),
        (null, new("Pages", "Audit log", "audit")),
    ];

    public static IEnumerable<PaletteItem> Find(string text, Actor actor) => All
        .Where(p => AccessTable.Allows(actor, p.Only ?? PageActs.Of(p.Item.Href)))
        .Where(p => SearchText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(w => SearchText.Fold(p.Item.Text).Contains(w, StringComparison.Ordinal)))
        .Select(p => p.Item);
}
