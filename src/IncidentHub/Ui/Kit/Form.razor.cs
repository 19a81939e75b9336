using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IncidentHub.Ui.Kit;

/// <summary>
/// Prevents repeated submissions: the browser submits a form once per turn, and a turn ends when the response is shown (wwwroot/hub.js). A
/// draft is kept in the browser, per person and tab, until the form was accepted.
/// </summary>
public sealed partial class Form : ComponentBase, IDisposable
{
    private readonly List<IFormField> _fields = [];
    private Dictionary<string, string>? _kept;
    private Refusal? _shown, _unavailable;
    private Refusal? _last;
    private bool _focusRefused;
    private int _turn;
    private bool _gone;

    /// <summary>The last refusal; null once the form was accepted.</summary>
    [Parameter] public Refusal? Refusal { get; set; }

    [Parameter] public EventCallback OnSubmit { get; set; }

    /// <summary>After a stale write: loads the current version; the input is kept.</summary>
    [Parameter] public EventCallback OnReload { get; set; }

    /// <summary>
    /// The name of the draft: the page and its subject, such as <c>declare</c> or <c>INC-12-note</c>. Without it no draft is kept.
    /// </summary>
    [Parameter] public string? DraftKey { get; set; }

    [Parameter] public string? Class { get; set; }

    /// <summary>Set where the page shows the refusal itself.</summary>
    [Parameter] public bool HideRefusal { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>For a button outside of the form: its <c>form</c> attribute.</summary>
    [Parameter] public string Id { get; set; } = Ids.Next("form");

    /// <summary>Whether a submission is in progress.</summary>
    public bool Busy { get; private set; }

    /// <summary>Called when <see cref="Busy"/> changes, so that a button in the footer of a dialog can show it.</summary>
    [Parameter] public EventCallback<bool> BusyChanged { get; set; }

    private IReadOnlyCollection<string> Names => [.. _fields.Select(f => f.Name)];

    internal void Add(IFormField field)
    {
        _fields.Add(field);
        // A field that appears later, depending on another value, restores its part of the draft then.
        if (_kept is not null && _kept.Remove(field.Name, out var kept)) _ = InvokeAsync(() => field.RestoreAsync(kept));
    }

    internal void Remove(IFormField field) => _fields.Remove(field);

    internal void Keep(string name, string value)
    {
        if (DraftKey is not null) _ = Js.InvokeVoidAsync("hub.keep", DraftKey, name, value).AsTask();
    }

    protected override void OnParametersSet()
    {
        _shown = Refusal;
        if (ReferenceEquals(_last, Refusal)) return;
        _last = Refusal;
        _focusRefused = Refusal is not null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The set of fields is known only now: the refusal shows the errors that belong to none of them.
        if (firstRender && Refusal is not null) StateHasChanged();
        if (firstRender && DraftKey is not null) await RestoreAsync();
        if (!_focusRefused) return;
        _focusRefused = false;
        await Js.InvokeVoidAsync("hub.focusRefused", Id);
    }

    private async Task RestoreAsync()
    {
        _kept = await Js.InvokeAsync<Dictionary<string, string>?>("hub.kept", DraftKey) ?? [];
        foreach (var field in _fields.ToArray())
            if (_kept.Remove(field.Name, out var kept)) await field.RestoreAsync(kept);
        StateHasChanged();
    }

    private async Task SubmitAsync()
    {
        if (Busy) return;
        if (_fields.Exists(f => f.Unread is not null))
        {
            (_shown, _focusRefused, _turn) = (new Refusal(RefusalKind.Invalid, "unread", "Nothing was sent. Look at the marked fields."),
                true, _turn + 1);
            return;
        }
        _unavailable = null;
        await SetBusyAsync(true);
        try
        {
            await OnSubmit.InvokeAsync();
            // The page shows its result first: only then is it known whether the form was refused. A form that was closed with its dialog
            // was accepted.
            await Task.Yield();
            if ((Refusal is null || _gone) && DraftKey is not null) await Js.InvokeVoidAsync("hub.dropDraft", DraftKey);
        }
        catch (Exception e) when (Unavailable.Of(e) is { } unavailable)
        {
            // Not a fault of the page: it stays as it is, with what was typed.
            (_unavailable, _focusRefused) = (new(RefusalKind.Conflict, unavailable.Code, unavailable.Sentence), true);
        }
        finally
        {
            _turn++;
            await SetBusyAsync(false);
        }
    }

    private Task SetBusyAsync(bool busy)
    {
        Busy = busy;
        return BusyChanged.InvokeAsync(busy);
    }

    public void Dispose() => _gone = true;
}
