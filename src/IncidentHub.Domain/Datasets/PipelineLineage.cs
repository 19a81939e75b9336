using System.Text;

namespace IncidentHub.Domain.Datasets;

/// <summary>What an OpenLineage event says of its run.</summary>
public enum RunEventType { Start, Running, Complete, Abort, Fail, Other }

/// <summary>A dataset as a pipeline names it: a namespace, such as <c>postgres://db:5432</c>, and a name in it.</summary>
public sealed record PipelineName(string Namespace, string Name)
{
    /// <summary>Of a namespace and of a name.</summary>
    public const int MaxLength = 2_000;

    public string Label => $"{Namespace.Clean()}/{Name.Clean()}";

    /// <summary>
    /// The names under which the hub may have the dataset; the first that is registered is meant: namespace and name together, then the
    /// name alone. Each in lower case, with one dash in place of whatever a name of the hub cannot contain.
    /// </summary>
    public IReadOnlyList<string> Candidates { get; } = [.. new[] { Fold($"{Namespace.Clean()}/{Name.Clean()}"), Fold(Name.Clean()) }
        .Where(DatasetRules.IsName).Distinct()];

    private static string Fold(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') name.Append(c);
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }
        return name.ToString().TrimStart('.', '_', '-').TrimEnd('-');
    }
}

/// <summary>What a pipeline derived from what.</summary>
public static class PipelineLineage
{
    public const int MaxDatasets = 250, MaxEdges = 1_000;

    /// <summary>
    /// Whether an event of this type says that data flowed: a run that is only announced has not read, and of one that failed or was
    /// aborted the outputs are not known to have been written; while it wrote, it was running.
    /// </summary>
    public static bool IsEvidence(RunEventType? type) => type is RunEventType.Running or RunEventType.Complete;

    /// <summary>Each output is derived from each input. A job that rewrites a dataset in place derives it from the others.</summary>
    public static IReadOnlyList<LineageEdge> Edges(IEnumerable<Guid> inputs, IReadOnlyCollection<Guid> outputs) =>
        [.. inputs.SelectMany(i => outputs.Select(o => new LineageEdge(i, o))).Where(e => e.Upstream != e.Downstream).Distinct()];
}
