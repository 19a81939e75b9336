using System.Net;
using System.Text.Json;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>An incident as it was known at a time: what had been recorded by then, and nothing of today.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private string _code = null!;

    private DateTimeOffset Now => _scene.Hub.Clock.Now;

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _code = await _scene.DeclareAsync(sev: 3);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Title_severity_status_scope_and_clocks_are_those_of_the_time()
    {
        var declared = Now;
        _scene.Later(10);
        var exposure = (await _scene.Responder.ReadAsync(await AddExposureAsync(100))).GetProperty("exposures")[0].Text("id");
        var exposed = Now;
        _scene.Later(10);
        AssertOk(await _scene.Responder.SendAsync(HttpMethod.Patch, $"/api/v1/incidents/{_code}", new { title = "Another title" }));
        await _scene.ActAsync(_code, "sev", new { sev = 2, reason = "Worse." });
        AssertOk(await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{_code}/exposures/{exposure}",
            new { dataset = "transcriptions", records = 500 }));
        await _scene.ActAsync(_code, "programs", new { program = "TYP", kind = "Downstream" });
        await _scene.ActAsync(_code, "updates", new { condition = "We are on it." });
        var worse = Now;
        _scene.Later(10);
        await _scene.ActAsync(_code, "contain", new { note = "Closed." });
        await _scene.ActAsync(_code, $"exposures/{exposure}/withdraw", new { reason = "It was another dataset." });

        var first = await ReadAsync(declared);
        Assert.Equal((3, "Investigating", "Employee data readable by the whole company"),
            (first.GetProperty("sev").GetInt32(), first.Text("status"), first.Text("title")));
        Assert.Empty(first.GetProperty("exposures").EnumerateArray());
        Assert.Equal(["MCI"], Programs(first));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("recordedSince").ValueKind);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("clocks").GetProperty("lastUpdateAt").ValueKind);
        Assert.Equal(declared.AddDays(1), first.GetProperty("clocks").GetProperty("nextUpdateDueAt").GetDateTimeOffset());

        var second = await ReadAsync(exposed);
        Assert.Equal(100, second.GetProperty("exposures")[0].GetProperty("records").GetInt32());
        Assert.Empty(second.GetProperty("sevChanges").EnumerateArray());

        var third = await ReadAsync(worse);
        Assert.Equal((2, "Investigating", "Another title"),
            (third.GetProperty("sev").GetInt32(), third.Text("status"), third.Text("title")));
        Assert.Equal(500, third.GetProperty("exposures")[0].GetProperty("records").GetInt32());
        Assert.Equal(JsonValueKind.Null, third.GetProperty("exposures")[0].GetProperty("withdrawnReason").ValueKind);
        Assert.Equal(["MCI", "TYP"], Programs(third));
        Assert.Equal(worse, third.GetProperty("clocks").GetProperty("lastUpdateAt").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, third.GetProperty("cycles")[0].GetProperty("contained").ValueKind);

        var last = await ReadAsync(Now);
        Assert.Equal("Contained", last.Text("status"));
        Assert.Equal("It was another dataset.", last.GetProperty("exposures")[0].Text("withdrawnReason"));
    }

    [Fact]
    public async Task The_state_that_is_recorded_last_is_the_state_that_is_stored()
    {
        Assert.SkipWhen(TestEngine.Current != IncidentHub.Platform.Database.Engine.Sqlite, "Compares nulls as SQLite does.");
        await using var story = await CommandStory.StartAsync();
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            await story.SendAsync(step);
        }
        await using var connection = new SqliteConnection($"Data Source={story.Hub.DatabaseFile}");
        foreach (var (table, history, key, same) in ((string, string, string, string)[])
        [
            ("Incident", "IncidentRevision", "r.IncidentId = t.Id",
                "Title Sev Status Confidentiality ExposureStartedAt DetectedAt FlaggedAt "
                + "AcknowledgedAt DeclaredAt ClosedAt LastUpdateAt UpdateDueAt"),
            ("IncidentCycle", "IncidentCycleRevision", "r.IncidentId = t.IncidentId AND r.Number = t.Number",
                "PolicyVersion Reason OpenedAt PauseOrderedAt CollectionStoppedAt ContainedAt ResolvedAt"),
            ("Exposure", "ExposureRevision", "r.IncidentId = t.IncidentId AND r.ExposureId = t.Id",
                "DatasetId DatasetName Ordinal Categories "
                + "PromisedScope PromisedName ActualScope ActualName ExposedFrom ExposedUntil Encrypted Records Subjects RecipientsKnown "
                + "EvidenceOfAccess Note WithdrawnReason"),
            ("IncidentProgram", "IncidentProgramRevision", "r.IncidentId = t.IncidentId AND r.ProgramId = t.ProgramId",
                "ProgramCode Ordinal Kind Note WithdrawnReason"),
            ("Obligation", "ObligationRevision", "r.ObligationId = t.Id",
                "IncidentId RegimeVersion Status TriggeredAt AwareAt TriggerNote DueAt DueOrder LateAt NotRequiredReason DelayAuthority "
                + "DelayReason DelayUntil ChangedAt ChangedBy ChangedWhat"),
            ("WorkTask", "WorkTaskRevision", "r.TaskId = t.Id",
                "Status What OwnerId OwnerName DueAt MissedAt DoneById DoneByName DoneAt DoneNote EvidenceId IsKept ClosedById "
                + "ClosedByName ClosedAt ClosedNote ChangedAt ChangedBy ChangedWhat"),
        ])
        {
            var equal = string.Join(" AND ", same.Split(' ').Select(c => $"r.{c} IS t.{c}"));
            var rows = await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {table}");
            Assert.InRange(rows, 1, 100);
            var kept = await connection.ExecuteScalarAsync<int>($"""
                SELECT COUNT(*) FROM {table} t JOIN {history} r ON {key}
                WHERE {equal} AND NOT EXISTS (SELECT 1 FROM {history} x WHERE {key.Replace("r.", "x.")}
                  AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))
                """);
            Assert.True(rows == kept, $"{table}: {kept} of {rows} rows are recorded as they stand.");
        }
        const string roles = "SELECT IncidentId || Role || PersonId FROM";
        Assert.Equal(await connection.QueryAsync<string>($"{roles} IncidentPerson ORDER BY 1"),
            await connection.QueryAsync<string>($"{roles} IncidentPersonPeriod WHERE HeldUntil IS NULL ORDER BY 1"));
    }

    [Fact]
    public async Task Before_its_states_were_recorded_only_severity_and_status_are_known()
    {
        Assert.SkipWhen(TestEngine.Current != IncidentHub.Platform.Database.Engine.Sqlite, "Runs a part of the SQLite script.");
        _scene.Later(10);
        await _scene.ActAsync(_code, "sev", new { sev = 2, reason = "Worse." });
        await _scene.ActAsync(_code, "contain", new { note = "Closed." });
        var contained = Now;
        _scene.Later(10);
        // As an upgrade leaves it: the script copies what stands, from its own time on.
        await using (var connection = new SqliteConnection($"Data Source={_scene.Hub.DatabaseFile}"))
        {
            string[] tables = ["IncidentRevision", "IncidentCycleRevision", "ExposureRevision", "IncidentProgramRevision"];
            foreach (var table in tables) await connection.ExecuteAsync($"DROP TABLE {table}");
            await connection.ExecuteAsync(Migrator.Scripts(Engine.Sqlite).Single(s => s.Name == "incident_history").Text);
            var at = Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
            foreach (var table in tables) await connection.ExecuteAsync($"UPDATE {table} SET RecordedAt = @at", new { at });
        }
        var first = await ReadAsync(contained.AddMinutes(-5));
        Assert.Equal((3, "Investigating"), (first.GetProperty("sev").GetInt32(), first.Text("status")));
        var second = await ReadAsync(contained);
        Assert.Equal((2, "Contained"), (second.GetProperty("sev").GetInt32(), second.Text("status")));
        foreach (var snapshot in (JsonElement[])[first, second])
        {
            foreach (var part in
                (string[])["title", "confidentiality", "timestamps", "cycles", "exposures", "programs", "clocks", "advice"])
                Assert.Equal(JsonValueKind.Null, snapshot.GetProperty(part).ValueKind);
            Assert.Equal(Now, snapshot.GetProperty("recordedSince").GetDateTimeOffset());
        }
        Assert.Equal("Employee data readable by the whole company", (await ReadAsync(Now)).Text("title"));
    }

    [Fact]
    public async Task A_time_before_the_declaration_or_in_the_future_is_refused()
    {
        foreach (var query in (string[])[$"?asOf={Text(Now.AddMinutes(-1))}", $"?asOf={Text(Now.AddMinutes(1))}"])
            AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/snapshot{query}"),
                HttpStatusCode.BadRequest, "asOf");
    }

    [Fact]
    public async Task Who_may_not_see_the_incident_now_does_not_see_it_at_a_time_when_it_was_open()
    {
        var open = Now;
        _scene.Later(10);
        await _scene.ActAsync(_code, "confidentiality", new { confidentiality = "Restricted", reason = "Names." });
        AssertProblem(await (await _scene.Hub.AsAsync("responder-2"))
            .SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/snapshot?asOf={Text(open)}"), HttpStatusCode.NotFound);
        Assert.Equal("Open", (await ReadAsync(open)).Text("confidentiality"));
    }

    private async Task<string> AddExposureAsync(int records)
    {
        await _scene.ActAsync(_code, "exposures", new { dataset = "transcriptions", records });
        return $"/api/v1/incidents/{_code}";
    }

    private Task<JsonElement> ReadAsync(DateTimeOffset at) =>
        _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/snapshot?asOf={Text(at)}");

    private static string[] Programs(JsonElement snapshot) =>
        [.. snapshot.GetProperty("programs").EnumerateArray().Select(p => p.Text("program"))];

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O"));
}
