using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>Privacy redacts a note, or chooses from the texts and files of a thing.</summary>
public partial class RedactDialog : ComponentBase
{
    private readonly HashSet<Guid> _texts = [], _files = [];
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

    private string Chosen => (_texts.Count, _files.Count) switch
    {
        (0, 0) => "Nothing is chosen",
        (var texts, 0) => $"{Texts(texts)} chosen",
        (0, var files) => $"{Files(files)} chosen",
        var (texts, files) => $"{Texts(texts)} and {Files(files)} chosen",
    };

    private string? Error => _refusal?.Errors is { } errors
        && (errors.TryGetValue("texts", out var said) || errors.TryGetValue("files", out said)) ? said[0] : null;

    protected override Task OnInitializedAsync() => Entry is null ? ReloadAsync() : Task.CompletedTask;

    private static string Texts(int count) => count == 1 ? "1 text" : $"{count:N0} texts";

    private static string Files(int count) => count == 1 ? "1 file" : $"{count:N0} files";

    private async Task ReloadAsync()
    {
        _refusal = null;
        if (Entry is not null) return;
        var read = await Commands.PreviewAsync(Kind, Code, _find, Actor);
        _refusal = read.Refusal;
        if (!read.IsOk) return;
        var isFirst = _preview is null;
        _preview = read.Value;
        // All of one thing. Of an incident, nothing is chosen to begin with.
        if (Place is not null && isFirst) ChooseAll();
    }

    private void ChooseAll()
    {
        _texts.UnionWith(_preview!.Texts.Select(t => t.Id));
        _files.UnionWith(_preview.Files.Select(f => f.Id));
    }

    private void ChooseNone()
    {
        _texts.Clear();
        _files.Clear();
    }

    private static void Toggle(HashSet<Guid> chosen, Guid id)
    {
        if (!chosen.Remove(id)) chosen.Add(id);
    }

    private async Task SendAsync()
    {
        var result = Entry is { } entry ? await Notes.EntryAsync(Code, entry, _reason, Actor)
            : await Commands.RunAsync(Kind, Code, [.. _texts], [.. _files], _reason, Actor);
        _refusal = result.Refusal;
        if (result.IsOk) await OnClosed.InvokeAsync(true);
    }
}
