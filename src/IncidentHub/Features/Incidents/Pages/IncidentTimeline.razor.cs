using IncidentHub.Domain;
using IncidentHub.Domain.Timeline;
using IncidentHub.Features.Timeline;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Incidents.Pages;

/// <summary>The story, newest first, with the composer on top. It loads by itself: what is typed survives every change around it.</summary>
public partial class IncidentTimeline : LiveComponent
{
    private static readonly (string Key, string Name, string[] Kinds)[] Filters =
    [
        ("all", "All", []),
        ("notes", "Notes", ["note", "observation", "update"]),
        ("state", "State", ["declared", "sev-changed", "contained", "resolved", "closed", "reopened", "merged", "moment", "legal-hold"]),
        ("pauses", "Pauses", ["pause", "pause-proposed", "pause-declined", "pause-kept", "pause-lifted", "stage", "stage-stopped", "stopped", "violation", "decision"]),
        ("scope", "Scope", ["exposure", "advice", "program", "role", "details", "confidentiality"]),
        ("pinned", "Pinned", []),
    ];

    private readonly List<TimelineEntryView> _entries = [];
    private string? _next;
    private string _filter = "all";
    private string? _body;
    private NoteKind _kind;
    private DateTimeOffset? _seen;
    private Refusal? _refusal;
    private bool _busy;
    private Guid? _revising;
    private string? _revised;
    private Refusal? _reviseRefusal;
    private Guid? _history;
    private NoteRevisionView[] _revisions = [];

    [Inject] private ReadTimelineHandler Timeline { get; set; } = null!;
    [Inject] private WriteNoteHandler Notes { get; set; } = null!;
    [Inject] private ReviseNoteHandler Revisions { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [CascadingParameter] private IncidentPageModel? Model { get; set; }

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    private bool MayWrite => Model?.MayChange(Actor) == true;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        // As many as were shown, so that a new entry does not fold the story up.
        var page = await Timeline.HandleAsync(Code, Query(null, Math.Clamp(_entries.Count + 1, 30, 250)), Actor, ct);
        if (!page.IsOk) return;
        _entries.Clear();
        _entries.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private TimelineQuery Query(string? cursor, int? limit) => new(Filters.First(f => f.Key == _filter).Kinds, _filter == "pinned", cursor, limit);

    private Task FilterAsync(string key)
    {
        _filter = key;
        _entries.Clear();
        return ReloadAsync();
    }

    private async Task MoreAsync()
    {
        var page = await Timeline.HandleAsync(Code, Query(_next, 50), Actor, Gone);
        if (!page.IsOk) return;
        _entries.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private async Task SendAsync()
    {
        if (_busy) return;
        _busy = true;
        var result = await Notes.HandleAsync(new(Code, _kind, _body ?? "", _kind == NoteKind.Observation ? _seen : null), Actor, Gone);
        _busy = false;
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_body, _seen, _kind) = (null, null, NoteKind.Note);
        await ReloadAsync();
    }

    private void Begin(TimelineEntryView entry) => (_revising, _revised, _reviseRefusal) = (entry.Id, entry.Body, null);

    private async Task ReviseAsync(TimelineEntryView entry)
    {
        var result = await Revisions.HandleAsync(new ReviseNote(Code, entry.Id, _revised ?? "", entry.Revision), Actor, Gone);
        _reviseRefusal = result.Refusal;
        if (!result.IsOk) return;
        _revising = null;
        await ReloadAsync();
    }

    private async Task PinAsync(TimelineEntryView entry)
    {
        await Revisions.HandleAsync(new PinEntry(Code, entry.Id, !entry.Pinned), Actor, Gone);
        await ReloadAsync();
    }

    private async Task HistoryAsync(TimelineEntryView entry)
    {
        _history = _history == entry.Id ? null : entry.Id;
        if (_history is null) return;
        var revisions = await Timeline.RevisionsAsync(Code, entry.Id, Actor, Gone);
        _revisions = revisions.IsOk ? revisions.Value : [];
    }

    private static bool IsNote(TimelineEntryView e) => NoteWords.Read(e.Kind) is not null;

    // A note is told by who wrote it; what the hub recorded, by what happened.
    private static string TitleOf(TimelineEntryView e) => NoteWords.Read(e.Kind) switch
    {
        NoteKind.Update => $"Update by {e.By}",
        NoteKind.Observation => $"Observed by {e.By}",
        NoteKind.Note => e.By,
        null => e.Title,
    };

    private static Tone ToneOf(string kind) => kind switch
    {
        "reopened" or "violation" => Tone.Bad,
        "stopped" or "resolved" or "closed" or "pause-lifted" => Tone.Ok,
        "pause" or "pause-proposed" or "stage-stopped" or "contained" or "sev-changed" => Tone.Warn,
        "declared" or "update" or "stage" => Tone.Accent,
        _ => Tone.Neutral,
    };
}
