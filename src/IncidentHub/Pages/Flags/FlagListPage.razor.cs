using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Flags;

namespace IncidentHub.Pages.Flags;

/// <summary>The list of flags: all of them for triage, their own for others. Its filters are in the URL.</summary>
public partial class FlagListPage : LiveComponent
{
    private readonly HashSet<string> _chosen = [];
    private IReadOnlyList<FlagListItem> _items = [];
    private IReadOnlyList<TriagedFlag>? _triaged;
    private FlagCounts? _counts;
    private string? _next;
    private Refusal? _refusal;

    [Inject] private FlagQueries Queries { get; set; } = null!;
    [Inject] private FlagReader Reader { get; set; } = null!;
    [Inject] private ProgramReader Programs { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary><c>open</c> (default), <c>waiting</c>, <c>acknowledged</c> or <c>all</c>.</summary>
    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Mine { get; set; }
    [SupplyParameterFromQuery] public string? Program { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    private bool Own => Mine is not null || !AccessTable.Allows(Actor, Act.TriageFlag);

    private bool AllChosen => _chosen.Count > 0 && _items.Where(IsOpen).All(f => _chosen.Contains(f.Code));

    private string Shown => Show is "waiting" or "acknowledged" or "all" ? Show : "open";

    private (string Key, string Text, int Count)[] Statuses =>
    [
        ("open", "Open", _counts is { } c ? c.Waiting + c.Acknowledged : 0), ("waiting", "Waiting", _counts?.Waiting ?? 0),
        ("acknowledged", "Acknowledged", _counts?.Acknowledged ?? 0), ("all", "All", 0),
    ];

    private string EmptyTitle =>
        Own ? "You raised no flag by name" : Program is not null ? "No flag matches these filters" : Shown == "all"
            ? "No flags" : $"No {Shown} flags";

    protected override object? ParametersKey => (Show, Mine, Program, After);

    protected override IReadOnlyCollection<string> Topics => AccessTable.Allows(Actor, Act.TriageFlag) ? ["flags"] : [];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Filter(), After, null, Actor, ct);
        _refusal = page.Refusal;
        (_items, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
        // What was triaged by somebody else, or is on another page, is not chosen any more.
        _chosen.IntersectWith(_items.Where(IsOpen).Select(f => f.Code));
        _counts = Own ? null : await Db.ReadAsync(Reader.CountsAsync, ct);
    }

    private static bool IsOpen(FlagListItem flag) => flag.Status is FlagStatus.Waiting or FlagStatus.Acknowledged;

    private void Choose(FlagListItem flag, ChangeEventArgs e)
    {
        if (e.Value is true) _chosen.Add(flag.Code);
        else _chosen.Remove(flag.Code);
    }

    private void ChooseAll(ChangeEventArgs e)
    {
        _chosen.Clear();
        if (e.Value is true) _chosen.UnionWith(_items.Where(IsOpen).Select(f => f.Code));
    }

    // What was refused stays chosen, and is listed with its reason.
    private async Task TriagedAsync(object answer)
    {
        var done = (IReadOnlyList<TriagedFlag>)answer;
        _chosen.ExceptWith(done.Where(d => d.Refusal is null).Select(d => d.Code));
        _triaged = done.Any(d => d.Refusal is not null) ? done : null;
        await ReloadAsync();
    }

    private FlagFilter Filter()
    {
        var filter = Own ? new FlagFilter { Mine = true } : Shown switch
        {
            "waiting" => new FlagFilter { Status = FlagStatus.Waiting },
            "acknowledged" => new FlagFilter { Status = FlagStatus.Acknowledged },
            "all" => new FlagFilter(),
            _ => new FlagFilter { Open = true },
        };
        return filter with { Program = Program };
    }

    private async Task<IEnumerable<Choice<string>>> FindProgramsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => Programs.SearchByPrefixAsync(sql, text, 25), ct))
        .Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"));

    // A change of the filter returns to the first page.
    private string With(string name, string? value) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value, ["after"] = null });

    private void Go(string name, string? value) => Navigation.NavigateTo(With(name, value));

    private static string Details(FlagListItem flag)
    {
        var about = flag.ProgramCode is { } code && flag.About?.Contains(code, StringComparison.OrdinalIgnoreCase) != true
            ? code : flag.About;
        var messages = flag.Messages switch { 0 => null, 1 => "1 message", var n => $"{n:N0} messages" };
        return string.Join(" · ", new[] { about, messages }.Where(p => !string.IsNullOrWhiteSpace(p)));
    }
}
