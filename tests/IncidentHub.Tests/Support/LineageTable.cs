using System.Text;

namespace IncidentHub.Tests.Support;

/// <summary>A generated lineage as a table for the import: layers of datasets and models, each derived from some before it.</summary>
public static class LineageTable
{
    /// <param name="root">An existing dataset from which the first layer is derived.</param>
    /// <param name="count">How many datasets are derived, in all.</param>
    public static string Csv(string root, int count, int layers = 6, int seed = 12)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("name;owner;promisedAudience;kind;classification;records;subjects;regions;derivedFrom\n");
        List<string> before = [root];
        for (var (layer, made) = (1, 0); made < count; layer++)
        {
            var size = layer >= layers ? count - made : Math.Min(count - made, Math.Max(1, count * layer / (layers * (layers + 1) / 2)));
            var names = Enumerable.Range(made, size).Select(n => $"{root}-{Words[n % Words.Length]}-{n:000}").ToList();
            foreach (var name in names)
            {
                var from = Enumerable.Range(0, 1 + random.Next(Math.Min(3, before.Count))).Select(_ => before[random.Next(before.Count)]);
                csv.AppendLine(string.Join(';', name, "owner", "WholeCompany", random.Next(6) == 0 ? "Model" : "Dataset", "Internal",
                    random.Next(8) == 0 ? "" : $"{random.Next(1, 900) * 1_000}", random.Next(8) == 0 ? "" : $"{random.Next(1, 40_000)}",
                    random.Next(3) == 0 ? "GB" : "US", string.Join(", ", from.Distinct())));
            }
            made += size;
            before = names;
        }
        return csv.ToString();
    }

    private static readonly string[] Words = ["clean", "tokens", "features", "labels", "sample", "corpus", "eval", "index"];
}
