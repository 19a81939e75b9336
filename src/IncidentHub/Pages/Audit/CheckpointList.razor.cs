using IncidentHub.Access.Audit;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Audit;

/// <summary>The signed checkpoints, newest first.</summary>
public partial class CheckpointList : LiveComponent
{
    private IReadOnlyList<CheckpointView> _rows = [];
    private string? _next;
    private Refusal? _refusal;

    /// <summary>The cursor of the page.</summary>
    [Parameter] public string? After { get; set; }

    [Inject] private VerifyAuditHandler Audit { get; set; } = null!;

    protected override object? ParametersKey => After;

    protected override IReadOnlyCollection<string> Topics => [];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Audit.CheckpointsAsync(After, 50, Actor, ct);
        _refusal = page.Refusal;
        (_rows, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }
}
