using System.Globalization;
using IncidentHub.Domain;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Incidents.Pages;

/// <summary>The list; its filters live in the address, so that a view can be kept and sent.</summary>
public partial class IncidentListPage : LiveComponent
{
    private static readonly (string Key, string Name)[] Statuses =
        [("open", "Open"), ("investigating", "Investigating"), ("contained", "Contained"), ("resolved", "Resolved"), ("closed", "Closed"), ("merged", "Merged"), ("all", "All")];

    private static readonly IReadOnlyList<Choice<string>> Severities =
        [new("0-2", "SEV 0 to 2"), .. Enum.GetValues<Sev>().Select(s => new Choice<string>(((int)s).ToString(CultureInfo.InvariantCulture), s.Label()))];

    private readonly List<IncidentListItem> _items = [];
    private IReadOnlyList<Choice<string>> _programs = [];
    private string? _next;
    private Refusal? _refusal;

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
    [SupplyParameterFromQuery] public bool? Mine { get; set; }

    protected override object? ParametersKey => (StatusKey, Sev, Program, Q, From, To, Mine);

    protected override IReadOnlyCollection<string> Topics => ["incidents"];

    private string StatusKey => Statuses.Any(s => s.Key == Status) ? Status! : "open";

    private bool Narrowed => Sev is not null || Program is not null || Q is not null || From is not null || To is not null || Mine == true;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (_programs.Count == 0)
            _programs = [.. (await Db.ReadAsync(sql => Programs.SearchByPrefixAsync(sql, null, 200), ct)).Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"))];
        // As many as were shown, so that a change elsewhere does not fold the list up.
        var page = await List.HandleAsync(Filter(null, Math.Clamp(_items.Count, 50, 250)), Actor, ct);
        _refusal = page.Refusal;
        _items.Clear();
        if (!page.IsOk) return;
        _items.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    protected override Task OnParametersSetAsync()
    {
        // Another filter begins at its first page again.
        if (!Equals(_shown, ParametersKey)) _items.Clear();
        _shown = ParametersKey;
        return base.OnParametersSetAsync();
    }

    private object? _shown;

    private async Task MoreAsync()
    {
        var page = await List.HandleAsync(Filter(_next, null), Actor, Gone);
        _refusal = page.Refusal;
        if (!page.IsOk) return;
        _items.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private IncidentFilter Filter(string? cursor, int? limit) => new()
    {
        Status = StatusKey, Sev = Sev, Program = Program, Text = Q, From = Day(From), To = Day(To)?.AddDays(1), Mine = Mine == true, Cursor = cursor, Limit = limit,
    };

    // A day of the address begins at midnight where the viewer is.
    private DateTimeOffset? Day(string? text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, Viewer.Zone.GetUtcOffset(day)) : null;

    private string With(string name, string? value) => Navigation.GetUriWithQueryParameter(name, string.IsNullOrWhiteSpace(value) ? null : value);

    private void Go(string name, string? value) => Navigation.NavigateTo(With(name, value));
}
