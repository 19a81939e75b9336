namespace IncidentHub.Tests.Architecture;

/// <summary>
/// The layers of the hub, from the lowest to the highest. Calls go down: a layer may depend on the layers below it, and on nothing above or
/// beside it. The features of one layer may depend on each other without forming a cycle.
/// </summary>
internal static class Layers
{
    private static readonly string[] Order =
        ["Platform", "Ui", "Access", "Catalog", "Switch", "Response", "Decisions", "Insight", "Pages", "Demo"];

    // Domain/Access and Domain/Audit are the base of every layer: the rules need actors and the audit chain.
    private static readonly Dictionary<string, string> DomainLayers = new()
    {
        ["Access"] = "Platform",
        ["Audit"] = "Platform",
        ["Timeline"] = "Response/Incidents",
        ["Programs"] = "Catalog/Programs",
        ["Datasets"] = "Catalog/Datasets",
        ["Collectors"] = "Switch/Collectors",
        ["Pauses"] = "Switch/Pauses",
        ["Gate"] = "Switch/Gate",
        ["Severity"] = "Response/SevPolicies",
        ["Incidents"] = "Response/Incidents",
        ["Flags"] = "Response/Flags",
        ["Tasks"] = "Response/Tasks",
        ["Obligations"] = "Response/Obligations",
        ["Statements"] = "Response/Statements",
        ["Reviews"] = "Response/Reviews",
        ["LegalHolds"] = "Response/LegalHolds",
        ["Evidence"] = "Response/Evidence",
        ["AccessReviews"] = "Response/AccessReviews",
        ["Decisions"] = "Decisions",
    };

    /// <summary>
    /// The layer and feature of a namespace: <c>Switch/Pauses</c>. Null for what belongs to no layer: the program itself, and the shared
    /// part of the rules.
    /// </summary>
    public static string? Of(string? space)
    {
        if (space is null || !space.StartsWith("IncidentHub.", StringComparison.Ordinal)) return null;
        var parts = space.Split('.');
        if (parts[1] == "Domain")
        {
            return parts.Length == 2 ? null : DomainLayers.GetValueOrDefault(parts[2])
                ?? throw new InvalidOperationException($"{space} belongs to no layer.");
        }
        if (!Order.Contains(parts[1])) return parts[1] == "Collector"
            ? null : throw new InvalidOperationException($"{space} belongs to no layer.");
        return parts.Length > 2 && HasFeatures(parts[1]) ? $"{parts[1]}/{parts[2]}" : parts[1];
    }

    public static string LayerOf(string place) => place.Split('/')[0];

    /// <summary>The violations among these dependencies: upward ones, sideways ones, and cycles within a layer.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<(string From, string To, string Example)> dependencies)
    {
        var all = dependencies.Where(d => d.From != d.To).ToList();
        var upward = all.Where(d => Array.IndexOf(Order, LayerOf(d.To)) > Array.IndexOf(Order, LayerOf(d.From)))
            .Select(d => $"{d.From} names {d.To}, which stands above it: {d.Example}");
        var within = all.Where(d => LayerOf(d.From) == LayerOf(d.To)).ToLookup(d => d.From);
        var cycles = within.SelectMany(
            from => from, (from, d) => (d, Back: Reaches(within, d.To, d.From, []))).Where(x => x.Back)
            .Select(x => $"{x.d.From} and {x.d.To} name each other: {x.d.Example}");
        return [.. upward.Concat(cycles).Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool HasFeatures(string layer) => layer is "Access" or "Catalog" or "Switch" or "Response" or "Insight";

    private static bool Reaches(
        ILookup<string, (string From, string To, string Example)> edges, string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && edges[from].Any(d => Reaches(edges, d.To, to, seen)));
}
