using IncidentHub.Domain.Access;
using IncidentHub.Insight.Home;
using static MudBlazor.Icons.Material;

namespace IncidentHub.Pages.Shell;

/// <summary>An item of the side navigation.</summary>
/// <param name="Icon">The content of an svg element.</param>
internal sealed record NavLine(string Text, string Href, string Icon, Act Act)
{
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

    private static readonly NavLine[] _all =
    [
        new("Home", "/", Rounded.Home, Act.FileFlag) { Count = c => c.Needs, Word = "in the inbox", Urgent = true, Quiet = true },
        new("Incidents", "/incidents", Rounded.ReportProblem, Act.ReadIncidents) { Count = c => c.Open, Word = "open" },
        new("Programs", "/programs", Rounded.Sensors, Act.ReadPrograms) { Count = c => c.Paused, Word = "paused" },
        new("Datasets", "/datasets", Rounded.Storage, Act.ReadDatasets),
        new("Flags", "/flags", Rounded.Flag, Act.TriageFlag) { Count = c => c.NewFlags, Word = "new", Urgent = true },
        new("My flags", "/flags", Rounded.Flag, Act.FileFlag) { Unless = Act.TriageFlag },
        new("Decisions", "/decisions", Rounded.Gavel, Act.ReadIncidents) { Count = c => c.Approvals, Word = "for you", Urgent = true },
        new("Dashboard", "/dashboard", Rounded.BarChart, Act.ReadDashboard),
        new("SEV policy", "/sev-policy", Rounded.Tune, Act.ReadSevPolicy) { Group = "Administration" },
        new("API keys", "/keys", Rounded.Key, Act.MakeOwnKey),
        new("Jobs", "/jobs", Rounded.Schedule, Act.ReadJobs),
        new("Audit", "/audit", Rounded.History, Act.ReadAudit),
    ];

    public static IEnumerable<NavLine> For(Actor actor) =>
        _all.Where(l => AccessTable.Allows(actor, l.Act) && (l.Unless is not { } other || !AccessTable.Allows(actor, other)));

    /// <summary>Whether the path, without its query, is this page or one below it.</summary>
    public bool IsAt(string path) => path == Href || (Href != "/" && path.StartsWith(Href + "/", StringComparison.Ordinal));
}
