using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Programs.Pages;

public partial class ProgramListPage : LiveComponent
{
    private static readonly (string Key, string Text)[] _states =
        [("", "All"), ("collecting", "Collecting"), ("proposed", "Pause proposed"), ("paused", "Paused"), ("draft", "Drafts"), ("terminated", "Terminated")];

    private IReadOnlyList<(ProgramListItem Program, ProgramSwitchState State)> _all = [], _rows = [];
    private string? _next, _typed;
    private int _pages = 1;

    [Inject] private ProgramQueries Queries { get; set; } = null!;
    [Inject] private PauseReader Pauses { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? State { get; set; }
    [SupplyParameterFromQuery] public string? Mine { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }

    private bool Filtered => State is not null || Mine is not null || Q is not null;

    protected override object? ParametersKey => (State, Mine, Q);

    protected override IReadOnlyCollection<string> Topics => ["programs"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _typed = Q;
        var page = await Queries.ListAsync(new ProgramFilter { Mine = Mine is not null, Text = Q }, null, Math.Min(_pages * 100, Cursor.MaxLimit), Actor, ct);
        var items = page.IsOk ? page.Value.Items : [];
        _next = page.IsOk ? page.Value.NextCursor : null;
        var states = await Db.ReadAsync(sql => Pauses.ProgramStatesAsync(sql, [.. items.Select(i => i.ToFacts())]), ct);
        _all = [.. items.Select(i => (i, states[i.Id]))];
        // The state is derived from pauses, never stored, so it is filtered after loading.
        _rows = [.. _all.Where(r => Matches(r.State.Status, State ?? ""))];
    }

    private async Task MoreAsync()
    {
        _pages++;
        await ReloadAsync();
    }

    private int? Count(string key) => Loaded && _next is null && key.Length > 0 && _all.Count(r => Matches(r.State.Status, key)) is > 0 and var n ? n : null;

    private static bool Matches(CollectionStatus status, string key) => key switch
    {
        "collecting" => status is CollectionStatus.Collecting or CollectionStatus.PauseProposed or CollectionStatus.PartlyPaused or CollectionStatus.Resuming,
        "proposed" => status == CollectionStatus.PauseProposed,
        "paused" => status is CollectionStatus.Paused or CollectionStatus.PartlyPaused or CollectionStatus.Resuming or CollectionStatus.Drill,
        "draft" => status == CollectionStatus.NotLive,
        "terminated" => status == CollectionStatus.Terminated,
        _ => true,
    };

    private static DateTimeOffset? Since(ProgramSwitchState state) => state.Shown?.State.InForce?.At;

    private string Address(string name, string? value) => Navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value);

    private void Find() => Navigation.NavigateTo(Address("q", _typed?.Trim()));
}
