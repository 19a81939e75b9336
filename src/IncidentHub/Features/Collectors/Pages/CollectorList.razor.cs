using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Pauses.Pages;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Collectors.Pages;

public partial class CollectorList : SwitchComponent
{
    private const int First = 10, More = 50, Most = 200;
    private List<CollectorRow> _collectors = [];
    private string? _next;
    private bool _keys;

    [Inject] private Viewer Viewer { get; set; } = null!;

    // Nothing may be collected: permits of before the order only run out.
    private bool Stopped => View!.Status is CollectionStatus.Paused or CollectionStatus.Drill or CollectionStatus.Terminated;

    protected override async Task OnViewAsync()
    {
        if (!Allows(Act.ReadCollectors)) return;
        var page = await Services.GetRequiredService<CollectorQueries>().OfProgramAsync(Code, null, Math.Clamp(_collectors.Count, First, Most), Actor);
        if (page.IsOk) (_collectors, _next) = ([.. page.Value.Items], page.Value.NextCursor);
    }

    private async Task MoreAsync()
    {
        var page = await Services.GetRequiredService<CollectorQueries>().OfProgramAsync(Code, _next, More, Actor);
        if (!page.IsOk) return;
        _collectors.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private bool Told(CollectorRow c) => c.HeardAt >= View!.Shown?.InForce?.At;

    private string May(CollectorRow c)
    {
        if (c.RevokedAt is not null || !(c.PermitExp > Viewer.Now)) return "nothing now";
        if (Stopped) return Told(c) ? "nothing: told to stop" : "stops with its permit";
        var permitted = Names.Split(c.PermitCategories ?? "");
        return View!.Categories.All(permitted.Contains) ? "everything" : string.Join(", ", permitted.Select(DataCategories.Label));
    }
}
