using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The timeline, newest first, with the composer on top. It loads independently of the page: typed text is kept when the page reloads.
/// </summary>
public partial class IncidentTimeline : LiveComponent
{
    private const int First = 30, Most = 5_000, Part = 250;

    internal static readonly (string Key, string Name, string[] Kinds)[] Filters =
    [
        ("all", "All", []),
        ("notes", "Notes", ["note", "observation", "update"]),
        ("status", "Status", ["declared", "sev-changed", "contained", "resolved", "closed", "reopened", "merged",
            "timestamp", "legal-hold"]),
        ("pauses", "Pauses", ["pause", "pause-proposed", "pause-declined", "pause-kept", "pause-lifted", "stage", "stage-stopped",
            "stopped", "violation", "decision"]),
        ("scope", "Scope", ["exposure", "evidence", "access-review", "advice", "program", "role", "details", "confidentiality"]),
        ("pinned", "Pinned", []),
    ];

    private static readonly IReadOnlyList<Choice<NoteKind>> Kinds =
        [.. Enum.GetValues<NoteKind>().Select(k => new Choice<NoteKind>(k, k.ToString()))];

    private IReadOnlyList<TimelineEntryView> _entries = [];
    private string? _next;
    private string? _body;
    private NoteKind _kind;
    private DateTimeOffset? _seen;
    private Refusal? _refusal;
    private Guid? _revising;
    private string? _revised;
    private int _revision;
    private Refusal? _reviseRefusal;
    private Guid? _history;
    private Guid? _redacting;
    private NoteRevisionView[] _revisions = [];

    [Inject] private ReadTimelineHandler Timeline { get; set; } = null!;
    [Inject] private NoteCommands Notes { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [CascadingParameter] private IncidentPageModel? Model { get; set; }

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    /// <summary>The filter and the number of entries; both are in the URL.</summary>
    [SupplyParameterFromQuery] public string? Kind { get; set; }
    [SupplyParameterFromQuery] public string? Shown { get; set; }

    protected override object? ParametersKey => (Code, FilterKey, Shown);

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    private string FilterKey => Array.Exists(Filters, f => f.Key == Kind) ? Kind! : "all";

    private bool MayWrite => Model?.MayChange(Actor) == true;

    private bool MayRedact => Domain.Access.AccessTable.Allows(Actor, Domain.Access.Act.Redact);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var wanted = Math.Clamp(QueryText.Number(Shown) ?? First, First, Most);
        var entries = new List<TimelineEntryView>(wanted);
        string? next = null;
        do
        {
            var page = await Timeline.HandleAsync(Code, Query(next, Math.Min(wanted - entries.Count, Part)), Actor, ct);
            if (!page.IsOk) return;
            entries.AddRange(page.Value.Items);
            next = page.Value.NextCursor;
        }
        while (next is not null && entries.Count < wanted);
        (_entries, _next) = (entries, next);
    }

    private TimelineQuery Query(string? cursor, int limit) =>
        new(Filters.First(f => f.Key == FilterKey).Kinds, FilterKey == "pinned", cursor, limit);

    private string With(string key) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["kind"] = key == "all" ? null : key, ["shown"] = null });

    private async Task SendAsync()
    {
        var result = await Notes.WriteAsync(Code, new(_kind, _body ?? "", _kind == NoteKind.Observation ? _seen : null), Actor, Gone);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_body, _seen, _kind) = (null, null, NoteKind.Note);
        await ReloadAsync();
    }

    private void Begin(TimelineEntryView entry) => (_revising, _revised, _revision, _reviseRefusal) =
        (entry.Id, entry.Body, entry.Revision, null);

    private async Task ReviseAsync(TimelineEntryView entry)
    {
        var result = await Notes.ReviseAsync(Code, entry.Id, _revised ?? "", _revision, Actor, Gone);
        _reviseRefusal = result.Refusal;
        if (!result.IsOk) return;
        _revising = null;
        await ReloadAsync();
    }

    private async Task ShowLatestAsync()
    {
        await ReloadAsync();
        _revision = _entries.FirstOrDefault(e => e.Id == _revising)?.Revision ?? _revision;
        _reviseRefusal = null;
    }

    private async Task PinAsync(TimelineEntryView entry)
    {
        await Notes.PinAsync(Code, entry.Id, !entry.Pinned, Actor, Gone);
        await ReloadAsync();
    }

    private async Task RedactedAsync(bool redacted)
    {
        _redacting = null;
        if (redacted) await ReloadAsync();
    }

    private async Task HistoryAsync(TimelineEntryView entry)
    {
        _history = _history == entry.Id ? null : entry.Id;
        if (_history is null) return;
        var revisions = await Timeline.RevisionsAsync(Code, entry.Id, Actor, Gone);
        _revisions = revisions.IsOk ? revisions.Value : [];
    }
}
