using System.Diagnostics;

namespace IncidentHub.Tests.Support;

/// <summary>Waiting for what other processes do: as long as it takes, and an error where it never happens.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90), Look = TimeSpan.FromMilliseconds(20);

    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"It did not happen that {what}.");
            await Task.Delay(Look);
        }
    }
}
