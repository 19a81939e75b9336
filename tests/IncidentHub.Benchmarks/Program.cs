using IncidentHub.Benchmarks.Circuits;
using IncidentHub.Benchmarks.Declare;
using IncidentHub.Benchmarks.Queries;

namespace IncidentHub.Benchmarks;

/// <summary>Each benchmark starts what it compares in the same run and prints a ratio. Run in Release: <c>dotnet run -c Release --project tests/IncidentHub.Benchmarks -- NAME</c>.</summary>
internal static class Benchmarks
{
    private static readonly Dictionary<string, Func<Task>> All = new()
    {
        ["declare"] = DeclareBenchmark.RunAsync,
        ["queries"] = QueryBenchmark.RunAsync,
        ["circuits"] = CircuitBenchmark.RunAsync,
    };

    private static async Task<int> Main(string[] args)
    {
        var chosen = args is [] or ["all"] ? All.Keys.ToArray() : args;
        var unknown = chosen.Where(n => !All.ContainsKey(n)).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. There are: {string.Join(", ", All.Keys)}.");
            return 1;
        }
        foreach (var name in chosen)
        {
            Console.WriteLine($"== {name}");
            await All[name]();
        }
        return 0;
    }
}
