using System.Text.Json.Nodes;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>Every kind of change to an export is found with the hub's public keys only, and located.</summary>
public class AuditExportTests : IClassFixture<SignedLog>
{
    private readonly SignedLog _log;

    public AuditExportTests(SignedLog log)
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Uses the log of a SQLite file.");
        _log = log;
    }

    [Fact]
    public async Task An_untouched_export_verifies_without_the_database()
    {
        var (code, said) = await _log.CommandAsync(_log.Export, "--keys", _log.Keys, "--checkpoints", _log.Kept);
        Assert.True(code == 0, said);
        Assert.Contains("rows to 8 are covered", said, StringComparison.Ordinal);
        Assert.Contains("2 kept checkpoints fit", said, StringComparison.Ordinal);
        (code, said) = await _log.CommandAsync(_log.Export);
        Assert.True(code == 0, said);
        Assert.Contains("Signatures were not verified", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_any_field_of_any_line_is_located()
    {
        var row = 0;
        for (var i = 0; i < _log.Export.Count; i++)
        {
            var line = JsonNode.Parse(_log.Export[i])!.AsObject();
            if (line.ContainsKey("sequence")) row++;
            foreach (var name in line.Select(p => p.Key).ToList())
            {
                var changed = _log.Export.ToList();
                var other = line.DeepClone().AsObject();
                other[name] = Other(line[name]);
                changed[i] = other.ToJsonString();
                var said = _log.Verify(changed);
                Assert.True(said.StartsWith("FAULT", StringComparison.Ordinal), $"{name} of line {i}: {said}");
                if (i < _log.Export.Count - 1) Assert.True(
                    System.Text.RegularExpressions.Regex.IsMatch(said, $"^FAULT at row ({row}|{row + 1})\\b"),
                        $"{name} of line {i}: {said}");
            }
        }
    }

    [Fact]
    public void A_change_of_any_byte_is_found()
    {
        for (var i = 0; i < _log.Export.Count; i++)
        {
            // Each line is long: every seventh character, another in each line.
            for (var at = i % 7; at < _log.Export[i].Length; at += 7)
            {
                var changed = _log.Export.ToList();
                changed[i] = changed[i][..at] + (char)(changed[i][at] ^ 1) + changed[i][(at + 1)..];
                var said = _log.Verify(changed);
                Assert.True(said.StartsWith("FAULT", StringComparison.Ordinal), $"Character {at} of line {i}: {said}");
            }
        }
    }

    [Fact]
    public void Lines_removed_doubled_or_swapped_and_a_file_cut_short_are_located()
    {
        var row = 0;
        var hidden = 1 + _log.Export.Where(l => l.StartsWith("{\"sequence\"", StringComparison.Ordinal)).ToList()
            .FindLastIndex(l => l.Contains("\"pseudonym\"", StringComparison.Ordinal));
        var last = _log.Export.Count(l => l.StartsWith("{\"sequence\"", StringComparison.Ordinal));
        for (var i = 0; i < _log.Export.Count; i++)
        {
            if (_log.Export[i].StartsWith("{\"sequence\"", StringComparison.Ordinal)) row++;
            var found = new Dictionary<string, List<string>>
            {
                ["removed"] = [.. _log.Export.Where((_, at) => at != i)],
                ["doubled"] = [.. _log.Export.SelectMany((l, at) => at == i ? [l, l] : (string[])[l])],
                ["cut"] = [.. _log.Export.Take(i)],
            };
            if (i > 0) found["swapped"] = [.. _log.Export.Take(i - 1), _log.Export[i], _log.Export[i - 1], .. _log.Export.Skip(i + 1)];
            foreach (var (what, lines) in found)
            {
                var said = _log.Verify(lines);
                Assert.True(said.StartsWith("FAULT", StringComparison.Ordinal), $"Line {i} {what}: {said}");
                // A checkpoint that is missing is noticed at the next one, or at the head; a section at the last row that it covers.
                if (what == "removed" && i < _log.Export.Count - 1) Assert.Matches($"^FAULT at row ({row}|{row + 1}|8|{hidden}|{last})\\b", said);
            }
        }
    }

    private static JsonNode? Other(JsonNode? value) => value switch
    {
        null => "00",
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, p.Key == "count" ? 99 : p.Value?.DeepClone()))),
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => value.GetValue<long>() + 1,
        _ => value.GetValue<string>() is { Length: > 2 } text
            ? text[..^2] + (text[^2] == '1' ? '2' : '1') + text[^1] : value.GetValue<string>() + "1",
    };
}
