using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Evidence.Parts;

/// <summary>The evidence of an incident, on its page.</summary>
public partial class EvidenceCard : LiveComponent
{
    private const int First = 25, Most = 250;

    private IReadOnlyList<EvidenceView> _files = [];
    private EvidenceView? _shown;
    private string? _next;
    private bool _mayAdd;
    private bool _adding;

    [Inject] private EvidenceQueries Queries { get; set; } = null!;

    [Inject] private EvidenceCommands Commands { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public string Incident { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    /// <summary>False on a merged incident.</summary>
    [Parameter] public bool IsOpenForMore { get; set; } = true;

    /// <summary>The number of files shown; in the URL, so that Back restores it.</summary>
    [SupplyParameterFromQuery(Name = "files")] public string? Shown { get; set; }

    protected override object? ParametersKey => (Incident, Shown, IsOpenForMore);

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Incident, null, QueryText.Lines(Shown, First, Most), Actor, ct);
        (_files, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
        _mayAdd = IsOpenForMore && await Commands.CheckAsync(Incident, null, Actor, ct) is null;
    }

    private Task AddedAsync(string done)
    {
        _adding = false;
        Toasts.Done(done);
        return ReloadAsync();
    }
}
