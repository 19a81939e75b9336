using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Pauses.Pages;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Collectors.Pages;

public partial class CollectorList : SwitchComponent
{
    private const int More = 50, Most = 200;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private List<CollectorRow> _collectors = [];
    private string? _next;
    private bool _keys;
    private DateTimeOffset _readAt;
    private CollectorRow? _revoking;
    private Refusal? _refusal;

    [Inject] private Viewer Viewer { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    // Nothing may be collected: permits of before the order only run out.
    private bool Stopped => View!.Status is CollectionStatus.Paused or CollectionStatus.Drill or CollectionStatus.Terminated;

    protected override bool Concerns(SwitchView before, SwitchView now) =>
        before.Revision != now.Revision || before.Registered != now.Registered || !before.Newest.Items.SequenceEqual(now.Newest.Items);

    protected override async Task OnViewAsync()
    {
        if (!Allows(Act.ReadCollectors)) return;
        // All watchers share the first page; only whoever has opened more asks for themselves, and not with each proof.
        if (_collectors.Count <= View!.Newest.Items.Count) (_collectors, _next) = ([.. View.Newest.Items], View.Newest.NextCursor);
        else if (Viewer.Now - _readAt >= Again) await ReadAsync(null, Math.Min(_collectors.Count, Most));
    }

    private async Task ReadAsync(string? cursor, int limit)
    {
        _readAt = Viewer.Now;
        var page = await Services.GetRequiredService<CollectorQueries>().OfProgramAsync(Code, cursor, limit, Actor);
        if (!page.IsOk) return;
        _collectors = [.. cursor is null ? [] : _collectors, .. page.Value.Items];
        _next = page.Value.NextCursor;
    }

    private async Task RevokeAsync()
    {
        _refusal = (await Services.GetRequiredService<CollectorQueries>().RevokeAsync(_revoking!.Id, Actor)).Refusal;
        if (_refusal is not null) return;
        Toasts.Done($"{_revoking.InstanceName} is revoked.");
        _revoking = null;
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
