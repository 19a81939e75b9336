using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;
using IncidentHub.Catalog.Programs;

namespace IncidentHub.Pages.Programs;

/// <summary>The list; its filters are in the URL, so that a view can be bookmarked and shared.</summary>
public partial class ProgramListPage : LiveComponent
{
    private const int Size = 100;

    // Offered only after a restored backup.
    private const string HeldKey = "held";

    private static readonly (string Key, string Text)[] States =
    [
        ("", "All"), (HeldKey, "Held after restore"), ("collecting", "Collecting"), ("proposed", "Pause proposed"),
        ("paused", "Paused"), ("draft", "Drafts"), ("terminated", "Terminated"),
    ];

    private IReadOnlyList<ProgramListLine> _rows = [];

    // All programs of the search, if they fit on one page: only then are they counted by state.
    private IReadOnlyList<ProgramListLine>? _whole;
    private string? _next;
    private Refusal? _refusal;

    [Inject] private ProgramQueries Queries { get; set; } = null!;
    [Inject] private PauseReader Pauses { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? State { get; set; }
    [SupplyParameterFromQuery] public string? Mine { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    private bool Filtered => State is not null || Mine is not null || Q is not null;

    protected override object? ParametersKey => (State, Mine, Q, After);

    protected override IReadOnlyCollection<string> Topics => ["programs"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var filter = new ProgramFilter { Mine = Mine is not null, Text = Q };
        var first = await ReadAsync(filter, After, Size, ct);
        _refusal = first.Refusal;
        _whole = null;
        if (!first.IsOk)
        {
            (_rows, _next) = ([], null);
            return;
        }
        if (After is null && first.Value.NextCursor is null) _whole = first.Value.Items;
        if (string.IsNullOrEmpty(State)) (_rows, _next) = (first.Value.Items, first.Value.NextCursor);
        else if (_whole is not null) (_rows, _next) = ([.. _whole.Where(Matches)], null);
        else (_rows, _next) = await FillAsync(filter with { Lifecycle = Only(State) }, ct);
    }

    // The state is derived from the pauses and not stored: rows are read until a page of matches is full.
    private async Task<(IReadOnlyList<ProgramListLine> Rows, string? Next)> FillAsync(ProgramFilter filter, CancellationToken ct)
    {
        async Task<Page<ProgramListLine>> NextAsync(string? after) =>
            await ReadAsync(filter, after, Cursor.MaxLimit, ct) is { IsOk: true } read ? read.Value : new([], null);
        var page = await FilteredPage.FillAsync(NextAsync, Matches, line => Cursor.Encode("programs", [line.Program.Code]), After, Size);
        return (page.Items, page.NextCursor);
    }

    private async Task<Result<Page<ProgramListLine>>> ReadAsync(ProgramFilter filter, string? after, int limit, CancellationToken ct)
    {
        var page = await Queries.ListAsync(filter, after, limit, Actor, ct);
        if (page.Refusal is { } why) return why;
        var states = await Db.ReadAsync(sql =>
            Pauses.ProgramStatesAsync(sql, [.. page.Value.Items.Select(i => i.ToFacts())], Actor), ct);
        return page.Value.Map(i => new ProgramListLine(i, states[i.Id]));
    }

    private bool AnyHeld => (_whole ?? _rows).Any(l => Matches(l, HeldKey));

    private int? Count(string key) => key.Length > 0 && _whole?.Count(l => Matches(l, key)) is > 0 and var n ? n : null;

    private bool Matches(ProgramListLine line) => Matches(line, State!);

    private static bool Matches(ProgramListLine line, string key) => (key, line.State.Status) switch
    {
        // It may also be paused in part, or a pause of it be proposed.
        (HeldKey, var s) => s == CollectionStatus.Held,
        ("proposed", CollectionStatus.Held) => line.State.Deadline is not null,
        ("paused", CollectionStatus.Held) => line.State.Shown is not null,
        (_, CollectionStatus.NotLive) => key == "draft",
        (_, CollectionStatus.Terminated) => key == "terminated",
        // A partly paused program matches both.
        ("collecting", var s) => s is not (CollectionStatus.Paused or CollectionStatus.Drill or CollectionStatus.Held),
        ("proposed", var s) => s == CollectionStatus.PauseProposed,
        ("paused", var s) => s is not (CollectionStatus.Collecting or CollectionStatus.PauseProposed),
        _ => false,
    };

    // Only programs of one lifecycle can be in that state: the others are not read.
    private static ProgramLifecycle? Only(string key) => key switch
    {
        "collecting" or "proposed" or "paused" or HeldKey => ProgramLifecycle.Live,
        "draft" => ProgramLifecycle.Draft,
        "terminated" => ProgramLifecycle.Terminated,
        _ => null,
    };

    // A change of the filter returns to the first page.
    private string With(string name, string? value) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim(), ["after"] = null });

    private void Go(string name, string? value) => Navigation.NavigateTo(With(name, value));
}
