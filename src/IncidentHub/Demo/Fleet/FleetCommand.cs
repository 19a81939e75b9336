using System.Runtime.InteropServices;
using System.Text.Json;
using IncidentHub.Collector;

namespace IncidentHub.Demo.Fleet;

/// <summary><c>demo-collectors</c>: the sample collectors, started by a hub that tells them on standard input who they are.</summary>
internal static class FleetCommand
{
    public const string Verb = "demo-collectors";

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);

    public static bool IsAsked(string[] args) => args is [Verb, ..];

    /// <summary>Returns when the input ends.</summary>
    /// <param name="say">For whoever looks at the hub's log.</param>
    /// <param name="log">For whoever looks for a fault.</param>
    public static async Task<int> RunAsync(TextReader input, TextWriter say, TextWriter log)
    {
        // Ctrl+C reaches the hub, too: its end is what counts.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        if (input.ReadLine() is not { } line || JsonSerializer.Deserialize<FleetPlan>(line) is not { } plan)
        {
            await log.WriteLineAsync("A hub in Development starts its sample collectors by itself: see Demo:Collectors.");
            return 2;
        }
        // One pool of connections for all of them. Nothing stands between this process and its hub.
        using var network = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        var collectors = plan.Members.Select(m => new SampleCollector(plan, m, network, say.WriteLine, log.WriteLine)).ToList();
        var running = collectors.Select(c => c.RunAsync()).ToList();

        // A read of its own that blocks: the other end of the pipe is closed with the hub, however that ends.
        var ended = Task.Factory.StartNew(input.ReadToEnd, TaskCreationOptions.LongRunning);
        var hasTold = false;
        while (await Task.WhenAny(ended, Task.Delay(HeartbeatInterval)) != ended)
        {
            // None of them ends but by an error.
            if (running.FirstOrDefault(r => r.IsCompleted) is { } failed) await failed;
            foreach (var collector in collectors) collector.Step();
            if (hasTold || collectors.Any(c => c.Reason is null or GateReason.Starting)) continue;
            hasTold = true;
            var collecting = collectors.Count(c => c.Reason == GateReason.Permitted);
            say.WriteLine($"{collectors.Count} sample collectors run; {collecting} of them collect for {plan.Program}");
        }
        return 0;
    }
}
