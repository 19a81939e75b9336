using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.Pauses.Parts;

/// <summary>
/// A part of a program's page that shows its switch, with live updates. All parts on all open pages share one projection.
/// </summary>
public abstract class SwitchComponent : ComponentBase, IDisposable
{
    private SwitchWatch? _watch;
    private string? _watched;
    private bool _gone;
    private Func<PauseState, bool> _exists = _ => true;
    private long? _existsAt;

    /// <summary>The program's code.</summary>
    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [CascadingParameter] public Actor Actor { get; set; } = null!;

    [Inject] private SwitchProjections Projections { get; set; } = null!;
    [Inject] private PauseCauses Causes { get; set; } = null!;
    [Inject] private Db Database { get; set; } = null!;

    /// <summary>Null until it is loaded, and where the program does not exist.</summary>
    protected SwitchView? View { get; private set; }

    protected Relation Relation => View?.Relation(Actor) ?? Domain.Access.Relation.None;

    /// <summary>Loads what this viewer may see beyond the shared view; runs before the first render and after each change.</summary>
    protected virtual Task OnViewAsync() => Task.CompletedTask;

    /// <summary>Parameters changed, but not the program: a list shows another page.</summary>
    protected virtual Task OnAddressAsync() => Task.CompletedTask;

    /// <summary>Whether this part displays any of the changes. After a pause of many collectors most views change counts only.</summary>
    protected virtual bool Concerns(SwitchView before, SwitchView now) => true;

    /// <summary>The part with the collection status: on all open pages it is updated before the other parts.</summary>
    protected virtual bool First => false;

    protected bool Allows(Act act) => AccessTable.Allows(Actor, act, Relation);

    /// <summary>Shows the current state without waiting for other watchers: call it after an act of the viewer.</summary>
    protected async Task ShowNowAsync()
    {
        if (View is not null) await ShowAsync(await Projections.NowAsync(View.ProgramId));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_watched == Code)
        {
            await OnAddressAsync();
            return;
        }
        _watched = Code;
        _watch?.Dispose();
        View = null;
        _watch = await Projections.WatchAsync(Code, view => InvokeAsync(() => ShowAsync(view)), First);
        if (_gone) _watch?.Dispose();
        if (_watch is null || _gone) return;
        View = await SeenAsync(_watch.View);
        await OnViewAsync();
    }

    // The projection is the same for all viewers. A proposal exists for some of them only; which ones is asked once per revision.
    private async Task<SwitchView> SeenAsync(SwitchView view)
    {
        if (!view.Open.Any(p => p is { Activated: null, Cause: not null })) return view;
        if (_existsAt != view.Revision)
        {
            _exists = await Database.ReadAsync(sql => Causes.ExistAsync(sql, view.Open, view.Program, Actor));
            _existsAt = view.Revision;
        }
        return view.Of(_exists);
    }

    private async Task ShowAsync(SwitchView view)
    {
        // A view whose load began before that of the current one may be older.
        if (_gone || View is not { } before || view.ProgramId != before.ProgramId || view.Number <= before.Number) return;
        try
        {
            view = await SeenAsync(view);
            if (_gone || View is not { } shown || view.Number <= shown.Number) return;
            View = view;
            if (!Concerns(before, view)) return;
            await OnViewAsync();
            StateHasChanged();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _gone = true;
        _watch?.Dispose();
    }
}
