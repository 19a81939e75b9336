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
    /// <summary>How many entries are shown at once: the page stays as quick with thousands of them.</summary>
    private const int Window = 100;

    internal static readonly (string Key, string Name, string[] Kinds)[] Filters =
    [
        ("all", "All", []),
        ("updates", "Updates", ["update"]),
        ("notes", "Notes", ["note", "observation", "update"]),
        ("status", "Status", ["declared", "sev-changed", "contained", "resolved", "closed", "reopened", "merged",
            "timestamp", "legal-hold"]),
        ("pauses", "Pauses", ["pause", "pause-proposed", "pause-declined", "pause-kept", "pause-lifted", "stage", "stage-stopped",
            "stopped", "violation", "decision"]),
        ("scope", "Scope", ["exposure", "evidence", "access-review", "advice", "program", "role", "details", "confidentiality",
            "related", "series", "redaction"]),
        ("pinned", "Pinned", []),
    ];

    private static readonly IReadOnlyList<Choice<NoteKind>> Kinds =
        [.. Enum.GetValues<NoteKind>().Select(k => new Choice<NoteKind>(k, k.ToString()))];

    private IReadOnlyList<TimelineEntryView> _entries = [];
    private IReadOnlyList<string> _words = [];
    private Refusal? _refused;
    private bool _choosing;
    private string? _next;
    private string? _body, _condition, _actions, _needs;
    private NoteKind _kind;
    private DateTimeOffset? _seen;
    private Refusal? _refusal;
    private Guid? _revising;
    private string? _revised, _revisedCondition, _revisedActions, _revisedNeeds;
    private UpdateText? _revisedUpdate;
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

    /// <summary>The timeline as it was known at that time, without acts; null: as it is.</summary>
    [Parameter] public DateTimeOffset? AsOf { get; set; }

    /// <summary>The filter, the search and the page; all are in the URL.</summary>
    [SupplyParameterFromQuery] public string? Kind { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Older { get; set; }

    protected override object? ParametersKey => (Code, FilterKey, Q, Older, AsOf);

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    // What was pinned at an earlier time is not recorded.
    private IEnumerable<(string Key, string Name, string[] Kinds)> Offered =>
        AsOf is null ? Filters : Filters.Where(f => f.Key != "pinned");

    private string FilterKey => Offered.Any(f => f.Key == Kind) ? Kind! : "all";

    private bool MayWrite => AsOf is null && Model?.MayChange(Actor) == true;

    private bool MayRedact => AsOf is null && Domain.Access.AccessTable.Allows(Actor, Domain.Access.Act.Redact);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Timeline.HandleAsync(Code, Query(), Actor, ct);
        _words = TextMatch.Words(Q);
        _refused = page.Refusal;
        (_entries, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private TimelineQuery Query() =>
        new(Filters.First(f => f.Key == FilterKey).Kinds, FilterKey == "pinned", Older, Window) { Text = Q, AsOf = AsOf };

    private string With(string key) => Address("kind", key == "all" ? null : key);

    private void Search(string? text) => Navigation.NavigateTo(Address("q", string.IsNullOrWhiteSpace(text) ? null : text.Trim()));

    // A change of the filter returns to the first page.
    private string Address(string name, string? value) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value, ["older"] = null });

    private async Task SendAsync()
    {
        var result = _kind == NoteKind.Update
            ? await Notes.SendUpdateAsync(Code, new(_condition ?? "", _actions ?? "", _needs ?? ""), false, Actor, Gone)
            : await Notes.WriteAsync(Code, new(_kind, _body ?? "", _kind == NoteKind.Observation ? _seen : null), Actor, Gone);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_body, _condition, _actions, _needs, _seen, _kind) = (null, null, null, null, null, NoteKind.Note);
        await ReloadAsync();
    }

    private void Begin(TimelineEntryView entry)
    {
        (_revising, _revised, _revision, _reviseRefusal, _revisedUpdate) = (entry.Id, entry.Body, entry.Revision, null, PartsOf(entry));
        (_revisedCondition, _revisedActions, _revisedNeeds) =
            (_revisedUpdate?.Condition, _revisedUpdate?.Actions, _revisedUpdate?.Needs);
    }

    private async Task ReviseAsync(TimelineEntryView entry)
    {
        var result = _revisedUpdate is null
            ? await Notes.ReviseAsync(Code, entry.Id, _revised ?? "", _revision, Actor, Gone)
            : await Notes.ReviseUpdateAsync(
                Code, entry.Id, new(_revisedCondition ?? "", _revisedActions ?? "", _revisedNeeds ?? ""), _revision, Actor, Gone);
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
        // At an earlier time, texts that were written later are none of its earlier ones.
        _revisions = revisions.IsOk ? [.. revisions.Value.Where(r => r.Revision < entry.Revision)] : [];
    }
}
