using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Features.Pauses;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Home.Pages;

public sealed partial class HomePage : LiveComponent
{
    [Inject] private HomeQueries Queries { get; set; } = null!;

    private HomeView? _view;

    protected override IReadOnlyCollection<string> Topics { get; } = ["incidents", "programs", "flags", "decisions", ViolationAlerts.Topic];

    private bool Reads => AccessTable.Allows(Actor, Act.ReadIncidents);

    private string Title => Loaded && _view!.Needs.Count > 0 ? (_view.Needs.Count == 1 ? "One thing needs you" : $"{_view.Needs.Count} things need you") : "Home";

    private static string StatusOf(FlagStatus status) => status switch
    {
        FlagStatus.Waiting => "Waiting for triage",
        FlagStatus.Acknowledged => "Somebody is looking at it",
        FlagStatus.Declared or FlagStatus.Merged => "Part of an incident",
        FlagStatus.Dismissed => "Answered",
    };

    protected override async Task LoadAsync(CancellationToken ct) => _view = await Queries.LoadAsync(Actor, ct);
}
