using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>Privacy redacts a note, or chooses from the texts of a thing.</summary>
public partial class RedactDialog : ComponentBase
{
    private readonly HashSet<Guid> _chosen = [];
    private RedactionPreview? _preview;
    private string? _reason, _find;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    /// <summary>The note; null: the texts of <see cref="Place"/>.</summary>
    [Parameter] public Guid? Entry { get; set; }

    /// <summary>The kind of thing that has the code, an <see cref="IRedactable"/>; null: an incident.</summary>
    [Parameter] public object? Place { get; set; }

    /// <summary>Whether something was redacted.</summary>
    [Parameter] public EventCallback<bool> OnClosed { get; set; }

    [CascadingParameter] private Actor Actor { get; set; } = null!;
    [Inject] private RedactCommands Notes { get; set; } = null!;
    [Inject] private Redactions Commands { get; set; } = null!;
    [Inject] private IncidentRedactable Incidents { get; set; } = null!;

    private IRedactable Kind => (IRedactable?)Place ?? Incidents;

    private string Heading => Entry is null ? $"Redact {Code}" : "Redact the note";

    private bool IsWhole => Place is not null;

    // All of one thing goes with its files. Of an incident, nothing is chosen to begin with.
    private bool All => IsWhole && _preview is not null && _preview.Further == 0 && _chosen.Count == _preview.Texts.Count;

    private string? Error => _refusal?.Errors is { } errors && errors.TryGetValue("texts", out var said) ? said[0] : null;

    protected override Task OnInitializedAsync() => Entry is null ? ReloadAsync() : Task.CompletedTask;

    private async Task ReloadAsync()
    {
        _refusal = null;
        if (Entry is not null) return;
        var read = await Commands.PreviewAsync(Kind, Code, _find, Actor);
        _refusal = read.Refusal;
        if (!read.IsOk) return;
        var isFirst = _preview is null;
        _preview = read.Value;
        if (IsWhole && isFirst) _chosen.UnionWith(_preview.Texts.Select(t => t.Id));
    }

    private void Toggle(Guid id)
    {
        if (!_chosen.Remove(id)) _chosen.Add(id);
    }

    private async Task SendAsync()
    {
        var result = Entry is { } entry ? await Notes.EntryAsync(Code, entry, _reason, Actor)
            : await Commands.RunAsync(Kind, Code, All ? null : [.. _chosen], _reason, Actor);
        _refusal = result.Refusal;
        if (result.IsOk) await OnClosed.InvokeAsync(true);
    }
}
