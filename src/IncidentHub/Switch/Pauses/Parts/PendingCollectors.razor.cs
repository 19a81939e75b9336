using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.Pauses.Parts;

public partial class PendingCollectors : SwitchComponent
{
    private const int Size = 50;

    // While thousands stop, each proof changes the top of the list faster than anybody can read it, so it is refreshed less often. Its
    // final state is always correct.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private IReadOnlyList<PendingCollector> _rows = [];
    private string? _next, _after;
    private long _shownAt;

    [Inject] private PauseQueries Queries { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>The cursor of this list; the page has others.</summary>
    [SupplyParameterFromQuery(Name = "pending")] public string? After { get; set; }

    private static long Left(SwitchView view) => view.Stop is { } stop ? stop.Pending + stop.Violating : 0;

    protected override bool Concerns(SwitchView before, SwitchView now) =>
        before.Revision != now.Revision || Left(now) <= Size || Clock.GetElapsedTime(_shownAt) >= Pace;

    protected override Task OnAddressAsync() => After == _after ? Task.CompletedTask : OnViewAsync();

    protected override async Task OnViewAsync()
    {
        (_after, _shownAt) = (After, Clock.GetTimestamp());
        if (View?.Stop is not { } stop || Left(View) == 0 || !Allows(Act.ReadCollectors)) return;
        // All watchers share the first page; further pages are queried per viewer.
        (_rows, _next) = (stop.PendingCollectors, stop.PendingCollectorsNext);
        if (After is null) return;
        var page = await Queries.PendingAsync(View.Shown!.Id, After, Size, Actor);
        if (page.IsOk) (_rows, _next) = (page.Value.Items, page.Value.NextCursor);
    }
}
