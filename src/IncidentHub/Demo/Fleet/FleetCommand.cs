using System.Runtime.InteropServices;
using System.Text.Json;
using IncidentHub.Collector;

namespace IncidentHub.Demo.Fleet;

/// <summary><c>demo-collectors</c>: runs the sample collectors; the hub that starts it passes their identities on standard input.</summary>
internal static class FleetCommand
{
    public const string Verb = "demo-collectors";

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);

    public static bool IsAsked(string[] args) => args is [Verb, ..];

    /// <summary>Returns when the input ends.</summary>
    /// <param name="say">Receives messages for the hub's log.</param>
    /// <param name="log">Receives details for diagnosis.</param>
    public static async Task<int> RunAsync(TextReader input, TextWriter say, TextWriter log)
    {
        // Ctrl+C is sent to the hub, too; this process ends when the hub does.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        if (input.ReadLine() is not { } line || JsonSerializer.Deserialize<FleetPlan>(line) is not { } plan)
        {
            await log.WriteLineAsync("A hub in Development starts its sample collectors by itself: see Demo:Collectors.");
            return 2;
        }
        // One connection pool for all collectors, without a proxy between this process and its hub.
        using var network = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        var collectors = plan.Members.Select(m => new SampleCollector(plan, m, network, say.WriteLine, log.WriteLine)).ToList();
        var running = collectors.Select(c => c.RunAsync()).ToList();

        // A blocking read on its own thread: the other end of the pipe is closed when the hub ends, for any reason.
        var ended = Task.Factory.StartNew(input.ReadToEnd, TaskCreationOptions.LongRunning);
        var hasTold = false;
        while (await Task.WhenAny(ended, Task.Delay(HeartbeatInterval)) != ended)
        {
            // A collector ends only with an error.
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
