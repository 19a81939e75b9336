using System.Text.Json.Nodes;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>
/// The audit log of both worlds for an auditor. The secret adds rows, which show act, actor, time, hash and a pseudonym; a row that is also
/// about the secret is withheld in the same way. Every other row is the same.
/// </summary>
internal static class AuditedWorlds
{
    // The number and the hash of a row depend on all rows before it, and so does what names them: the record of a redaction. Versions and
    // epochs count what happened to the program.
    private static readonly string[] Ignored = ["sequence", "hash", "pseudonym", "epoch", "statement"];

    public static async Task<IReadOnlyList<string>> DifferencesAsync(World without, World with)
    {
        var (left, right) = (await RowsAsync(without), await RowsAsync(with));
        var found = new List<string>();
        foreach (var row in right)
        {
            if (Secret.Words.FirstOrDefault(w => row.ToJsonString().Contains(w)) is { } word)
                found.Add($"auditor: the audit log has «{word}»: {row.ToJsonString()}");
        }
        var shown = right.Where(r => !IsWithheld(r)).Select(Text).ToList();
        var withheld = right.Where(IsWithheld).Select(Outline).ToList();
        Assert.True(shown.Count > 50, $"{shown.Count} rows of the audit log are shown.");
        var at = 0;
        foreach (var row in left.Where(r => !IsWithheld(r)))
        {
            var next = shown.FindIndex(at, s => s == Text(row));
            if (next == at) at++;
            else if (!withheld.Remove(Outline(row)))
            {
                found.Add($"auditor: the audit log\n  - {Text(row)}\n  + {shown.ElementAtOrDefault(at)}");
                break;
            }
        }
        found.AddRange(shown.Skip(at).Take(3).Select(s => $"auditor: the audit log has more:\n  + {s}").Take(found.Count == 0 ? 3 : 0));
        return found;
    }

    private static async Task<List<JsonObject>> RowsAsync(World world)
    {
        var (rows, cursor) = (new List<JsonObject>(), "");
        do
        {
            var page = JsonNode.Parse((await world.ReadAsync("auditor", $"audit?limit=250{cursor}")).ToString())!;
            rows.AddRange(page["items"]!.AsArray().Select(i => i!.AsObject()));
            cursor = page["nextCursor"]?.GetValue<string>() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : "";
        }
        while (cursor.Length > 0);
        rows.Reverse();
        // The order of reads that are audited afterwards differs.
        return [.. rows.Where(r => !$"{r["act"]}".EndsWith(".read", StringComparison.Ordinal)
            && !$"{r["act"]}".EndsWith(".listed", StringComparison.Ordinal))];
    }

    private static bool IsWithheld(JsonObject row) => row["pseudonym"] is not null;

    // By second: of transactions at the same moment the parts of a second differ.
    private static string Outline(JsonObject row) => $"{row["act"]} {row["actorName"]} {$"{row["at"]}"[..19]}";

    private static string Text(JsonObject row)
    {
        var copy = row.DeepClone();
        if ($"{row["act"]}" == "audit.redacted") copy.AsObject().Remove("subject");
        Remove(copy);
        return Answers.Of(copy).ReplaceLineEndings(" ");
    }

    private static void Remove(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Remove(item);
        if (node is not JsonObject o) return;
        foreach (var (name, value) in o.ToList())
        {
            if (Ignored.Contains(name)) o.Remove(name);
            else Remove(value);
        }
    }
}
