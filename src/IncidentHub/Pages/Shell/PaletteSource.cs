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
    private static readonly (Act Act, PaletteItem Item)[] All =
    [
        (Act.FileFlag, new("Actions", "Flag a concern", "/flags/new")),
        (Act.DeclareIncident, new("Actions", "Declare an incident", "/incidents/new")),
        (Act.FileFlag, new("Pages", "Home", "/")),
        (Act.ReadIncidents, new("Pages", "Incidents", "/incidents")),
        (Act.ReadPrograms, new("Pages", "Programs", "/programs")),
        (Act.ReadDatasets, new("Pages", "Datasets", "/datasets")),
        (Act.TriageFlag, new("Pages", "Flags to triage", "/flags")),
        (Act.ReadIncidents, new("Pages", "Decisions", "/decisions")),
        (Act.ReadIncidents, new("Pages", "Tasks", "/tasks")),
        (Act.ReadDashboard, new("Pages", "Dashboard", "/dashboard")),
        (Act.ReadSevPolicy, new("Pages", "SEV policy", "/sev-policy")),
        (Act.ReadAudit, new("Pages", "Audit log", "/audit")),
    ];

    public static IEnumerable<PaletteItem> Find(string text, Actor actor) => All
        .Where(p => AccessTable.Allows(actor, p.Act))
        .Where(p => SearchText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(w => SearchText.Fold(p.Item.Text).Contains(w, StringComparison.Ordinal)))
        .Select(p => p.Item);
}
