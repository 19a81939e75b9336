using IncidentHub.Platform.Live;

namespace IncidentHub.Switch.Pauses;

internal sealed partial class SwitchProjections
{
    // Of all watchers, also those who may not see the cause of a proposal: what only some may see waits for the next refresh.
    private IDisposable Listen(string topic, Action onChange) => live.Subscribe([topic], onChange, LiveFeed.Everybody);

    private TimeProvider Clock => clock;

    private async Task TellAsync(SwitchWatch watch, SwitchView view, CancellationToken ct)
    {
        try
        {
            await turns.RunAsync(() => watch.TakeAsync(view), ct, watch.First);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The failure of one page must not affect the others.
            LogNotTold(e, view.ProgramId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The switch of program {Program} could not be read; retrying")]
    private partial void LogFailed(Exception e, Guid program);

    [LoggerMessage(LogLevel.Warning, "A page that shows the switch of program {Program} could not be notified")]
    private partial void LogNotTold(Exception e, Guid program);

    /// <summary>The projection of one program; runs while it has watchers.</summary>
    private sealed class Projection(SwitchProjections owner, Guid programId)
    {
        private readonly Lock _lock = new();
        private readonly List<SwitchWatch> _watchers = [];
        private readonly SemaphoreSlim _changed = new(0, 1), _programChanged = new(0, 1);
        private readonly CancellationTokenSource _stop = new();
        private Task<SwitchView>? _first;
        private long _revision, _revisedAt;
        private CancellationTokenSource? _countsOnly;
        private bool _over;

        public async Task<SwitchWatch?> JoinAsync(Func<SwitchView, Task> onChange, bool first)
        {
            SwitchWatch watch;
            lock (_lock)
            {
                if (_over) return null;
                watch = new SwitchWatch(onChange, first, Leave);
                _watchers.Add(watch);
                _first ??= StartAsync();
            }
            try
            {
                await watch.TakeAsync(await _first);
            }
            catch
            {
                watch.Dispose();
                throw;
            }
            return watch;
        }

        private async Task<SwitchView> StartAsync()
        {
            // Subscribed before the first load: a change between the two would be missed.
            IDisposable[] subscriptions = [owner.Listen($"program:{programId}", ProgramChanged),
                owner.Listen(FleetTopic.Of(programId), () => Signal(_changed))];
            Revise();
            var view = await owner.LoadAsync(programId, _revision);
            _ = RunAsync(subscriptions);
            return view;
        }

        private async Task RunAsync(IDisposable[] subscriptions)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    var touched = await _changed.WaitAsync(Refresh, _stop.Token);
                    var started = owner.Clock.GetTimestamp();
                    var changed = await _programChanged.WaitAsync(TimeSpan.Zero);
                    if (changed || !touched || owner.Clock.GetElapsedTime(_revisedAt) >= Refresh) Revise();
                    await ShowAsync(await owner.LoadAsync(programId, _revision), changed);
                    var counts = owner.Clock.GetElapsedTime(started) * (ShareOfTurn - 1);
                    await Task.Delay(Pace, _stop.Token);
                    // Updates of counts wait longer where rendering them takes long; a change of the program itself does not.
                    if (counts > Pace && await _programChanged.WaitAsync((counts < SlowestPace ? counts : SlowestPace) - Pace, _stop.Token))
                        ProgramChanged();
                }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    break;
                }
                catch (Exception e)
                {
                    owner.LogFailed(e, programId);
                    await Task.Delay(Refresh).ConfigureAwait(false);
                }
            }
            foreach (var subscription in subscriptions) subscription.Dispose();
        }

        // An update of counts is abandoned as soon as the program changes: the watchers that were not notified yet get both at once.
        private async Task ShowAsync(SwitchView view, bool changed)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            SwitchWatch[] watchers;
            lock (_lock)
            {
                _first = Task.FromResult(view);
                watchers = [.. _watchers];
                if (!changed && _programChanged.CurrentCount == 0) _countsOnly = round;
            }
            try
            {
                await Task.WhenAll(watchers.OrderByDescending(w => w.First).Select(w => owner.TellAsync(w, view, round.Token)));
            }
            catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
            {
                // The next round follows immediately.
            }
            finally
            {
                lock (_lock) _countsOnly = null;
            }
        }

        private void Revise() => (_revision, _revisedAt) = (Interlocked.Increment(ref owner._revision), owner.Clock.GetTimestamp());

        private void ProgramChanged()
        {
            lock (_lock)
            {
                Signal(_programChanged);
                Signal(_changed);
                _countsOnly?.Cancel();
            }
        }

        private void Signal(SemaphoreSlim changed)
        {
            lock (_lock)
            {
                if (changed.CurrentCount == 0) changed.Release();
            }
        }

        private void Leave(SwitchWatch watch)
        {
            lock (_lock)
            {
                if (!_watchers.Remove(watch) || _watchers.Count > 0) return;
                _over = true;
                owner._running.TryRemove(KeyValuePair.Create(programId, this));
            }
            _stop.Cancel();
        }
    }
}

/// <summary>One watcher of a program's switch. Dispose to end it.</summary>
internal sealed class SwitchWatch(Func<SwitchView, Task> onChange, bool first, Action<SwitchWatch> leave) : IDisposable
{
    private SwitchView? _view;

    public bool First => first;

    public SwitchView View => _view ?? throw new InvalidOperationException("Nothing was loaded yet.");

    internal Task TakeAsync(SwitchView view)
    {
        var first = _view is null;
        _view = view;
        return first ? Task.CompletedTask : onChange(view);
    }

    public void Dispose() => leave(this);
}
