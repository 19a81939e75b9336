using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Flags.Pages;

public partial class FlagListPage : LiveComponent
{
    private IReadOnlyList<FlagListItem> _items = [];
    private FlagCounts? _counts;
    private string? _next;
    private int _pages = 1;

    [Inject] private FlagQueries Queries { get; set; } = null!;
    [Inject] private FlagReader Reader { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;

    /// <summary><c>open</c> (default), <c>waiting</c>, <c>acknowledged</c> or <c>all</c>.</summary>
    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Mine { get; set; }

    private bool Own => Mine is not null || !AccessTable.Allows(Actor, Act.TriageFlag);

    private string Shown => Show is "waiting" or "acknowledged" or "all" ? Show : "open";

    private (string Key, string Text, int Count)[] Pills =>
        [("open", "Open", 0), ("waiting", "Waiting", _counts?.Waiting ?? 0), ("acknowledged", "Acknowledged", _counts?.Acknowledged ?? 0), ("all", "All", 0)];

    protected override object? ParametersKey => (Show, Mine);

    protected override IReadOnlyCollection<string> Topics => ["flags"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var filter = Own ? new FlagFilter { Mine = true } : Shown switch
        {
            "waiting" => new FlagFilter { Status = FlagStatus.Waiting },
            "acknowledged" => new FlagFilter { Status = FlagStatus.Acknowledged },
            "all" => new FlagFilter(),
            _ => new FlagFilter { Open = true },
        };
        var page = await Queries.ListAsync(filter, null, Math.Min(_pages * 50, Cursor.MaxLimit), Actor, ct);
        (_items, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
        _counts = Own ? null : await Db.ReadAsync(Reader.CountsAsync, ct);
    }

    private async Task MoreAsync()
    {
        _pages++;
        await ReloadAsync();
    }

    private static string? About(FlagListItem flag) => flag.ProgramCode is { } code && flag.About?.Contains(code, StringComparison.OrdinalIgnoreCase) != true ? code : flag.About;
}
