using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>An export of a timeline that was let through.</summary>
internal sealed record BegunExport(string Code, TimelineQuery Query, Actor Viewer, DateTimeOffset At);

/// <summary>
/// The timeline as a document or a table: what its reader sees on the page, in the order in which it happened. Entries are read and written
/// page by page, regardless of their number. An export of a restricted incident is audited.
/// </summary>
internal sealed class TimelineExport(Db db, IncidentReader incidents, ReadTimelineHandler timelines, TimeProvider clock)
{
    public const string MarkdownType = "text/markdown; charset=utf-8";

    private static readonly string[] Columns =
        ["happenedAt", "recordedAt", "kind", "by", "title", "body", "pinned", "revision", "redactedAt", "redactedBy", "redactReason"];

    // What has a meaning anywhere in a line of Markdown, HTML included, and what has one at its beginning.
    private const string Markup = "\\`*_[]<>|~&", Beginnings = "#+-=";

    public static TimelineQuery Query(string[]? kinds, bool? pinned, string? text, DateTimeOffset? asOf) =>
        new(kinds ?? [], pinned == true, null, Cursor.MaxLimit) { Text = text, AsOf = asOf, OldestFirst = true };

    /// <summary>Refused where the first page is.</summary>
    public async Task<Result<BegunExport>> BeginAsync(string code, TimelineQuery query, Actor viewer, CancellationToken ct = default)
    {
        var first = await timelines.HandleAsync(code, query with { Limit = 1 }, viewer, ct);
        if (!first.IsOk) return first.Refusal!;
        if (await db.ReadAsync(sql => incidents.FindVisibleAsync(sql, viewer, code), ct) is not { } incident)
            return Refusal.NotFound("The incident");
        if (incident.Confidentiality == Confidentiality.Restricted)
        {
            await db.WriteAsync<Done>(
                async tx =>
                {
                    await tx.RecordAsync(viewer, new JournalEntry
                    {
                        Action = "timeline.exported",
                        Subject = $"incident {incident.Code}",
                        About = [incident.Id],
                        Detail = new { query.Kinds, query.PinnedOnly, query.Text, query.AsOf },
                    });
                    return default(Done);
                },
                ct: ct);
        }
        return new BegunExport(incident.Code, query, viewer, clock.GetUtcNow());
    }

    public async Task WriteTableAsync(BegunExport export, Stream to, CancellationToken ct)
    {
        await using var csv = CsvTable.Create(to);
        await csv.WriteRowAsync(Columns, ct);
        await foreach (var e in EntriesAsync(export, ct))
        {
            await csv.WriteRowAsync([Time(e.HappenedAt), Time(e.RecordedAt), e.Kind, e.By, e.Title, e.Body, e.Pinned, e.Revision,
                e.Redacted is { } r ? Time(r.At) : null, e.Redacted?.By, e.Redacted?.Reason], ct);
        }
    }

    public async Task WriteDocumentAsync(BegunExport export, Stream to, CancellationToken ct)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await text.WriteLineAsync($"# Timeline of {export.Code}\n\n{Heading(export)}");
        var day = default(DateOnly);
        await foreach (var e in EntriesAsync(export, ct))
        {
            if (DateOnly.FromDateTime(e.HappenedAt.UtcDateTime) is var date && date != day)
                await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n## {day = date:yyyy-MM-dd}\n"));
            await text.WriteLineAsync(Line(e));
            foreach (var line in Body(e)) await text.WriteLineAsync($"  > {line}".TrimEnd());
        }
    }

    private async IAsyncEnumerable<TimelineEntryView> EntriesAsync(BegunExport export, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await timelines.HandleAsync(export.Code, export.Query with { Cursor = cursor }, export.Viewer, ct);
            // Meanwhile no longer the reader's to see: the export ends here.
            if (!page.IsOk) yield break;
            foreach (var entry in page.Value.Items) yield return entry;
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null);
    }

    private static string Heading(BegunExport export)
    {
        var query = export.Query;
        var said = new StringBuilder($"Exported {Time(export.At)} by {Plain(export.Viewer.Name)}. Times are UTC.");
        if (query.AsOf is { } asOf) said.Append(CultureInfo.InvariantCulture, $"\nAs it was known at {Time(asOf)}.");
        if (query.Kinds.Count > 0)
        {
            said.Append(CultureInfo.InvariantCulture,
                $"\nOnly {string.Join(", ", query.Kinds.Select(k => Plain(Codes.Lower(k))))}.");
        }
        if (query.PinnedOnly) said.Append("\nOnly what is pinned.");
        if (!string.IsNullOrWhiteSpace(query.Text))
            said.Append(CultureInfo.InvariantCulture, $"\nOnly what contains «{Plain(query.Text)}».");
        return said.ToString();
    }

    private static string Line(TimelineEntryView e)
    {
        var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"- **{e.HappenedAt.UtcDateTime:HH:mm:ss}** {Plain(e.Title)} ({Plain(e.By)})"));
        if (e.RecordedAt - e.HappenedAt > TimeSpan.FromMinutes(1))
            line.Append(CultureInfo.InvariantCulture, $", recorded {Time(e.RecordedAt)}");
        if (e.Revision > 1) line.Append(CultureInfo.InvariantCulture, $", revision {e.Revision}");
        if (e.Pinned) line.Append(", pinned");
        return line.ToString();
    }

    private static IEnumerable<string> Body(TimelineEntryView e) => e.Redacted is { } r
        ? [$"Redacted by {Plain(r.By)}, {Time(r.At)}: {Plain(r.Reason)}"]
        : e.Body is { } body ? body.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries).Select(Plain) : [];

    /// <summary>A text of one line that Markdown renders as it was written.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (Markup.Contains(c, StringComparison.Ordinal) || (plain.Length == 0 && Beginnings.Contains(c, StringComparison.Ordinal)))
                plain.Append('\\');
            plain.Append(c);
        }
        // «1.» or «1)» begins a numbered list.
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits > 0 && digits < text.Length && (text[digits] is '.' or ')')) plain.Insert(digits, '\\');
        return plain.ToString();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
