namespace IncidentHub.Platform.Live;

/// <summary>
/// Turns for open pages that change by themselves. Hundreds may show the same change, and all at once they would keep every thread from collectors that renew and people who
/// act: so at most half of the processors are given to them at a time, in the order of asking. What a person does on a page of theirs waits for no turn.
/// </summary>
internal sealed class LiveTurns(TimeProvider clock, int width)
{
    // A page that hangs gives its turn up.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>As many at a time as half of the machine's processors.</summary>
    public static int HalfOfTheMachine => Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim _free = new(width);

    /// <summary>Runs the work when its turn comes; ends with it, or after five seconds of it. The work handles its own failures.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken ct)
    {
        await _free.WaitAsync(ct);
        try
        {
            var working = work();
            if (!working.IsCompleted) await working.WaitAsync(Longest, clock, ct);
        }
        catch (TimeoutException)
        {
            // It goes on by itself; the next ones do not wait for it.
        }
        finally
        {
            _free.Release();
        }
    }
}
