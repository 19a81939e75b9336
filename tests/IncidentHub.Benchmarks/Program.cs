using IncidentHub.Benchmarks.AccessReviews;
using IncidentHub.Benchmarks.Backups;
using IncidentHub.Benchmarks.Circuits;
using IncidentHub.Benchmarks.Declare;
using IncidentHub.Benchmarks.Gate;
using IncidentHub.Benchmarks.Ofrep;
using IncidentHub.Benchmarks.Push;
using IncidentHub.Benchmarks.Queries;
using IncidentHub.Benchmarks.Redactions;
using IncidentHub.Benchmarks.Renewals;
using IncidentHub.Benchmarks.Restart;

namespace IncidentHub.Benchmarks;

/// <summary>
/// Each benchmark starts both sides of a comparison in one run and prints a ratio. Run in Release: <c>dotnet run -c Release --project
/// tests/IncidentHub.Benchmarks -- NAME</c>.
/// </summary>
internal static class Benchmarks
{
    private static readonly Dictionary<string, Func<Task>> All = new()
    {
        ["declare"] = DeclareBenchmark.RunAsync,
        ["queries"] = QueryBenchmark.RunAsync,
        ["circuits"] = CircuitBenchmark.RunAsync,
        ["gate-ns"] = GateBenchmark.RunAsync,
        ["renewals"] = RenewalBenchmark.RunAsync,
        ["push"] = PushBenchmark.RunAsync,
        ["watched"] = PushBenchmark.WatchedAsync,
        ["ofrep"] = OfrepBenchmark.RunAsync,
        ["access-review"] = AccessReviewBenchmark.RunAsync,
        ["backup"] = BackupBenchmark.RunAsync,
        ["restore"] = RestoreBenchmark.RunAsync,
        ["restart"] = RestartBenchmark.RunAsync,
        ["redaction"] = RedactionBenchmark.RunAsync,
    };

    private static async Task<int> Main(string[] args)
    {
        // Socket continuations run inline on the polling thread, because the client shares its cores with the measured process.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        if (args is ["list"] or ["--list"])
        {
            Console.WriteLine(string.Join('\n', All.Keys));
            return 0;
        }
        if (args is [BareBroadcast.Command, var connections])
            return BareBroadcast.Serve(int.Parse(connections, System.Globalization.CultureInfo.InvariantCulture));
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
