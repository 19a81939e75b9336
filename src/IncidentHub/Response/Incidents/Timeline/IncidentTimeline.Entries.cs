using IncidentHub.Domain.Access;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace IncidentHub.Response.Incidents;

/// <summary>The presentation of an entry.</summary>
public partial class IncidentTimeline
{
    private string Empty => (_words.Count > 0, FilterKey) switch
    {
        (true, _) => _next is null
            ? "Nothing on the timeline contains these words." : "Nothing up to here contains these words. Older entries may.",
        (_, "all") => "Notes and everything that happens to the incident are listed here.",
        _ => "The timeline has no entry of this kind.",
    };

    private string PrintAddress => $"incidents/{Code}/timeline{QueryOfPage(FilterKey, Q, AsOf)}";

    private string ExportAddress(string format) => $"api/v1/incidents/{Code}/timeline.{format}{QueryOfExport(FilterKey, Q, AsOf)}";

    /// <summary>The filters in the address of a page, which takes the name of the filter.</summary>
    internal static string QueryOfPage(string filter, string? text, DateTimeOffset? asOf)
    {
        var query = new QueryBuilder();
        if (filter != "all") query.Add("kind", filter);
        return Narrowed(query, text, asOf);
    }

    /// <summary>The filters in the address of an export, which takes kinds.</summary>
    internal static string QueryOfExport(string filter, string? text, DateTimeOffset? asOf)
    {
        var query = new QueryBuilder();
        if (filter == "pinned") query.Add("pinned", "true");
        query.Add("kind", Filters.First(f => f.Key == filter).Kinds);
        return Narrowed(query, text, asOf);
    }

    private static string Narrowed(QueryBuilder query, string? text, DateTimeOffset? asOf)
    {
        if (!string.IsNullOrWhiteSpace(text)) query.Add("q", text);
        if (asOf is { } time) query.Add("asOf", SnapshotText.Exact(time));
        return query.ToString();
    }

    private RenderFragment Marked(string text) => to =>
    {
        foreach (var part in TextMatch.Parts(text, _words))
        {
            if (!part.IsHit) to.AddContent(0, part.Text);
            else
            {
                to.OpenElement(1, "mark");
                to.AddContent(2, part.Text);
                to.CloseElement();
            }
        }
    };

    private static bool IsNote(TimelineEntryView e) => NoteWords.Read(e.Kind) is not null;

    private static bool IsByPerson(TimelineEntryView e) => e.By != Actor.System.Name;

    // The title of a note is its author; the title of the hub's own entry is the event.
    private static string TitleOf(TimelineEntryView e) => NoteWords.Read(e.Kind) switch
    {
        NoteKind.Update => $"Update by {e.By}",
        NoteKind.Observation => $"Observed by {e.By}",
        NoteKind.Note => e.By,
        null => e.Title,
    };

    private static UpdateText? PartsOf(TimelineEntryView e) =>
        NoteWords.Read(e.Kind) == NoteKind.Update ? UpdateText.Parse(e.Body) : null;

    // «35 min»; null where the update was in time, or the entry is none.
    private static string? LateBy(TimelineEntryView e) =>
        NoteWords.Read(e.Kind) == NoteKind.Update && e.Data is { } data && data.TryGetProperty("lateSeconds", out var late)
            && late.GetInt64() is > 0 and var seconds
            ? Ui.Times.Span(TimeSpan.FromSeconds(seconds)) : null;

    private string? LateTitle(TimelineEntryView e) =>
        e.Data is { } data && data.TryGetProperty("dueAt", out var due) ? $"Was due {Viewer.Full(due.GetDateTimeOffset())}" : null;

    private static string? ClassOf(TimelineEntryView e) =>
        Css.Join(ToneOf(e.Kind) is var tone and not Tone.Neutral ? Css.Of(tone) : null, IsNote(e) ? "note" : null);

    private static Tone ToneOf(string kind) => kind switch
    {
        "reopened" or "violation" => Tone.Bad,
        "stopped" or "resolved" or "closed" or "pause-lifted" => Tone.Ok,
        "pause" or "pause-proposed" or "stage-stopped" or "contained" or "sev-changed" => Tone.Warn,
        "declared" or "update" or "stage" => Tone.Accent,
        _ => Tone.Neutral,
    };
}
