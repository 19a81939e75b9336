using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace IncidentHub.Ui.Kit;

/// <summary>
/// A <see cref="MudDataGrid{T}"/> over one page of rows. Paging is by keyset and lives in the address (<see cref="Pager"/>): a view can be
/// sent, and the way back leads to it.
/// Rows hold no components, only elements: a component in each row is most of what a page costs.
/// </summary>
public sealed partial class ListGrid<T> : ComponentBase
{
    private MudDataGrid<T>? _grid;
    private HashSet<string>? _hidden;
    private bool _applied;

    [Parameter, EditorRequired] public IReadOnlyList<T> Rows { get; set; } = [];

    /// <summary>The name of the table for screen readers.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public RenderFragment Columns { get; set; } = null!;

    /// <summary>Identifies the reader's choice of columns; without it all columns are shown.</summary>
    [Parameter] public string? Key { get; set; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    [Parameter] public string? Next { get; set; }

    /// <summary>The query parameter of the cursor; differs where a page has several lists.</summary>
    [Parameter] public string Query { get; set; } = "after";

    /// <summary>Only where the rows are the whole list: sorting applies to the rows shown.</summary>
    [Parameter] public bool Sortable { get; set; }

    [Parameter] public Func<T, string?>? RowClass { get; set; }

    /// <summary>Filters, beside the menu of columns.</summary>
    [Parameter] public RenderFragment? Toolbar { get; set; }

    [Parameter] public RenderFragment? Empty { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = null!;

    private IReadOnlyList<string> Choosable => _grid is null
        ? [] : [.. _grid.RenderedColumns.Where(c => c.Hideable != false && !string.IsNullOrEmpty(c.Title)).Select(c => c.Title!)];

    private string Setting => $"columns:{Key}";

    protected override async Task OnInitializedAsync()
    {
        var kept = Key is null ? null : await Js.InvokeAsync<string?>("hub.setting", Setting);
        _hidden = [.. (kept ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries)];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_grid is null || _applied) return;
        _applied = true;
        foreach (var column in _grid.RenderedColumns.Where(c => c.Hideable != false && c.Title is { } title && _hidden!.Contains(title)))
            await column.HideAsync();
        // The menu of columns is filled only now.
        if (Key is not null) StateHasChanged();
    }

    private async Task ToggleAsync(string title)
    {
        if (!_hidden!.Remove(title)) _hidden.Add(title);
        if (_grid?.RenderedColumns.Find(c => c.Title == title) is { } column)
            await (_hidden.Contains(title) ? column.HideAsync() : column.ShowAsync());
        await Js.InvokeVoidAsync("hub.set", Setting, string.Join('|', _hidden));
    }
}
