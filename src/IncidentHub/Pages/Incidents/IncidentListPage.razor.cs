using System.Globalization;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Pages.Incidents;

/// <summary>The list; its filters are in the URL, so that a view can be bookmarked and shared.</summary>
public partial class IncidentListPage : LiveComponent
{
    private static readonly (string Key, string Name)[] Statuses =
        [("open", "Open"), ("investigating", "Investigating"), ("contained", "Contained"), ("resolved", "Resolved"), ("closed", "Closed"),
            ("merged", "Merged"), ("all", "All")];

    private static readonly IReadOnlyList<Choice<string>> Severities =
        [new("0-2", "SEV 0 to 2"), .. Enum.GetValues<Sev>().Select(s =>
            new Choice<string>(((int)s).ToString(CultureInfo.InvariantCulture), s.Label()))];

    private IReadOnlyList<IncidentListItem> _items = [];
    private string? _next;
    private Refusal? _refusal;
    private bool _opening;

    [Inject] private ListIncidentsHandler List { get; set; } = null!;
    [Inject] private ProgramReader Programs { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Status { get; set; }
    [SupplyParameterFromQuery] public string? Sev { get; set; }
    [SupplyParameterFromQuery] public string? Program { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? From { get; set; }
    [SupplyParameterFromQuery] public string? To { get; set; }
    [SupplyParameterFromQuery] public string? Mine { get; set; }

    /// <summary>Only incidents whose update clock is at risk.</summary>
    [SupplyParameterFromQuery] public string? Due { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    protected override object? ParametersKey => (StatusKey, Sev, Program, Q, From, To, Mine, Due, After);

    protected override IReadOnlyCollection<string> Topics => ["incidents"];

    private string StatusKey =>
        Statuses.FirstOrDefault(s => string.Equals(s.Key, Status?.Trim(), StringComparison.OrdinalIgnoreCase)).Key ?? "open";

    private bool IsMine => QueryText.IsTrue(Mine);

    private bool IsDue => QueryText.IsTrue(Due);

    private bool Narrowed =>
        Sev is not null || Program is not null || Q is not null || From is not null || To is not null || IsMine || IsDue;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await List.HandleAsync(Filter(), Actor, ct);
        _refusal = page.Refusal;
        (_items, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private async Task<IEnumerable<Choice<string>>> FindProgramsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => Programs.SearchByPrefixAsync(sql, text, 25), ct))
            .Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"));

    private IncidentFilter Filter() => new()
    {
        Status = StatusKey,
        Sev = Sev,
        Program = Program,
        Text = Q,
        From = Viewer.Midnight(Day(From)),
        To = Viewer.Midnight(Day(To), daysLater: 1),
        Mine = IsMine,
        Cursor = After,
        UpdateDueBy = IsDue ? Viewer.Now + OpenIncidents.AtRisk : null,
    };

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A change of the filter returns to the first page.
    private string With(string name, string? value) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value, ["after"] = null });

    private void Go(string name, string? value) => Navigation.NavigateTo(With(name, value));
}
