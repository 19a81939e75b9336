using System.Text.Json.Serialization;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

internal enum ReachKind { Dataset, Model, Program }

/// <summary>What an incident's exposures reach.</summary>
/// <param name="Nodes">By step, then by kind and name.</param>
/// <param name="Exposed">What was exposed itself, by the exposures.</param>
/// <param name="Derived">What is derived from it, by the catalog.</param>
/// <param name="Total">Both.</param>
/// <param name="Cut">Whether more is derived than is read: at most <paramref name="MaxDatasets"/> datasets and
/// <paramref name="MaxSteps"/> steps.</param>
internal sealed record BlastRadiusView(
    string Incident, IReadOnlyList<ReachNode> Nodes, IReadOnlyList<ReachLink> Links, DataTotals Exposed, DataTotals Derived,
    DataTotals Total, IReadOnlyList<SuggestionView> Suggestions, IReadOnlyList<SetAsideView> SetAside, bool Cut, int MaxDatasets,
    int MaxSteps, int Version)
{
    [JsonIgnore]
    public Guid Id { get; init; }

    [JsonIgnore]
    public bool IsOpen { get; init; }

    [JsonIgnore]
    public string Title { get; init; } = "";

    /// <summary>The largest step.</summary>
    public int Steps => Nodes.Count == 0 ? 0 : Nodes.Max(n => n.Step);

    public static BlastRadiusView Of(IncidentState state, Reach reach)
    {
        var through = GetBlastRadiusHandler.Through(reach);
        var exposures = state.Exposures.Where(e => e.IsActive).ToLookup(e => e.DatasetId);
        var names = reach.Datasets.ToDictionary(d => d.Id, d => d.Name);
        var exposed = reach.Datasets.SelectMany(d => exposures[d.Id].Select(e => new CountedData(d.Id, e.Records, e.Subjects, d.Regions)))
            .ToList();
        var derived = reach.Datasets.Where(d => d.Step > 0).Select(d => new CountedData(d.Id, d.Records, d.Subjects, d.Regions)).ToList();
        var datasets = reach.Datasets.Select(d => new ReachNode(
            d.Name, d.Kind == DatasetKind.Model ? ReachKind.Model : ReachKind.Dataset, d.Step, d.OwnerName,
            d.Step == 0 ? exposures[d.Id].Max(e => e.Records) : d.Records, d.Step == 0 ? exposures[d.Id].Max(e => e.Subjects) : d.Subjects,
            d.Regions, d.OverExposed, d.Step == 0, null, [.. through[d.Id]]));
        var programs = reach.Programs.GroupBy(p => p.ProgramId).Select(g => Program(state, g, reach));
        return new(
            state.Code, [.. datasets.Concat(programs).OrderBy(n => n.Step).ThenBy(n => n.Kind).ThenBy(n => n.Name, StringComparer.Ordinal)],
            [
                .. reach.Programs.Select(p => new ReachLink(p.Code, names[p.DatasetId], true)),
                .. reach.Edges.Where(e => names.ContainsKey(e.Upstream))
                    .Select(e => new ReachLink(names[e.Upstream], names[e.Downstream], false)),
            ],
            DataTotals.Of(exposed), DataTotals.Of(derived), DataTotals.Of(exposed.Concat(derived)),
            [.. GetBlastRadiusHandler.Suggestions(state, reach).Select(SuggestionView.Of)], [.. state.SetAside.Select(SetAsideView.Of)],
            reach.IsCut, GetBlastRadiusHandler.Limit.Datasets, GetBlastRadiusHandler.Limit.Steps, state.Version)
        { Id = state.Id, IsOpen = state.IsOpen, Title = state.Title };
    }

    private static ReachNode Program(IncidentState state, IGrouping<Guid, FeedingProgram> feeds, Reach reach)
    {
        var fed = reach.Datasets.Where(d => feeds.Any(f => f.DatasetId == d.Id)).ToList();
        var step = fed.Min(d => d.Step);
        var linked = state.Involvements.FirstOrDefault(i => i.IsActive && i.ProgramId == feeds.Key);
        return new(feeds.First().Code, ReachKind.Program, step, feeds.First().OwnerName, null, null, [], false, false, linked?.Kind,
            [.. fed.Where(d => d.Step == step).Select(d => d.Name)]);
    }
}

/// <summary>A dataset, a model or a program that is reached.</summary>
/// <param name="Name">The name of a dataset or model, the code of a program.</param>
/// <param name="Step">Steps of derivation from the exposed data; a program has that of the nearest dataset that it feeds.</param>
/// <param name="Records">Of exposed data as the exposures say, else as the catalog says; null is unknown.</param>
/// <param name="Exposed">Whether it was exposed itself.</param>
/// <param name="Involvement">How the program is linked to the incident; null where it is not.</param>
/// <param name="Through">The datasets one step nearer; of a program the datasets that it feeds.</param>
internal sealed record ReachNode(
    string Name, ReachKind Kind, int Step, string? Owner, long? Records, long? Subjects, IReadOnlyList<string> Regions, bool OverExposed,
    bool Exposed, Involvement? Involvement, IReadOnlyList<string> Through);

/// <summary>Data flows from one to the other.</summary>
/// <param name="Feeds">Whether <paramref name="From"/> is a program.</param>
internal sealed record ReachLink(string From, string To, bool Feeds);

/// <param name="Kind">How the program would be linked; null for a dataset, which would be recorded as exposed.</param>
internal sealed record SuggestionView(LinkSubject Subject, string Name, Involvement? Kind, int Step, IReadOnlyList<string> Through)
{
    public static SuggestionView Of(SuggestedLink s) => new(s.Subject, s.Name, s.Kind, s.Step, s.Through);
}

internal sealed record SetAsideView(LinkSubject Subject, string Name, Involvement? Kind, string Reason, DateTimeOffset At, string By)
{
    public static SetAsideView Of(SetAsideLink s) => new(s.Subject, s.Name, s.Kind, s.Reason, s.At, s.By);
}
