using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Pauses.Parts;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Pages.Programs;

public partial class CollectorList : SwitchComponent
{
    private const int Size = 50;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private IReadOnlyList<CollectorRow> _collectors = [];
    private string? _next, _after;
    private bool _keys;
    private DateTimeOffset _readAt;
    private CollectorRow? _revoking;

    [Inject] private CollectorQueries Queries { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    /// <summary>The URL parameter of this list's cursor; the page has other lists.</summary>
    [SupplyParameterFromQuery(Name = "collectors")] public string? After { get; set; }

    // Nothing may be collected: permits from before only expire.
    private bool Stopped => View!.Status is CollectionStatus.Paused or CollectionStatus.Drill or CollectionStatus.Terminated
        or CollectionStatus.Held;

    protected override bool Concerns(SwitchView before, SwitchView now) =>
        before.Revision != now.Revision || before.Registered != now.Registered || !before.Newest.Items.SequenceEqual(now.Newest.Items);

    protected override Task OnAddressAsync() => View is null || After == _after ? Task.CompletedTask : OnViewAsync();

    protected override async Task OnViewAsync()
    {
        if (!Allows(Act.ReadCollectors)) return;
        // All viewers share the first page; later pages are queried per viewer, and not after each proof.
        if (After is null) (_collectors, _next) = (View!.Newest.Items, View.Newest.NextCursor);
        else if (After != _after || Viewer.Now - _readAt >= Again) await ReadAsync();
        _after = After;
    }

    private async Task ReadAsync()
    {
        _readAt = Viewer.Now;
        var page = await Queries.OfProgramAsync(Code, After, Size, Actor);
        if (page.IsOk) (_collectors, _next) = (page.Value.Items, page.Value.NextCursor);
    }

    private bool Told(CollectorRow c) => c.HeardAt >= View!.Shown?.Activated?.At;

    private string May(CollectorRow c)
    {
        if (c.RevokedAt is not null || !(c.PermitExp > Viewer.Now)) return "nothing now";
        if (Stopped) return Told(c) ? "nothing: told to stop" : "until its permit ends";
        var permitted = Names.Split(c.PermitCategories ?? "");
        return View!.Categories.All(permitted.Contains) ? "everything" : string.Join(", ", permitted.Select(DataCategories.Label));
    }
}
