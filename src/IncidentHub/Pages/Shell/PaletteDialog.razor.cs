using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IncidentHub.Pages.Shell;

/// <summary>Ctrl-K: pages, actions, and the results of the features' sources. A result is a link; navigation closes the dialog.</summary>
public sealed partial class PaletteDialog(IEnumerable<IPaletteSource> sources, NavigationManager navigation) : IDisposable
{
    private List<PaletteItem> _items = [];
    private int _at;
    private Task _search = Task.CompletedTask;
    private CancellationTokenSource? _typing;

    [CascadingParameter] public Actor? Actor { get; set; }

    protected override void OnInitialized() => _items = Actor is null ? [] : [.. PalettePages.Find("", Actor)];

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
                await Task.Delay(80, ct); // debounce: no query while the person is typing
                foreach (var source in sources) found.AddRange(await source.FindAsync(text, Actor, ct));
            }
            catch (OperationCanceledException) { return; }
        }
        if (ct.IsCancellationRequested) return;
        // An exact code ranks first: its kind among the kinds, and its result within the kind.
        var exact = found.Find(i => i.Text.Split(' ')[0].Equals(text, StringComparison.OrdinalIgnoreCase));
        _items = exact is null
            ? found
            : [exact, .. found.Where(i => i != exact && i.Kind == exact.Kind), .. found.Where(i => i.Kind != exact.Kind)];
        _at = 0;
    }

    private async Task OnKeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when _items.Count > 0: _at = (_at + 1) % _items.Count; break;
            case "ArrowUp" when _items.Count > 0: _at = (_at + _items.Count - 1) % _items.Count; break;
            case "Enter":
                await _search; // Enter right after the last letter applies to the results for that letter
                if (_at < _items.Count) navigation.NavigateTo(_items[_at].Href);
                break;
        }
    }

    public void Dispose()
    {
        _typing?.Cancel();
        _typing?.Dispose();
    }
}
