namespace IncidentHub.Platform.Live;

/// <summary>
/// Limits the concurrent updates of open pages. Hundreds of pages may show the same change, and rendering all of them at once would delay
/// renewals of collectors and acts of people: at most half of the processors render at a time, in order of arrival. Acts of a person on
/// their own page are not throttled.
/// </summary>
internal sealed class RenderThrottle(TimeProvider clock, int width)
{
    // A page that hangs loses its slot.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _first = new(), _others = new();
    private int _free = width;

    /// <summary>The number of slots: half of the machine's processors.</summary>
    public static int HalfOfTheProcessors => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Runs the work in the next free slot; returns when it is done or after five seconds. The work handles its own failures.
    /// </summary>
    /// <param name="first">Takes precedence over waiting updates without this flag.</param>
    public async Task RunAsync(Func<Task> work, CancellationToken ct, bool first = false)
    {
        await TakeAsync(first, ct);
        try
        {
            // A slot that was assigned while the update was being cancelled.
            ct.ThrowIfCancellationRequested();
            var working = work();
            if (!working.IsCompleted) await working.WaitAsync(Longest, clock, ct);
        }
        catch (TimeoutException)
        {
            // The work continues without its slot; the next ones do not wait for it.
        }
        finally
        {
            ReleaseSlot();
        }
    }

    private async Task TakeAsync(bool first, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (first ? _first : _others).Enqueue(turn);
        }
        await using (ct.UnsafeRegister(static (turn, ct) => ((TaskCompletionSource)turn!).TrySetCanceled(ct), turn)) await turn.Task;
    }

    // Cancelled updates are skipped.
    private void ReleaseSlot()
    {
        lock (_lock)
        {
            while (_first.TryDequeue(out var next) || _others.TryDequeue(out next))
            {
                if (next.TrySetResult()) return;
            }
            _free++;
        }
    }
}
