using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Ui;

namespace IncidentHub.Response.Incidents;

/// <summary>Display texts of a blast radius.</summary>
internal static class ReachWords
{
    public static string Step(int step) => step == 0 ? "Exposed" : $"Step {step}";

    public static string Href(ReachNode n) => n.Kind == ReachKind.Program ? $"programs/{n.Name}" : $"datasets/{n.Name}";

    /// <summary>«transcriptions, dataset, exposed, 640,000 records, owned by Owner, through private-conversations».</summary>
    public static string Label(ReachNode n) => string.Join(", ", new[]
    {
        n.Name,
        n.Kind.ToString().ToLowerInvariant(),
        n.Kind != ReachKind.Program ? Step(n.Step).ToLowerInvariant()
            : n.Involvement is { } kind ? $"linked as {kind.ToString().ToLowerInvariant()}" : "not linked",
        n.Records is { } records ? $"{records:N0} records" : "",
        n.Owner is { } owner ? $"owned by {owner}" : "",
        n.Through.Count == 0 ? "" : $"{(n.Kind == ReachKind.Program ? "feeds" : "through")} {Some(n.Through)}",
    }.Where(t => t.Length > 0));

    /// <summary>«a, b and 3 more».</summary>
    public static string Some(IReadOnlyList<string> names, int most = 3) => names.Count <= most
        ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most - 1))} and {names.Count - most + 1} more";

    /// <summary>«23,040,000», «at least 23,040,000» where some numbers are unknown.</summary>
    public static string Records(DataTotals t) => t.Datasets == 0 ? "none" : t.Datasets == t.RecordsUnknown ? "unknown"
        : $"{(t.RecordsUnknown > 0 ? "at least " : "")}{Times.Count(t.Records)}";

    /// <summary>«38,200 to 127,700», «at least 38,200» where there is no upper bound.</summary>
    public static string People(DataTotals t) => t.Datasets == 0 ? "none" : t.Datasets == t.SubjectsUnknown ? "unknown"
        : t.SubjectsAtMost is not { } most ? $"at least {t.SubjectsAtLeast:N0}"
        : most == t.SubjectsAtLeast ? $"{most:N0}" : $"{t.SubjectsAtLeast:N0} to {most:N0}";

    public static string Regions(DataTotals t) => t.Datasets == 0 ? "none" : t.Regions.Count == 0 ? "unknown"
        : Some(t.Regions, 6) + (t.RegionsUnknown > 0 ? " and unknown ones" : "");

    /// <summary>How the suggestion would be linked.</summary>
    public static string Link(SuggestionView s) => s switch
    {
        { Subject: LinkSubject.Dataset } =>
            $"exposed, too? Derived in {s.Step} {(s.Step == 1 ? "step" : "steps")} through {Some(s.Through)}",
        { Kind: Involvement.Source } => $"source: feeds {Some(s.Through)}",
        _ => $"downstream: feeds {Some(s.Through)}, derived in {s.Step} {(s.Step == 1 ? "step" : "steps")}",
    };
}
