namespace IncidentHub.Domain.Incidents;

/// <summary>What a suggested link names.</summary>
public enum LinkSubject { Program, Dataset }

/// <summary>A link that lineage suggests; a person confirms it or sets it aside.</summary>
/// <param name="Name">The code of a program, the name of a dataset.</param>
/// <param name="Kind">How a program is involved; null for a dataset, which would be recorded as exposed.</param>
public sealed record SuggestedLink(LinkSubject Subject, Guid Id, string Name, Involvement? Kind)
{
    /// <summary>How many steps from the exposed data; 0 for a program that feeds it.</summary>
    public int Step { get; init; }

    /// <summary>The datasets through which it is reached.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];
}

/// <summary>A suggested link that a person set aside, kept permanently.</summary>
public sealed record SetAsideLink(
    LinkSubject Subject, Guid Id, string Name, Involvement? Kind, string Reason, DateTimeOffset At, string By);

/// <summary>A dataset that lineage reaches from the exposed ones.</summary>
/// <param name="Through">The datasets one step before, by name.</param>
public sealed record ReachedDataset(Guid Id, string Name, int Step, IReadOnlyList<string> Through);

/// <summary>A program that feeds a dataset.</summary>
public sealed record DatasetFeed(Guid DatasetId, Guid ProgramId, string ProgramCode);

/// <summary>
/// The links that follow from lineage: programs that feed the exposed data are sources, programs that feed what is derived from it use it,
/// and what is derived may be exposed, too.
/// </summary>
public static class SuggestedLinks
{
    /// <summary>In order: sources, then by step and name.</summary>
    public static IReadOnlyList<SuggestedLink> Of(
        IncidentState incident, IReadOnlyList<ReachedDataset> reached, IReadOnlyCollection<DatasetFeed> feeds)
    {
        var exposed = incident.Exposures.Where(e => e.IsActive).DistinctBy(e => e.DatasetId)
            .Select(e => new ReachedDataset(e.DatasetId, e.DatasetName, 0, []));
        var fed = exposed.Concat(reached).DistinctBy(d => d.Id).ToDictionary(d => d.Id);
        var programs = feeds.Where(f => fed.ContainsKey(f.DatasetId)).GroupBy(f => (f.ProgramId, f.ProgramCode))
            .Select(g => Program(g.Key.ProgramId, g.Key.ProgramCode, [.. g.Select(f => fed[f.DatasetId])]));
        var datasets = reached
            .Select(d => new SuggestedLink(LinkSubject.Dataset, d.Id, d.Name, null) { Step = d.Step, Through = d.Through });
        return [.. programs.Concat(datasets).Where(s => IsNew(incident, s))
            .OrderBy(s => s.Step).ThenBy(s => s.Subject).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Whether it was set aside. A program that was set aside as downstream is suggested again once it is a source.
    /// </summary>
    public static bool IsSetAside(IncidentState incident, SuggestedLink link) =>
        incident.SetAside.Any(s => s.Subject == link.Subject && s.Id == link.Id && (s.Kind ?? 0) <= (link.Kind ?? 0));

    internal static bool IsLinked(IncidentState incident, LinkSubject subject, Guid id) => subject == LinkSubject.Program
        ? incident.Involvements.Any(i => i.IsActive && i.ProgramId == id)
        : incident.Exposures.Any(e => e.IsActive && e.DatasetId == id);

    private static bool IsNew(IncidentState incident, SuggestedLink link) =>
        !IsLinked(incident, link.Subject, link.Id) && !IsSetAside(incident, link);

    private static SuggestedLink Program(Guid id, string code, IReadOnlyList<ReachedDataset> feeds)
    {
        var nearest = feeds.Min(d => d.Step);
        return new(LinkSubject.Program, id, code, nearest == 0 ? Involvement.Source : Involvement.Downstream)
        {
            Step = nearest,
            Through = [.. feeds.Where(d => d.Step == nearest).Select(d => d.Name).Order(StringComparer.Ordinal)],
        };
    }
}
