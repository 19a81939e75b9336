using System.Text.Json;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Audit;

/// <summary>
/// What people wrote and replaced later, as far as the payloads of the audit log have it: for a redaction. A row is one record, its columns
/// are the properties of its payload.
/// </summary>
internal static class FormerTexts
{
    public const string Table = "AuditEntry";

    // Properties that hold what a person typed.
    private static readonly HashSet<string> Written =
    [
        "what", "note", "reason", "factors", "wentWell", "lessons", "title", "body", "text", "summary", "evidence", "rationale", "comment",
        "question", "answer", "reference", "authority", "takenFrom", "takenBy", "condition", "actions", "needs", "series",
    ];

    // Acts of which a property of that name is the hub's, or no text; «*» of all properties.
    private static readonly (string Act, string Property)[] Described =
        [("pause.", "title"), ("safeguard.broken", "*"), ("incident.exposure-", "evidence"), ("privileged-", "*")];

    /// <summary>
    /// Of acts of people only: what the hub did by itself has no text of a person. Why something was redacted stays on record.
    /// </summary>
    public static IReadOnlyList<StoredRow> Of(IEnumerable<RecordedAct> acts) =>
        [.. acts.Where(a => a.IsByPerson && !a.Act.EndsWith("redacted", StringComparison.Ordinal)).Select(Row).OfType<StoredRow>()];

    private static StoredRow? Row(RecordedAct act)
    {
        var columns = new Dictionary<string, object?>
        {
            ["RowsKey"] = act.Sequence,
            ["CopySubject"] = act.Subject,
            ["OfPlace"] = act.Subject,
            ["OfKind"] = act.Act,
        };
        var facts = columns.Count;
        using var payload = JsonDocument.Parse(act.Payload);
        Collect(payload.RootElement, "", columns, name => Described.Any(d => act.Act.StartsWith(d.Act, StringComparison.Ordinal)
            && (d.Property == "*" || d.Property == name)));
        return columns.Count > facts ? new(Table, columns) : null;
    }

    private static void Collect(JsonElement from, string path, Dictionary<string, object?> into, Predicate<string> isHubs)
    {
        if (from.ValueKind == JsonValueKind.Array)
        {
            var number = 0;
            foreach (var item in from.EnumerateArray()) Collect(item, $"{path}{number++}.", into, isHubs);
        }
        if (from.ValueKind != JsonValueKind.Object) return;
        // A changed detail is text before and after; other changes are of a name from a list. Series and files are named by people.
        var detail = from.TryGetProperty("field", out var field) ? field.GetString() : null;
        var isNamed = from.TryGetProperty("members", out _) || from.TryGetProperty("takenFrom", out _);
        foreach (var property in from.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String) Collect(property.Value, $"{path}{property.Name}.", into, isHubs);
            else if (detail is not null && property.Name is ("from" or "to"))
                into[$"{path}{property.Name}.{detail}"] = property.Value.GetString();
            else if (isHubs(property.Name)) continue;
            else if (Written.Contains(property.Name) || (isNamed && property.Name == "name"))
                into[path + property.Name] = property.Value.GetString();
        }
    }
}
