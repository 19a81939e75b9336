using IncidentHub.Domain.Access;
using IncidentHub.Platform.Live;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Ui;

/// <summary>
/// A page or part of one that loads by query and loads again when a topic that it shows changes. No state is pushed into it.
/// Loads never overlap; changes that arrive during one, or closer together than a quarter of a second, make one more.
/// Relative times need no reload: the browser counts them. What becomes due without a change is loaded at that time.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1), Farthest = TimeSpan.FromDays(1);
    private ITimer? _timer;
    private IDisposable? _subscription;
    private IReadOnlyCollection<string> _topics = [];
    private int _waiting;

    [Inject] private LiveFeed Feed { get; set; } = null!;
    [Inject] private RenderThrottle Turns { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>The viewer. Pages require sign-in, so it is never null.</summary>
    [CascadingParameter] public Actor Actor { get; set; } = null!;

    /// <summary>The topics that this component shows; read again after each load, so that they may depend on what was loaded.</summary>
    protected abstract IReadOnlyCollection<string> Topics { get; }

    /// <summary>Cancelled when the component is disposed.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>False until the first load is done: show a skeleton.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>
    /// Queries the data of the component. Runs at start, whenever parameters change (see <see cref="ParametersKey"/>), and after changes.
    /// </summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <summary>When what it shows changes without a change of a topic: something becomes due. Null: not known to.</summary>
    protected virtual DateTimeOffset? ReloadAt => null;

    /// <summary>How long the component waits for further changes before it reloads.</summary>
    protected virtual TimeSpan Pace => TimeSpan.FromMilliseconds(250);

    /// <summary>When this value changes with the parameters, the component reloads: the code in the address, the filter.</summary>
    protected virtual object? ParametersKey => null;

    private object? _key;

    protected override async Task OnParametersSetAsync()
    {
        if (Loaded && Equals(_key, ParametersKey)) return;
        _key = ParametersKey;
        await ReloadAsync();
    }

    /// <summary>Loads now; call it after an act of the viewer, so that its effect is shown at once.</summary>
    protected async Task ReloadAsync()
    {
        try
        {
            await _one.WaitAsync(Gone);
            try
            {
                Listen();
                await LoadAsync(Gone);
                Loaded = true;
                Listen();
                Schedule();
            }
            finally { _one.Release(); }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested) { return; }
        catch (ObjectDisposedException) when (_gone.IsCancellationRequested) { return; }
        StateHasChanged();
    }

    // Subscribed before the first load: a change between the load and the subscription would be missed.
    private void Listen()
    {
        // What this person may see has changed: a role on an incident, a decision to approve.
        string[] topics = [.. Topics, LiveFeed.SightOf(Actor.Id)];
        if (_subscription is not null && topics.SequenceEqual(_topics)) return;
        var old = _subscription;
        _topics = topics;
        _subscription = Feed.Subscribe(_topics, OnChange, Actor);
        old?.Dispose();
    }

    // One timer, set again by each load. A time that is far off is looked at again after a day: a timer takes no longer span than weeks.
    private void Schedule()
    {
        if (ReloadAt is not { } at)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }
        var wait = at - Clock.GetUtcNow();
        wait = wait < Soonest ? Soonest : wait > Farthest ? Farthest : wait;
        if (_timer is null) _timer = Clock.CreateTimer(_ => OnChange(), null, wait, Timeout.InfiniteTimeSpan);
        else _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnChange()
    {
        // At most one reload waits; it includes changes that arrive in the meantime.
        if (_gone.IsCancellationRequested || Interlocked.Exchange(ref _waiting, 1) == 1) return;
        _ = ReloadInTurnAsync();
    }

    private async Task ReloadInTurnAsync()
    {
        try
        {
            await Task.Delay(Pace, Clock, Gone);
            await Turns.RunAsync(() => InvokeAsync(ReloadChangedAsync), Gone);
        }
        catch (OperationCanceledException)
        {
            // The page was disposed.
        }
    }

    private async Task ReloadChangedAsync()
    {
        Interlocked.Exchange(ref _waiting, 0);
        try { await ReloadAsync(); }
        catch (Exception e) { await DispatchExceptionAsync(e); }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _gone.IsCancellationRequested) return;
        _gone.Cancel();
        _subscription?.Dispose();
        _timer?.Dispose();
    }
}
