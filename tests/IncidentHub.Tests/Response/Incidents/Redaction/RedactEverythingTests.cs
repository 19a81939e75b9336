using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>
/// Every text that a person can type about an incident, a flag, a task, a decision, a statement or a file has a secret of its own, through
/// all commands of the API. Privacy redacts all of it; no secret is left anywhere.
/// </summary>
public sealed partial class RedactEverythingTests
{
    private const string Reason = "A right to erasure.";

    /// <summary>What people type. Codes, names from a list, times and numbers are none.</summary>
    private static readonly HashSet<string> Typed =
    [
        "reason", "note", "body", "text", "message", "summary", "title", "what", "evidence", "rationale", "comment", "answer", "condition",
        "actions", "needs", "factors", "wentWell", "lessons", "authority", "reference", "takenFrom", "takenBy", "about", "name",
    ];

    /// <summary>Optional texts that the story of all commands leaves out.</summary>
    private static readonly Dictionary<string, object> Further = new()
    {
        ["POST /api/v1/incidents"] = new { summary = "What is known." },
        ["POST /api/v1/flags"] = new { about = "The export" },
        ["POST /api/v1/incidents/{code}/exposures"] = new { note = "Seen in the console." },
        ["PUT /api/v1/incidents/{code}/exposures/{id:guid}"] = new { note = "Read again." },
        ["POST /api/v1/incidents/{code}/programs"] = new { note = "It feeds the table." },
        ["POST /api/v1/incidents/{code}/resolve"] = new { note = "Watched for a week." },
        ["POST /api/v1/incidents/{code}/close"] = new { note = "Nothing is open." },
    };

    private readonly Dictionary<string, string> _secrets = [];

    // Of the texts as they were typed: without a salt, a short one could be guessed from it.
    private readonly HashSet<string> _digests = [];

    [Fact]
    public async Task Every_text_and_file_that_privacy_redacts_is_gone_from_the_database_the_files_and_every_answer()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Looks into the file.");
        await using var story = await CommandStory.StartAsync();
        foreach (var step in CommandSteps.All.TakeWhile(s => s.Route != "PUT /api/v1/policy"))
        {
            if (step.Before is not null) await step.Before(story);
            if (step.Route.EndsWith("/redact", StringComparison.Ordinal)) continue;
            await story.SendAsync(IsOfAnIncident(step.Route) ? step with { Body = s => Plant(step.Route, step.Body(s)) } : step);
        }
        Assert.True(_secrets.Count > 70, $"{_secrets.Count}");
        var privacy = story.As("privacy");
        await story.MakeAsync("counsel", "/api/v1/incidents/INC-1/privileged-readers", new { account = "privacy" });

        await AssertTypedAsync(privacy);
        Assert.DoesNotContain(await LeftAsync(story, Digest()), d => _digests.Contains(d.Split(": ")[^1]));

        await RedactAllAsync(privacy);

        var left = (await LeftAsync(story, Secret())).Select(l => l.Split(": ") is [.. var where, var secret]
            ? $"{string.Join(": ", where)}: {_secrets[secret]}" : l).ToList();
        Assert.True(left.Count == 0, $"{left.Count} are left:\n{string.Join('\n', left)}");
        await SignedLog.SignAsync(story.Hub);
        var verdict = await story.As("auditor").ReadAsync("/api/v1/audit/verification");
        Assert.True(verdict.GetProperty("ok").GetBoolean(), verdict.ToString());
        foreach (var path in (string[])["incidents/INC-1", "incidents/INC-1/timeline.csv", "incidents/INC-1/timeline.md",
            "incidents?q=secret", "incidents/INC-1/texts", "flags/F-1", "decisions/D-1", "statements/S-1", "notices", "tasks", "audit"])
        {
            using var answer = await privacy.GetAsync($"/api/v1/{path}");
            Assert.DoesNotMatch(Secret(), await answer.Content.ReadAsStringAsync());
        }
    }

    // What is offered was typed: it has a secret, or it stands in the story itself.
    private static async Task AssertTypedAsync(HttpClient privacy)
    {
        var story = string.Concat(SourceTree.Files("tests/IncidentHub.Tests/Access/Audit", "Command*.cs").Select(File.ReadAllText));
        var others = new List<string>();
        foreach (var path in (string[])["incidents/INC-1", "incidents/INC-2", "decisions/D-1", "flags/F-1", "tasks/T-1", "statements/S-1"])
        {
            var texts = (await privacy.ReadAsync($"/api/v1/{path}/texts")).GetProperty("texts").EnumerateArray().ToList();
            Assert.NotEmpty(texts);
            others.AddRange(texts.Where(t => !Secret().IsMatch(t.Text("text")) && !story.Contains(t.Text("text"), StringComparison.Ordinal))
                .Select(t => $"{path}: {t.Text("place")}: {t.Text("text")}"));
        }
        Assert.True(others.Count == 0, $"Nobody typed:\n{string.Join('\n', others)}");
    }

    // Each thing on its own, then what is left of the incidents, chosen from the list of their texts.
    private static async Task RedactAllAsync(HttpClient privacy)
    {
        foreach (var path in (string[])["/api/v1/decisions", "/api/v1/flags", "/api/v1/statements", "/api/v1/tasks",
            "/api/v1/incidents/INC-1/evidence", "/api/v1/incidents/INC-2/evidence"])
        {
            var kind = path.EndsWith("/evidence", StringComparison.Ordinal) ? "/api/v1/evidence" : path;
            foreach (var thing in (await privacy.ReadAsync($"{path}?limit=100")).GetProperty("items").EnumerateArray())
            {
                var (status, body) = await privacy.PostAsync($"{kind}/{thing.Text("code")}/redact", new { reason = Reason });
                Assert.True(status == HttpStatusCode.OK || body.Text("code") == "redacted", $"{thing.Text("code")}: {body}");
            }
        }
        foreach (var code in (string[])["INC-1", "INC-2"])
        {
            var list = await privacy.ReadAsync($"/api/v1/incidents/{code}/texts");
            var ids = list.GetProperty("texts").EnumerateArray().Where(t => Secret().IsMatch(t.Text("text")))
                .Select(t => t.GetProperty("id").GetGuid());
            foreach (var some in ids.Chunk(100))
                AssertOk(await privacy.PostAsync($"/api/v1/incidents/{code}/redact", new { reason = Reason, texts = some }));
        }
    }

    private static async Task<List<string>> LeftAsync(CommandStory story, Regex what)
    {
        var left = new List<string>();
        var tables = await story.Hub.Db.ReadAsync(async sql => (await ((Sql)sql).Connection.QueryAsync<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table'")).AsList());
        foreach (var table in tables)
        {
            foreach (IDictionary<string, object?> row in await story.Hub.Db.ReadAsync(sql => ((Sql)sql).Connection.QueryAsync(
                $"SELECT * FROM [{table}]")))
            {
                foreach (var (column, value) in row)
                {
                    var text = value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "";
                    left.AddRange(what.Matches(text).Select(m => $"{table}.{column}: {m.Value}"));
                }
            }
        }
        var folder = Path.GetDirectoryName(story.Hub.DatabaseFile)!;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) != ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            left.AddRange(what.Matches(await reader.ReadToEndAsync()).Select(m => $"{Path.GetFileName(file)}: {m.Value}"));
        }
        return [.. left.Distinct()];
    }

    private static bool IsOfAnIncident(string route) => new[] { "incidents", "flags", "tasks", "decisions", "statements", "obligations",
        "notices", "access-reviews", "pauses" }.Any(p => route.Contains($" /api/v1/{p}", StringComparison.Ordinal));

    private object? Plant(string route, object? body)
    {
        if (body is FormBody form)
        {
            return form with
            {
                File = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(form.File)} {New($"{route} file")}"),
                Fields = [.. form.Fields.Select(f => Typed.Contains(f.Name)
                    ? (f.Name, Typing($"{f.Value} {New($"{route} {f.Name}")}")) : f)],
            };
        }
        if (JsonSerializer.SerializeToNode(body) is not JsonObject json) return body;
        if (Further.TryGetValue(route, out var more))
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) json.TryAdd(name, value!.DeepClone());
        }
        Plant(route, json);
        return json;
    }

    private void Plant(string route, JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
        {
            if (value is JsonObject inner) Plant(route, inner);
            else if (value is JsonArray items)
            {
                foreach (var item in items.OfType<JsonObject>()) Plant(route, item);
            }
            // An access review names its log by code.
            else if (Typed.Contains(name) && !(name == "evidence" && route.Contains("access-reviews", StringComparison.Ordinal))
                && value?.GetValueKind() == JsonValueKind.String) json[name] = Typing($"{value} {New($"{route} {name}")}");
        }
    }

    private string Typing(string text)
    {
        _digests.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        return text;
    }

    private string New(string place)
    {
        var secret = $"secret{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        _secrets[secret] = place;
        return secret;
    }

    [GeneratedRegex("secret[0-9a-f]{32}")]
    private static partial Regex Secret();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();
}
