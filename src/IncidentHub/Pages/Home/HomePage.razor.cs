using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;
using IncidentHub.Insight.Home;

namespace IncidentHub.Pages.Home;

public sealed partial class HomePage : LiveComponent
{
    [Inject] private HomeQueries Queries { get; set; } = null!;

    private HomeView? _view;

    // The same query as in the navigation, so that its count and the inbox agree.
    protected override IReadOnlyCollection<string> Topics => HomeQueries.TopicsOf(Actor);

    protected override DateTimeOffset? ReloadAt => _view?.Inbox.Next;

    private bool Reads => AccessTable.Allows(Actor, Act.ReadIncidents);

    private static string StatusOf(FlagStatus status) => status switch
    {
        FlagStatus.Waiting => "Awaits triage",
        FlagStatus.Acknowledged => "Acknowledged",
        FlagStatus.Declared or FlagStatus.Merged => "Part of an incident",
        FlagStatus.Dismissed => "Answered",
    };

    protected override async Task LoadAsync(CancellationToken ct) => _view = await Queries.LoadAsync(Actor, ct);
}
