using System.Net;
using System.Text;
using Dapper;
using IncidentHub.Access.Audit;
using IncidentHub.Domain;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>What privacy redacts is gone from every place, what remains says so, and the audit log verifies.</summary>
public sealed class RedactionTests : IAsyncLifetime
{
    private const string Secret = "The key is «hunter-zwölf».", Reason = "A key was pasted.";
    private IncidentScene _scene = null!;
    private HttpClient _privacy = null!;
    private string _code = null!;

    private string Path => $"/api/v1/incidents/{_code}";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _code = await _scene.DeclareAsync();
        _privacy = await _scene.Hub.AsAsync("privacy");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_redacted_note_is_gone_in_every_revision_and_says_who_removed_it_and_why()
    {
        var id = await NoteAsync();
        await RedactAsync(id);
        var entry = await _scene.Responder.ReadAsync($"{Path}/notes/{id}");
        var redacted = entry.GetProperty("redacted");
        Assert.Equal(("Privacy", Reason), (redacted.Text("by"), redacted.Text("reason")));
        Assert.Equal(_scene.Hub.Clock.Now, redacted.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, entry.GetProperty("body").ValueKind);
        var revision = (await _scene.Responder.ReadAsync($"{Path}/notes/{id}/revisions")).GetProperty("items")[0];
        Assert.Equal(System.Text.Json.JsonValueKind.Null, revision.GetProperty("body").ValueKind);
        await AssertGoneAsync("hunter-zwölf", "hunter");
        await AssertVerifiesAsync();
    }

    [Fact]
    public async Task A_redacted_summary_is_gone_from_the_incident_the_search_and_the_payloads_of_the_audit_log()
    {
        foreach (var summary in (string[])["Zanzibar is a name.", "Still with zanzibar."])
            AssertOk(await _scene.Responder.SendAsync(HttpMethod.Patch, Path, new { summary }));
        Assert.Single((await _scene.Responder.ReadAsync("/api/v1/incidents?q=zanzibar")).GetProperty("items").EnumerateArray());
        var removed = await _privacy.MakeAsync($"{Path}/redact", new { reason = Reason });
        Assert.Equal((3, 2), (removed.GetProperty("texts").GetInt32(), removed.GetProperty("records").GetInt32()));
        Assert.Equal(RedactedText.Mark, (await _scene.ReadAsync(_code)).Text("summary"));
        Assert.Empty((await _scene.Responder.ReadAsync("/api/v1/incidents?q=zanzibar")).GetProperty("items").EnumerateArray());
        await AssertGoneAsync("anzibar");
        await AssertVerifiesAsync();
        AssertRefused(await _privacy.PostAsync($"{Path}/redact", new { reason = Reason }), "redacted");
    }

    [Fact]
    public async Task A_word_that_others_wrote_as_well_is_removed_with_one_thing_only_or_chosen_everywhere()
    {
        var tasks = new List<string>();
        foreach (var what in (string[])["Ask them.", "Read it."])
        {
            tasks.Add((await _scene.Responder.MakeAsync("/api/v1/tasks", new { what, incident = _code })).Text("code"));
            await _scene.Responder.MakeAsync($"/api/v1/tasks/{tasks[^1]}/complete", new { note = "Done." });
        }
        async Task<string[]> NotesAsync() => [.. await Task.WhenAll(tasks.Select(async t =>
            (await _scene.Responder.ReadAsync($"/api/v1/tasks/{t}")).Text("doneNote")))];
        await _privacy.MakeAsync($"/api/v1/tasks/{tasks[0]}/redact", new { reason = Reason });
        Assert.Equal([RedactedText.Mark, "Done."], await NotesAsync());
        var timeline = (await _scene.Responder.ReadAsync($"{Path}/timeline")).ToString();
        Assert.DoesNotContain("Ask them.", timeline, StringComparison.Ordinal);
        var texts = (await _privacy.ReadAsync($"{Path}/texts?q=done")).GetProperty("texts").EnumerateArray()
            .Select(t => t.GetProperty("id").GetGuid());
        await _privacy.MakeAsync($"{Path}/redact", new { reason = Reason, texts });
        Assert.Equal([RedactedText.Mark, RedactedText.Mark], await NotesAsync());
        await AssertVerifiesAsync();
    }

    [Fact]
    public async Task A_stored_answer_with_the_text_is_not_replayed()
    {
        var request = () =>
        {
            var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents")
            {
                Content = System.Net.Http.Json.JsonContent.Create(
                    new { title = "Another", sev = 4, summary = Secret, programs = new[] { new { program = "MCI" } } }),
            };
            message.Headers.Add("Idempotency-Key", "redaction");
            return message;
        };
        var first = await _scene.Responder.SendAsync(request());
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync());
        var code = System.Text.Json.JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();
        await _privacy.MakeAsync($"/api/v1/incidents/{code}/redact", new { reason = Reason });
        var again = await _scene.Responder.SendAsync(request());
        Assert.DoesNotContain("hunter", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertGoneAsync("hunter");
        await AssertVerifiesAsync();
    }

    [Fact]
    public async Task A_legal_hold_forbids_it_and_says_what_to_do()
    {
        var id = await NoteAsync();
        var counsel = await _scene.Hub.AsAsync("counsel");
        var hold = (await counsel.MakeAsync($"{Path}/legal-holds", new { reason = "Matter 12." })).Text("id");
        AssertRefused(await _privacy.PostAsync($"{Path}/timeline/{id}/redact", new { reason = Reason }), "legal_hold");
        Assert.Equal(Secret, (await _scene.Responder.ReadAsync($"{Path}/notes/{id}")).Text("body"));
        await counsel.MakeAsync($"{Path}/legal-holds/{hold}/release", new { reason = "Closed." });
        await RedactAsync(id);
    }

    [Fact]
    public async Task What_other_incidents_of_the_program_say_stays_and_what_is_shared_is_under_the_holds_of_all()
    {
        const string Same = "A shared role was wider than its name said.";
        async Task<string> DeclareAsync(string confidentiality) => (await _privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "Another",
            sev = 2,
            confidentiality,
            programs = new[] { new { program = "MCI", kind = "Source" } },
        })).Text("code");
        async Task<string> NoteAsync(string of) => (await _privacy.ReadAsync($"/api/v1/decisions/{of}")).GetProperty("criteria")
            .EnumerateArray().Single(c => c.Text("kind") == "RootCauseKnown").Text("text");
        var (first, second) = (await DeclareAsync("Open"), await DeclareAsync("Open"));
        await DeclareAsync("Restricted");
        var decisions = (await _privacy.ReadAsync("/api/v1/decisions")).GetProperty("items").EnumerateArray().ToList();
        var shared = decisions.Single(d => d.Text("code") == "D-1").Text("code");
        var apart = decisions.Single(d => d.Text("code") != shared).Text("code");
        foreach (var decision in (string[])[shared, apart])
            await _privacy.MakeAsync($"/api/v1/decisions/{decision}/criteria/RootCauseKnown/meet", new { evidence = Same });

        var counsel = await _scene.Hub.AsAsync("counsel");
        var hold = (await counsel.MakeAsync($"/api/v1/incidents/{second}/legal-holds", new { reason = "Matter 12." })).Text("id");
        var texts = (await _privacy.ReadAsync($"/api/v1/incidents/{first}/texts?q=shared+role")).GetProperty("texts").EnumerateArray()
            .Select(t => t.GetProperty("id").GetGuid()).ToList();
        AssertRefused(await _privacy.PostAsync($"/api/v1/incidents/{first}/redact", new { reason = Reason, texts }), "legal_hold");
        Assert.Equal(Same, await NoteAsync(shared));

        await counsel.MakeAsync($"/api/v1/incidents/{second}/legal-holds/{hold}/release", new { reason = "Closed." });
        await _privacy.MakeAsync($"/api/v1/decisions/{shared}/redact", new { reason = Reason });
        Assert.Equal(RedactedText.Mark, await NoteAsync(shared));
        Assert.Equal(Same, await NoteAsync(apart));
        await AssertVerifiesAsync();
    }

    /// <summary>A text that was replaced since may stand in records of the audit log only, which tell of several incidents.</summary>
    [Fact]
    public async Task A_hold_on_another_incident_covers_a_record_of_the_audit_log_that_is_about_both()
    {
        var other = await _scene.DeclareAsync(4);
        var id = await NoteAsync();
        Guid first = await IdAsync(_code), second = await IdAsync(other);
        await _scene.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.RecordAsync(TestHub.Actor("responder"), new()
            {
                Action = "incident.linked",
                Subject = $"incident {other}",
                About = [first, second],
                Detail = new { Reason = Secret },
            });
            return default(Done);
        });
        var counsel = await _scene.Hub.AsAsync("counsel");
        var hold = (await counsel.MakeAsync($"/api/v1/incidents/{other}/legal-holds", new { reason = "Matter 12." })).Text("id");
        AssertRefused(await _privacy.PostAsync($"{Path}/timeline/{id}/redact", new { reason = Reason }), "legal_hold");
        await counsel.MakeAsync($"/api/v1/incidents/{other}/legal-holds/{hold}/release", new { reason = "Closed." });
        await RedactAsync(id);
        await AssertGoneAsync("hunter");
        await AssertVerifiesAsync();
    }

    [Fact]
    public async Task Counsel_s_privileged_note_with_the_same_words_is_left_until_privacy_is_named_on_it()
    {
        var counsel = await _scene.Hub.AsAsync("counsel");
        await counsel.MakeAsync($"{Path}/privileged-notes", new { body = $"Advice: {Secret}" });
        async Task<string> AdviceAsync() => (await counsel.ReadAsync($"{Path}/privileged-notes")).GetProperty("notes")[0].Text("body");
        async Task<string[]> PlacesAsync() => [.. (await _privacy.ReadAsync($"{Path}/texts?q=hunter")).GetProperty("texts").EnumerateArray()
            .Select(t => t.Text("place"))];
        var removed = await _privacy.MakeAsync($"{Path}/timeline/{await NoteAsync()}/redact", new { reason = Reason });
        Assert.Equal($"Advice: {Secret}", await AdviceAsync());
        // Only its own records: nothing tells that there is another text.
        Assert.Equal(0, removed.GetProperty("texts").GetInt32());
        Assert.Empty(await PlacesAsync());

        await counsel.MakeAsync($"{Path}/privileged-readers", new { account = "privacy" });
        Assert.Equal(["Privileged note by Counsel: text"], await PlacesAsync());
        var text = (await _privacy.ReadAsync($"{Path}/texts?q=hunter")).GetProperty("texts")[0].Text("id");
        await _privacy.MakeAsync($"{Path}/redact", new { reason = Reason, texts = new[] { text } });
        Assert.Equal(RedactedText.Mark, await AdviceAsync());
        await AssertGoneAsync("hunter");
        await AssertVerifiesAsync();
    }

    [Fact]
    public async Task The_activity_of_a_program_tells_who_redacted_the_reason_of_its_pause_and_why()
    {
        var code = (await _privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "Readable by the whole company",
            sev = 4,
            confidentiality = "Restricted",
            programs = new[] { new { program = "TYP", kind = "Source" } },
        })).Text("code");
        await _privacy.MakeAsync("/api/v1/programs/TYP/pauses", new { reason = Secret, incidentCode = code });
        var texts = (await _privacy.ReadAsync($"/api/v1/incidents/{code}/texts?q=hunter")).GetProperty("texts").EnumerateArray().ToList();
        Assert.Equal(["Pause of TYP: reason"], texts.Select(t => t.Text("place")));
        await _privacy.MakeAsync($"/api/v1/incidents/{code}/redact", new { reason = Reason, texts = texts.Select(t => t.Text("id")) });
        var program = await IdAsync("TYP", "Program");
        var reader = _scene.Hub.Services.GetRequiredService<IncidentHub.Platform.Journal.TimelineReader>();
        async Task<IReadOnlyList<(string, string, string?)>> ReadAsync(string account) => await _scene.Hub.Db.ReadAsync(async sql =>
            (await reader.OfProgramAsync(sql, program, new(["redaction"], false, null, 10), TestHub.Actor(account))).Value.Items
                .Select(e => (e.Title, e.By, e.Body)).ToList());
        Assert.Equal([($"Texts of incident {code} redacted", "Privacy", Reason)], await ReadAsync("privacy"));
        Assert.Empty(await ReadAsync("owner"));
        await AssertGoneAsync("hunter");
    }

    [Fact]
    public async Task Who_has_the_old_text_of_a_part_in_a_form_does_not_write_it_back()
    {
        AssertOk(await _scene.Responder.PostAsync($"{Path}/exposures", new { dataset = "transcriptions", note = Secret }));
        var note = (await _scene.Responder.MakeAsync($"{Path}/notes", new { body = $"It says: {Secret} See there." })).Text("id");
        var incident = await _scene.ReadAsync(_code);
        var (version, exposure) = (incident.GetProperty("version").GetInt32(), incident.GetProperty("exposures")[0].Text("id"));
        var texts = (await _privacy.ReadAsync($"{Path}/texts?q=hunter")).GetProperty("texts").EnumerateArray()
            .Select(t => t.GetProperty("id").GetGuid()).ToList();
        await _privacy.MakeAsync($"{Path}/redact", new { reason = Reason, texts });
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Put, $"{Path}/exposures/{exposure}",
            new { note = Secret, records = 7, expectedVersion = version }), HttpStatusCode.Conflict);
        // A note that lost a part of its text has another revision, too.
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Put, $"{Path}/notes/{note}",
            new { body = $"It says: {Secret} See there, too.", expectedRevision = 1 }), HttpStatusCode.Conflict);
        await AssertGoneAsync("hunter");
    }

    [Fact]
    public async Task What_is_redacted_is_neither_revised_nor_redacted_again_and_other_entries_are_left()
    {
        var id = await NoteAsync();
        await RedactAsync(id);
        AssertRefused(await _privacy.PostAsync($"{Path}/timeline/{id}/redact", new { reason = Reason }), "redacted");
        AssertRefused(await _scene.Responder.SendAsync(HttpMethod.Put, $"{Path}/notes/{id}", new { body = "Again." }), "redacted");
        var declared = (await _scene.Responder.ReadAsync($"{Path}/timeline?kind=declared")).GetProperty("items")[0].Text("id");
        AssertRefused(await _privacy.PostAsync($"{Path}/timeline/{declared}/redact", new { reason = Reason }), "not_a_note");
        AssertProblem(await _privacy.PostAsync($"{Path}/timeline/{Guid.CreateVersion7()}/redact", new { reason = Reason }),
            HttpStatusCode.NotFound);
        AssertProblem(await _privacy.PostAsync($"{Path}/timeline/{id}/redact", new { reason = " " }), HttpStatusCode.BadRequest, "reason");
    }

    [Fact]
    public async Task A_text_put_back_past_the_hub_and_a_removal_without_a_record_are_found()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Changes the SQLite file by hand.");
        var id = await NoteAsync();
        await RedactAsync(id);
        foreach (var change in (string[])[$"UPDATE TimelineEntry SET Body = 'Nothing.' WHERE Id = '{id}'",
            $"UPDATE TimelineEntry SET RedactReason = 'Another.' WHERE Id = '{id}'",
            "UPDATE AuditEntry SET Payload = NULL, Salt = NULL WHERE Act = 'incident.declared'",
            "DELETE FROM AuditEntry WHERE Act = 'audit.redacted'"])
        {
            await using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            await using (var file = new SqliteConnection($"Data Source={_scene.Hub.DatabaseFile}"))
            {
                file.Open();
                file.BackupDatabase(connection);
            }
            Assert.True(connection.Execute(change) > 0);
            var statements = new IncidentHub.Platform.Database.Statements(Engine.Sqlite);
            var sql = new Sql(Engine.Sqlite, statements, connection, null, TimeProvider.System.GetUtcNow);
            using var keys = await AuditKeyReader.LoadAsync(sql,
                _scene.Hub.Services.GetRequiredService<IncidentHub.Platform.Keys.MasterKey>());
            Assert.False((await AuditReader.VerifyAsync(sql, keys)).IsOk, change);
        }
    }

    private Task<Guid> IdAsync(string code, string table = "Incident") => _scene.Hub.Db.ReadAsync(sql =>
        ((Sql)sql).Connection.QuerySingleAsync<Guid>($"SELECT Id FROM {table} WHERE Code = @Code", new { Code = code }));

    private async Task<string> NoteAsync()
    {
        var id = (await _scene.ActAsync(_code, "notes", new { body = $"Before: {Secret}" })).Text("id");
        AssertOk(await _scene.Responder.SendAsync(HttpMethod.Put, $"{Path}/notes/{id}", new { body = Secret }));
        return id;
    }

    private Task RedactAsync(string id) => _privacy.MakeAsync($"{Path}/timeline/{id}/redact", new { reason = Reason });

    // Also where the checkpoint after it, and the export, are verified.
    private async Task AssertVerifiesAsync()
    {
        await SignedLog.SignAsync(_scene.Hub);
        var auditor = await _scene.Hub.AsAsync("auditor");
        var verdict = await auditor.ReadAsync("/api/v1/audit/verification");
        Assert.True(verdict.GetProperty("ok").GetBoolean(), verdict.ToString());
        Assert.NotEqual(0, verdict.GetProperty("redacted").GetInt64());
        var export = await auditor.GetStringAsync("/api/v1/audit/export");
        using var keys = AuditKeys.FromJwks(await (await _scene.Hub.AsAsync(null)).GetStringAsync("/.well-known/jwks.json"));
        var (result, _) = AuditExport.Verify(export.TrimEnd('\n').Split('\n'), keys);
        Assert.True(result.IsOk, result.Fault?.Message);
    }

    // In no column of any table, and in no byte of the file.
    private async Task AssertGoneAsync(params string[] words)
    {
        if (TestEngine.Current != Engine.Sqlite) return;
        foreach (var file in (string[])[_scene.Hub.DatabaseFile, _scene.Hub.DatabaseFile + "-wal"])
        {
            if (!File.Exists(file)) continue;
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            foreach (var word in words)
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) < 0, $"{word} is in {System.IO.Path.GetFileName(file)}");
        }
    }
}
