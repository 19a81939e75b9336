using System.Net;
using System.Text.Json;
using Dapper;
using IncidentHub.Domain;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>Obligations, tasks and roles at an earlier time: what is hidden, removed or not recorded.</summary>
public sealed class SnapshotPartsTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private HttpClient _privacy = null!;
    private string _code = null!;

    private DateTimeOffset Now => _scene.Hub.Clock.Now;

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _privacy = await _scene.Hub.AsAsync("privacy");
        _code = await _scene.DeclareAsync(sev: 5);
        _scene.Later(10);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_obligation_that_went_to_an_incident_with_other_readers_is_hidden_at_every_time()
    {
        var outsider = await _scene.Hub.AsAsync("executive");
        await _scene.ActAsync(_code, "obligations", new { regime = "HIPAA" });
        var then = Now;
        _scene.Later(10);
        Assert.Equal(2, Items(await ReadAsync(outsider, "obligations", then)).Length);
        var hidden = (await _privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "Names people",
            sev = 5,
            confidentiality = "Restricted",
            programs = new[] { new { program = "MCI" } },
        })).Text("code");
        await _privacy.MakeAsync($"/api/v1/incidents/{_code}/merge", new { into = hidden, reason = "The same." });
        Assert.Empty(Items(await ReadAsync(outsider, "obligations", then)));
        var seen = Items(await ReadAsync(_privacy, "obligations", then));
        Assert.Equal([_code, _code], seen.Select(o => o.Text("incident")));
        Assert.Empty(Items(await ReadAsync(_privacy, "obligations", Now)));
        Assert.Equal(2, Items(await ReadAsync(_privacy, "obligations", Now, hidden)).Length);
        foreach (var part in (string[])["", "/obligations", "/tasks"])
        {
            AssertProblem(await outsider.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{hidden}/snapshot{part}?asOf={Text(Now)}"),
                HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Of_a_task_about_a_hidden_incident_only_status_and_due_time_are_shown_except_to_its_owner()
    {
        var hidden = await _scene.DeclareAsync(5, "TYP", "Names people");
        await _scene.Responder.MakeAsync("/api/v1/tasks",
            new { what = "Tell the three people", incident = _code, owner = "owner", dueAt = Now.AddHours(5) });
        // As a decision about both would open it.
        await _scene.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.Connection.ExecuteAsync(
                "INSERT INTO WorkTaskIncident (TaskId, IncidentId) SELECT t.Id, i.Id FROM WorkTask t JOIN Incident i ON i.Code = @hidden",
                new { hidden }, tx.Transaction);
            return default(Done);
        });
        var then = Now;
        _scene.Later(10);
        await _scene.Responder.MakeAsync("/api/v1/tasks/T-1/cancel", new { reason = "They know." });
        await _scene.ActAsync(hidden, "confidentiality", new { confidentiality = "Restricted", reason = "Names." });

        var task = Assert.Single(Items(await ReadAsync(await _scene.Hub.AsAsync("executive"), "tasks", then)));
        Assert.Equal(("A restricted incident", "Open", then.AddHours(5)),
            (task.Text("what"), task.Text("status"), task.GetProperty("dueAt").GetDateTimeOffset()));
        Assert.Equal(JsonValueKind.Null, task.GetProperty("owner").ValueKind);
        foreach (var account in (string[])["privacy", "owner"])
        {
            var whole = Assert.Single(Items(await ReadAsync(await _scene.Hub.AsAsync(account), "tasks", then)));
            Assert.Equal(("Tell the three people", "Open", "Program owner"),
                (whole.Text("what"), whole.Text("status"), whole.Text("owner")));
        }
    }

    [Fact]
    public async Task What_privacy_redacts_is_redacted_at_every_time()
    {
        await _scene.Responder.MakeAsync("/api/v1/tasks", new { what = "Call Ann", incident = _code });
        await _scene.ActAsync(_code, "obligations", new { regime = "HIPAA" });
        await _scene.Responder.MakeAsync("/api/v1/obligations/O-1/trigger", new { at = Now, note = "Told by somebody at 555 0101." });
        var first = Now;
        _scene.Later(10);
        AssertOk(await _scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/tasks/T-1", new { what = "Call Bob" }));
        await _scene.Responder.MakeAsync("/api/v1/obligations/O-1/trigger", new { at = first, note = "Told by mail." });
        _scene.Later(10);

        await _privacy.MakeAsync("/api/v1/tasks/T-1/redact", new { reason = "A right to erasure." });
        // The former note is a text of its own in the list; the one of today stays.
        var former = (await _privacy.ReadAsync($"/api/v1/incidents/{_code}/texts?q=0101")).GetProperty("texts").EnumerateArray().ToList();
        Assert.Equal("Former obligation O-1: trigger note", Assert.Single(former).Text("place"));
        await _privacy.MakeAsync($"/api/v1/incidents/{_code}/redact",
            new { reason = "A right to erasure.", texts = former.Select(t => t.Text("id")) });

        foreach (var at in (DateTimeOffset[])[first, Now])
        {
            Assert.Equal("[redacted]", Items(await ReadAsync(_privacy, "tasks", at))[0].Text("what"));
            Assert.Equal(at == first ? "[redacted]" : "Told by mail.",
                Items(await ReadAsync(_privacy, "obligations", at)).Single(o => o.Text("code") == "O-1").Text("triggerNote"));
        }
    }

    [Fact]
    public async Task A_due_time_is_the_one_known_then_and_what_follows_from_no_record_is_unknown()
    {
        await _scene.ActAsync(_code, "obligations", new { regime = "SEC-8K" });
        await _scene.ActAsync(_code, "obligations", new { regime = "GDPR" });
        var tracked = Now;
        _scene.Later(10);
        await _scene.Responder.MakeAsync("/api/v1/obligations/O-2/trigger", new { at = Now.AddHours(-1), note = "Certain." });
        var triggered = Now;
        _scene.Later(10);
        await _scene.Responder.MakeAsync("/api/v1/obligations/O-2/trigger", new { at = Now.AddHours(-30), note = "A day before that." });

        // Public holidays have no history: of a term in business days the worst case is not known, of one in hours it is.
        var waiting = Items(await ReadAsync(_privacy, "obligations", tracked)).ToDictionary(o => o.Text("code"));
        Assert.Equal(JsonValueKind.Null, waiting["O-1"].GetProperty("worstCaseDueAt").ValueKind);
        Assert.Equal(tracked.AddMinutes(-10).AddHours(72), waiting["O-2"].GetProperty("worstCaseDueAt").GetDateTimeOffset());
        Assert.Equal(triggered.AddHours(71), Due(await ReadAsync(_privacy, "obligations", triggered)));
        Assert.Equal(Now.AddHours(42), Due(await ReadAsync(_privacy, "obligations", Now)));

        // Page by page, and only by its own cursors.
        var (codes, cursor) = (new List<string>(), "");
        do
        {
            var page = await ReadAsync(_privacy, "obligations", Now, more: $"&limit=2{cursor}");
            codes.AddRange(Items(page).Select(o => o.Text("code")));
            cursor = page.GetProperty("nextCursor") is { ValueKind: JsonValueKind.String } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);
        Assert.Equal(["O-2", "O-1", "O-3", "O-4"], codes);
        foreach (var part in (string[])["obligations", "tasks"])
        {
            foreach (var (query, field) in ((string, string)[])[($"asOf={Text(Now.AddMinutes(1))}", "asOf"),
                ($"asOf={Text(Now.AddHours(-9))}", "asOf"), ("cursor=x", "cursor"), ("limit=0", "limit")])
            {
                AssertProblem(await _privacy.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/snapshot/{part}?{query}"),
                    HttpStatusCode.BadRequest, field);
            }
        }

        static DateTimeOffset Due(JsonElement page) =>
            Items(page).Single(o => o.Text("code") == "O-2").GetProperty("dueAt").GetDateTimeOffset();
    }

    [Fact]
    public async Task Before_they_were_recorded_nothing_is_said_of_them()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Runs the SQLite script.");
        await _scene.ActAsync(_code, "obligations", new { regime = "HIPAA" });
        await _scene.Responder.MakeAsync("/api/v1/tasks", new { what = "Read the grants", incident = _code });
        var then = Now;
        _scene.Later(10);
        // As an upgrade leaves it: the script copies what stands, from its own time on.
        await using (var connection = new SqliteConnection($"Data Source={_scene.Hub.DatabaseFile}"))
        {
            var at = Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
            (string Table, string Column)[] tables = [("ObligationRevision", "RecordedAt"), ("WorkTaskRevision", "RecordedAt"),
                ("IncidentPersonPeriod", "HeldFrom"), ("IncidentPartsSince", "RecordedAt")];
            foreach (var (table, _) in tables) await connection.ExecuteAsync($"DROP TABLE {table}");
            await connection.ExecuteAsync(Migrator.Scripts(Engine.Sqlite).Single(s => s.Name == "incident_parts_history").Text);
            foreach (var (table, column) in tables) await connection.ExecuteAsync($"UPDATE {table} SET {column} = @at", new { at });
        }
        var known = Now;
        _scene.Later(10);
        foreach (var part in (string[])["obligations", "tasks"])
        {
            var before = await ReadAsync(_privacy, part, then);
            Assert.Equal(JsonValueKind.Null, before.GetProperty("items").ValueKind);
            Assert.Equal(known, before.GetProperty("recordedSince").GetDateTimeOffset());
            Assert.NotEmpty(Items(await ReadAsync(_privacy, part, known)));
        }
        var path = $"/api/v1/incidents/{_code}/snapshot?asOf=";
        Assert.Equal(JsonValueKind.Null, (await _privacy.ReadAsync(path + Text(then))).GetProperty("people").ValueKind);
        Assert.Equal(known, (await _privacy.ReadAsync(path + Text(then))).GetProperty("partsRecordedSince").GetDateTimeOffset());
        Assert.Equal("Commander", (await _privacy.ReadAsync(path + Text(known))).GetProperty("people")[0].Text("role"));
        // An incident of afterwards is recorded from its declaration on.
        var later = await _scene.DeclareAsync(5, "TYP", "Another one");
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(_privacy, "tasks", Now, later)).GetProperty("recordedSince").ValueKind);
    }

    private Task<JsonElement> ReadAsync(HttpClient client, string part, DateTimeOffset at, string? code = null, string more = "") =>
        client.ReadAsync($"/api/v1/incidents/{code ?? _code}/snapshot/{part}?asOf={Text(at)}{more}");

    private static JsonElement[] Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O"));
}
