using System.Globalization;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Incidents;

/// <summary>The print view of a timeline, with the filters of the incident page.</summary>
public partial class TimelinePage : LiveComponent
{
    private const int Most = 5_000;

    private readonly List<TimelineEntryView> _entries = [];
    private DateTimeOffset? _asOf;
    private bool _more;
    private Refusal? _refusal;

    [Inject] private ReadTimelineHandler Timeline { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    [SupplyParameterFromQuery] public string? Kind { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? AsOf { get; set; }

    protected override object? ParametersKey => (Code, Kind, Q, AsOf);

    // A document does not change while it is read.
    protected override IReadOnlyCollection<string> Topics => [];

    private (string Key, string Name, string[] Kinds) Filter =>
        IncidentTimeline.Filters.FirstOrDefault(f => f.Key == Kind) is { Key: not null } known ? known : IncidentTimeline.Filters[0];

    private string ExportAddress => $"api/v1/incidents/{Code}/timeline.md{IncidentTimeline.QueryOfExport(Filter.Key, Q, _asOf)}";

    private string? Narrowed => (Filter.Key, string.IsNullOrWhiteSpace(Q)) switch
    {
        ("all", true) => null,
        ("all", false) => $"Only what contains “{Q}”",
        (_, true) => $"Only {Filter.Name}",
        _ => $"Only {Filter.Name} that contain “{Q}”",
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _asOf = QueryText.Time(AsOf);
        _entries.Clear();
        string? cursor = null;
        do
        {
            var query = new TimelineQuery(Filter.Kinds, Filter.Key == "pinned", cursor, Cursor.MaxLimit)
            {
                Text = Q,
                AsOf = _asOf,
                OldestFirst = true,
            };
            var page = await Timeline.HandleAsync(Code, query, Actor, ct);
            _refusal = page.Refusal;
            if (!page.IsOk) return;
            _entries.AddRange(page.Value.Items);
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null && _entries.Count < Most);
        _more = cursor is not null;
    }

    // On paper a day is not "yesterday".
    private string DateOf(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Viewer.Zone).ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    private string Remarks(TimelineEntryView entry) => string.Concat(
        entry.RecordedAt - entry.HappenedAt > TimeSpan.FromMinutes(1) ? $", recorded {Viewer.Full(entry.RecordedAt)}" : "",
        entry.Revision > 1 && entry.Redacted is null ? $", revision {entry.Revision}" : "",
        entry.Pinned ? ", pinned" : "");
}
