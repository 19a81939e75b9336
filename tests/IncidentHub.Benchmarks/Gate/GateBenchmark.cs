using System.Diagnostics;
using System.Globalization;
using IncidentHub.Collector;

namespace IncidentHub.Benchmarks.Gate;

/// <summary>
/// The cost of a gate check in a collector, with the suspend-proof clock, the wall clock's drift and three categories; against reading the
/// two clocks alone.
/// </summary>
internal static class GateBenchmark
{
    private const int Asks = 5_000_000;

    public static Task RunAsync()
    {
        var gate = new CollectionGate("MCI", BootClock.System, TimeProvider.System, TimeSpan.FromSeconds(2));
        gate.Open(new Permit("t", "j", 1, ["clicks", "mouse-movements", "keystrokes"], BootClock.System.Nanoseconds,
            TimeProvider.System.GetUtcNow().UtcTicks, 600_000_000_000));
        var open = true;
        var (asking, bytes) = Measure(() => open &= gate.MayCollect("keystrokes"));
        var (act, actBytes) = Measure(() => open &= gate.Begin("keystrokes").Keep());
        long sum = 0;
        var (clocks, _) = Measure(() => sum += BootClock.System.Nanoseconds + TimeProvider.System.GetUtcNow().UtcTicks);
        if (!open || sum == 0) throw new InvalidOperationException("The gate closed.");
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture,
            $"   MayCollect {asking:0.0} ns, {bytes} bytes (goal: at most 100 ns, no allocation); a whole act, before and after, "
                + $"{act:0.0} ns, {actBytes} bytes"));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"   the two clocks alone {clocks:0.0} ns: ratio {asking / clocks:0.00}"));
        return Task.CompletedTask;
    }

    // The best of several rounds, because other processes use the machine.
    private static (double Nanoseconds, long Bytes) Measure(Action ask)
    {
        var best = double.MaxValue;
        long bytes = 0;
        for (var round = 0; round < 7; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var n = 0; n < Asks; n++) ask();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Asks);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return (best, bytes / Asks);
    }
}
