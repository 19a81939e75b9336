using IncidentHub.Domain.Access;
using IncidentHub.Insight.Home;
using static MudBlazor.Icons.Material;

namespace IncidentHub.Pages.Shell;

/// <summary>An item of the side navigation.</summary>
/// <param name="Href">Relative to the base, as every address of a page is.</param>
/// <param name="Icon">The content of an svg element.</param>
internal sealed record NavLine(string Text, string Href, string Icon)
{
    /// <summary>Who sees the item, where that is narrower than the page, or where no page stands behind it.</summary>
    public Act? Only { get; init; }

    /// <summary>The count of the item; not shown if 0.</summary>
    public Func<NavCounts, int?> Count { get; init; } = _ => null;

    /// <summary>The label of the count: «open».</summary>
    public string Word { get; init; } = "";

    /// <summary>Whether the count needs action by the viewer.</summary>
    public bool Urgent { get; init; }

    /// <summary>Whether the label is for screen readers only.</summary>
    public bool Quiet { get; init; }

    /// <summary>Shown only to those whose role does not allow this.</summary>
    public Act? Unless { get; init; }

    /// <summary>The heading above the first item of a group.</summary>
    public string? Group { get; init; }

    private const string HomeHref = "./";

    private static readonly NavLine[] _all =
    [
        new("Home", HomeHref, Rounded.Home) { Count = c => c.Needs, Word = "in the inbox", Urgent = true, Quiet = true },
        new("Incidents", "incidents", Rounded.ReportProblem) { Count = c => c.Open, Word = "open" },
        new("Programs", "programs", Rounded.Sensors) { Count = c => c.Paused, Word = "paused" },
        new("Datasets", "datasets", Rounded.Storage),
        new("Flags", "flags", Rounded.Flag) { Only = Act.TriageFlag, Count = c => c.NewFlags, Word = "new", Urgent = true },
        new("My flags", "flags", Rounded.Flag) { Only = Act.FileFlag, Unless = Act.TriageFlag },
        new("Notices", "notices", Rounded.Campaign) { Unless = Act.ReadIncidents },
        new("Decisions", "decisions", Rounded.Gavel) { Count = c => c.Approvals, Word = "for you", Urgent = true },
        new("Obligations", "obligations", Rounded.Schedule) { Count = c => c.DueObligations, Word = "due", Urgent = true },
        new("Reviews", "reviews", Rounded.FactCheck),
        new("Tasks", "tasks", Rounded.TaskAlt) { Count = c => c.DueTasks, Word = "due", Urgent = true },
        new("Dashboard", "dashboard", Rounded.BarChart),
        new("SEV policy", "sev-policy", Rounded.Tune) { Group = "Administration" },
        new("People", "people", Rounded.People),
        new("API keys", "keys", Rounded.Key),
        new("Identity providers", "identity-providers", Rounded.Badge),
        new("Jobs", "jobs", Rounded.PendingActions) { Only = Act.ReadJobs },
        new("Audit", "audit", Rounded.History),
    ];

    public static IEnumerable<NavLine> For(Actor actor) =>
        _all.Where(l => AccessTable.Allows(actor, l.Only ?? PageActs.Of(l.Href))
            && (l.Unless is not { } other || !AccessTable.Allows(actor, other)));

    /// <summary>Whether the path, relative to the base and without its query, is this page or one below it.</summary>
    public bool IsAt(string path) => path.Length == 0 ? Href == HomeHref
        : path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);
}
