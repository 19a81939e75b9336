using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace IncidentHub.Ui.Shell;

/// <summary>Ctrl-K: pages, actions, and what the features' sources find.</summary>
public sealed partial class Palette(IEnumerable<IPaletteSource> sources, NavigationManager navigation, IJSRuntime js) : IDisposable
{
    private ElementReference _dialog;
    private bool _open;
    private List<PaletteItem> _items = [];
    private int _at;
    private Task _search = Task.CompletedTask;
    private CancellationTokenSource? _typing;

    [CascadingParameter] public Actor? Actor { get; set; }

    protected override void OnInitialized() => navigation.LocationChanged += OnMoved;

    // A result is a link: it works by itself, and the palette goes when it has led somewhere.
    private void OnMoved(object? sender, LocationChangedEventArgs e)
    {
        if (_open) _ = InvokeAsync(async () => await js.InvokeVoidAsync("hub.close", _dialog));
    }

    private async Task OpenAsync()
    {
        _open = true;
        _at = 0;
        _items = Actor is null ? [] : [.. PalettePages.Find("", Actor)];
        StateHasChanged();
        await js.InvokeVoidAsync("hub.open", _dialog);
        await js.InvokeVoidAsync("hub.focus", "#palette-input");
    }

    private Task OnInputAsync(ChangeEventArgs e)
    {
        _typing?.Cancel();
        _typing?.Dispose();
        _typing = new CancellationTokenSource();
        return _search = SearchAsync((e.Value as string ?? "").Trim(), _typing.Token);
    }

    private async Task SearchAsync(string text, CancellationToken ct)
    {
        if (Actor is null) return;
        var found = PalettePages.Find(text, Actor).ToList();
        if (text.Length > 0)
        {
            try
            {
                await Task.Delay(80, ct); // somebody who is still typing asks nothing
                foreach (var source in sources) found.AddRange(await source.FindAsync(text, Actor, ct));
            }
            catch (OperationCanceledException) { return; }
        }
        if (ct.IsCancellationRequested) return;
        // A code in full leads to what has it: its kind comes first, and it within its kind.
        var exact = found.Find(i => i.Text.Split(' ')[0].Equals(text, StringComparison.OrdinalIgnoreCase));
        (_items, _at) = (exact is null ? found : [exact, .. found.Where(i => i != exact && i.Kind == exact.Kind), .. found.Where(i => i.Kind != exact.Kind)], 0);
    }

    private async Task OnKeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when _items.Count > 0: _at = (_at + 1) % _items.Count; break;
            case "ArrowUp" when _items.Count > 0: _at = (_at + _items.Count - 1) % _items.Count; break;
            case "Enter":
                await _search; // Enter right after the last letter means the answer to that letter
                if (_at < _items.Count) navigation.NavigateTo(_items[_at].Href);
                break;
        }
    }

    private void Closed() => _open = false;

    public void Dispose()
    {
        navigation.LocationChanged -= OnMoved;
        _typing?.Cancel();
        _typing?.Dispose();
    }
}
