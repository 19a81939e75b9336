using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>What a feature knows of its own rows with texts.</summary>
internal interface IHubTexts
{
    /// <summary>Whether the hub wrote this where people write as well: «Another pause was added.»</summary>
    bool Wrote(StoredRow row, string column, string text);

    /// <summary>The kind of the row as the screen has it; null where its stored name says it.</summary>
    string? KindOf(StoredRow row) => null;
}

/// <summary>What of the stored texts people typed.</summary>
internal sealed class TypedTexts(IEnumerable<IHubTexts> hub)
{
    private const int Recorded = 2, Described = 3;

    private static readonly string Hub = Actor.System.Id.ToString("D");

    // On timelines, the body of these is what somebody typed, or only repeats it; of others the hub describes what changed.
    private static readonly HashSet<string> Plain =
    [
        "note", "observation", "update", "sev-changed", "contained", "resolved", "closed", "reopened", "merged", "confidentiality",
        "program", "details", "break-glass", "related", "series", "obligation", "review", "statement", "question", "legal-hold", "task",
        "pause", "pause-proposed", "pause-declined", "timestamp", "criterion-met", "criterion-waived", "criterion-reopened",
        "placed-in-error", "placed-in-error-withdrawn", "proposed", "sent-back", "rejected", "approved", "taken",
    ];

    /// <summary>
    /// The texts that are left to redact, each once, where it was written first: what repeats another is no text of its own.
    /// </summary>
    public IReadOnlyList<(StoredRow Row, string Column, string Text)> Of(IEnumerable<StoredRow> rows)
    {
        var all = rows.Where(IsByPerson).SelectMany(r => r.Texts.Where(t => RedactedText.IsText(t.Text)
            && !hub.Any(h => h.Wrote(r, t.Column, t.Text))).Select(t => (Row: r, t.Column, t.Text)))
            .OrderBy(t => Rank(t.Row)).DistinctBy(t => t.Text).ToList();
        var stored = new RedactedText(all.Where(t => Rank(t.Row) < Recorded).Select(t => t.Text));
        var kept = all.Where(t => Rank(t.Row) < Recorded || (Rank(t.Row) == Recorded && !stored.IsIn(t.Text))).ToList();
        var typed = new RedactedText(kept.Select(t => t.Text));
        return [.. kept, .. all.Where(t => Rank(t.Row) == Described && !typed.IsIn(t.Text)
            && !t.Text.Contains(RedactedText.Mark, StringComparison.Ordinal))];
    }

    /// <summary>The place of a text, in words.</summary>
    public string NameOf(StoredRow row, string column) =>
        RedactionPlaces.Name(row, column, hub.Select(h => h.KindOf(row)).FirstOrDefault(k => k is not null));

    private static bool IsByPerson(StoredRow row) => row.BelongsTo("Author") != Hub
        && (Rank(row) != Described || Plain.Contains(KindOf(row) ?? ""));

    // Entries about decisions have one kind on the timeline; their data have the one of the decision's own activity.
    private static string? KindOf(StoredRow row)
    {
        if (row is not { Table: "TimelineEntry", Kind: "decision" } || row.CopyOf("Data") is not { } data) return row.Kind;
        using var facts = JsonDocument.Parse(data);
        return facts.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
    }

    private static int Rank(StoredRow row) => row switch
    {
        { Table: "Incident" } => -1,
        { Table: "AuditEntry" } => Recorded,
        { Table: "TimelineEntry", Kind: not ("note" or "observation" or "update") } or { Table: "DecisionLog" } => Described,
        _ => row.Table.EndsWith("Revision", StringComparison.Ordinal) ? 1 : 0,
    };
}
