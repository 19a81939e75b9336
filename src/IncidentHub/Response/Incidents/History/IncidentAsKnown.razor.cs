using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>The incident page at an earlier time; the time is in the address.</summary>
public partial class IncidentAsKnown : LiveComponent
{
    private IncidentSnapshot? _snapshot;
    private Refusal? _refusal;

    [Inject] private GetSnapshotHandler Snapshots { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Parameter, EditorRequired] public DateTimeOffset AsOf { get; set; }

    /// <summary>What other features show of that time; the snapshot is cascaded to it.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override object? ParametersKey => (Code, AsOf);

    protected override IReadOnlyCollection<string> Topics => _snapshot is null ? [] : [$"incident:{_snapshot.Id}"];

    private static IEnumerable<RoleView> Roles(IncidentSnapshot s) =>
        s.People!.Where(p => p.Role != IncidentRole.Named).OrderBy(p => p.Role);

    private static string Named(IncidentSnapshot s) =>
        string.Join(", ", s.People!.Where(p => p.Role == IncidentRole.Named).Select(p => p.Name));

    private string Now => $"incidents/{_snapshot?.Code ?? Code}";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Snapshots.HandleAsync(Code, AsOf, Actor, ct);
        (_snapshot, _refusal) = (found.IsOk ? found.Value : null, found.Refusal);
    }

    private string DueNote(ClocksView clocks) => clocks.NextUpdateDueAt is { } due ? SnapshotText.Due(due, AsOf) : "";

    private static string Limit(ClocksView clocks) =>
        Term.TryParse(clocks.AcknowledgeWithin, out var term) ? term.Label : clocks.AcknowledgeWithin;

    private static RenderFragment Measure(double? seconds, string missing) => to =>
    {
        to.OpenElement(0, "span");
        if (seconds is null) to.AddAttribute(1, "class", "none");
        to.AddContent(2, seconds is { } known ? Times.Measure(TimeSpan.FromSeconds(known)) : missing);
        to.CloseElement();
    };
}
