using System.Diagnostics;

namespace IncidentHub.Tests.Support;

/// <summary>Waits for conditions in other processes: as long as they take, with an error where they never occur.</summary>
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
