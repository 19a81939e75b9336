namespace IncidentHub.Platform.Live;

/// <summary>
/// Turns for open pages that change by themselves. Hundreds may show the same change, and all at once they would keep every thread from
/// collectors that renew and people who act: so at most half of the processors are given to them at a time, in the order of asking. What a
/// person does on a page of theirs waits for no turn.
/// </summary>
internal sealed class RenderThrottle(TimeProvider clock, int width)
{
    // A page that hangs gives its turn up.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _first = new(), _others = new();
    private int _free = width;

    /// <summary>As many at a time as half of the machine's processors.</summary>
    public static int HalfOfTheProcessors => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Runs the work when its turn comes; ends with it, or after five seconds of it. The work handles its own failures.</summary>
    /// <param name="first">Before all that wait and do not ask for that.</param>
    public async Task RunAsync(Func<Task> work, CancellationToken ct, bool first = false)
    {
        await TakeAsync(first, ct);
        try
        {
            // A turn that came while it was given up.
            ct.ThrowIfCancellationRequested();
            var working = work();
            if (!working.IsCompleted) await working.WaitAsync(Longest, clock, ct);
        }
        catch (TimeoutException)
        {
            // It goes on by itself; the next ones do not wait for it.
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

    // Who has gone meanwhile is passed over.
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
