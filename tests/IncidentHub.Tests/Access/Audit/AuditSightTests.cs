using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>What a reader of the log may not see shows act, actor, time, hash and a pseudonym.</summary>
[Collection(nameof(RecordedStory))]
public sealed class AuditSightTests(RecordedStory recorded)
{
    /// <summary>
    /// The rule by which rows are withheld rests on what each row says it is about. A new act that forgets to say so fails here.
    /// </summary>
    [Fact]
    public async Task Every_row_is_about_each_incident_that_its_subject_or_its_facts_name()
    {
        var faults = await recorded.Story.Hub.Db.ReadAsync(async sql =>
        {
            var c = ((Sql)sql).Connection;
            var incidents = (await c.QueryAsync<(string Id,
                string Code)>("SELECT lower(CAST(Id AS char(36))), Code FROM Incident")).ToList();
            var tasks = (await c.QueryAsync<(string Code,
                string Id)>("SELECT t.Code, lower(CAST(w.IncidentId AS char(36))) FROM WorkTask t "
                + "JOIN WorkTaskIncident w ON w.TaskId = t.Id")).ToLookup(t => $"task {t.Code}", t => t.Id);
            var decisions = (await c.QueryAsync<(string Code,
                string Id)>("SELECT d.Code, lower(CAST(p.IncidentId AS char(36))) FROM Decision d "
                + "JOIN DecisionPause p ON p.DecisionId = d.Id WHERE p.IncidentId IS NOT NULL"))
                .ToLookup(t => $"decision {t.Code}", t => t.Id);
            var found = new List<string>();
            foreach (var (act, subject, payload, about) in await c.QueryAsync<(string, string, string?, string?)>(
                "SELECT Act, Subject, Payload, About FROM AuditEntry ORDER BY Sequence"))
            {
                var text = $"{subject} {payload} ";
                var named = incidents.Where(i => text.Contains(i.Id, StringComparison.Ordinal)
                    || System.Text.RegularExpressions.Regex.IsMatch(text, $@"\b{i.Code}\b")).Select(i => i.Id);
                // A decision is about the incidents that it had when the row was written: at least one of them.
                var missing = named.Concat(tasks[subject]).Where(id =>
                    about?.Contains(id, StringComparison.Ordinal) != true).Distinct().ToList();
                if (missing.Count > 0) found.Add($"{act}, {subject}: {string.Join(' ', missing)}");
                if (decisions[subject].Any() && about is null) found.Add($"{act}, {subject}: no incident of the decision");
            }
            return found;
        });
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct()));
    }

    [Fact]
    public async Task An_auditor_gets_nothing_of_a_restricted_incident_but_acts_under_a_pseudonym()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var (code, title) = await DeclareAsync(hub, "Restricted");
        var (open, _) = await DeclareAsync(hub, "Open");
        var auditor = await hub.AsAsync("auditor");
        var text = await auditor.GetStringAsync("/api/v1/audit?limit=250");
        Assert.DoesNotContain(code, text, StringComparison.Ordinal);
        Assert.DoesNotContain(title, text, StringComparison.Ordinal);
        Assert.Contains(open, text, StringComparison.Ordinal);
        var rows = JsonElement.Parse(text).GetProperty("items").EnumerateArray().ToList();
        var hidden = rows.Where(r => r.GetProperty("pseudonym").ValueKind == JsonValueKind.String).ToList();
        Assert.Contains(hidden, r => r.GetProperty("act").GetString() == "incident.declared");
        Assert.Contains(hidden, r => r.GetProperty("act").GetString() == "timeline.note-written");
        Assert.Contains(hidden, r => r.GetProperty("act").GetString() == "task.created");
        Assert.All(hidden, r => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
            (r.GetProperty("subject").ValueKind, r.GetProperty("payload").ValueKind)));
        // The same subject has the same pseudonym, another has another.
        Assert.Single(hidden.Where(r => r.GetProperty("act").GetString()!.StartsWith("incident.", StringComparison.Ordinal)
            || r.GetProperty("act").GetString()!.StartsWith("timeline.", StringComparison.Ordinal))
            .Select(r => r.GetProperty("pseudonym").GetString()).Distinct());
        Assert.True(hidden.Select(r => r.GetProperty("pseudonym").GetString()).Distinct().Count() > 1);

        Assert.Equal(0, await CountAsync(auditor, $"subject=incident%20{code}"));
        Assert.True(await CountAsync(auditor, $"subject=incident%20{open}") > 0);
        Assert.Equal(0, await CountAsync(auditor, $"subject={hidden[0].GetProperty("pseudonym").GetString()}"));
        // A filter that says nothing of subjects counts the rows as they are shown.
        Assert.Equal(2, await CountAsync(auditor, "act=incident.declared"));
    }

    [Fact]
    public async Task What_becomes_open_is_shown_and_what_becomes_restricted_is_not()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var (code, title) = await DeclareAsync(hub, "Open");
        var auditor = await hub.AsAsync("auditor");
        Assert.Contains(title, await auditor.GetStringAsync("/api/v1/audit?limit=250"), StringComparison.Ordinal);
        await SetAsync("Restricted");
        Assert.DoesNotContain(title, await auditor.GetStringAsync("/api/v1/audit?limit=250"), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(auditor, $"subject=incident%20{code}"));
        await SetAsync("Open");
        Assert.Contains(title, await auditor.GetStringAsync("/api/v1/audit?limit=250"), StringComparison.Ordinal);

        async Task SetAsync(string to) => (await (await hub.AsAsync("privacy")).PostAsJsonAsync($"/api/v1/incidents/{code}/confidentiality",
            new { confidentiality = to, reason = "Agreed with counsel." })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task An_export_for_a_reader_without_full_sight_verifies_and_tells_nothing_of_what_is_withheld()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var (code, title) = await DeclareAsync(hub, "Restricted");
        await SignedLog.SignAsync(hub);
        var id = await hub.Db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteScalarAsync<string>("SELECT Id FROM Incident"));
        var export = await (await hub.AsAsync("auditor")).GetStringAsync("/api/v1/audit/export");
        foreach (var secret in (string[])[code, title, id!]) Assert.DoesNotContain(secret, export, StringComparison.OrdinalIgnoreCase);
        using var keys = AuditKeys.FromJwks(await (await hub.AsAsync(null)).GetStringAsync("/.well-known/jwks.json"));
        var (result, isSigned) = AuditExport.Verify(export.TrimEnd('\n').Split('\n'), keys);
        Assert.True(result.IsOk && isSigned, result.Fault?.Message);
        Assert.True(result.Withheld > 0);
        Assert.Equal(0, result.WithheldUnverified);
        Assert.True(result.CoveredTo > 0);
    }

    /// <summary>The migration derives what the rows from before are about.</summary>
    [Fact]
    public async Task Rows_from_before_are_about_what_they_name()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Runs a part of the SQLite script.");
        await using var scene = await IncidentScene.CreateAsync();
        await DeclareAsync(scene.Hub, "Restricted");
        await DeclareAsync(scene.Hub, "Open");
        var script = Migrator.Scripts(Engine.Sqlite).Single(m =>
            m.Text.Contains("UPDATE AuditEntry SET About", StringComparison.Ordinal)).Text;
        var less = await scene.Hub.Db.WriteAsync<long>(async tx =>
        {
            await tx.Connection.ExecuteAsync(
                "CREATE TEMP TABLE Was AS SELECT Sequence, About FROM AuditEntry; UPDATE AuditEntry SET About = NULL; "
                + "UPDATE AuditEntry SET Payload = 'no JSON' WHERE Sequence = 1", transaction: tx.Transaction);
            await tx.Connection.ExecuteAsync(script[script.IndexOf("UPDATE AuditEntry SET About", StringComparison.Ordinal)..],
                transaction: tx.Transaction);
            return await tx.Connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM AuditEntry e JOIN Was w ON w.Sequence = e.Sequence "
                + "WHERE w.About IS NOT NULL AND (e.About IS NULL OR length(e.About) < length(w.About))", transaction: tx.Transaction);
        });
        Assert.Equal(0, less.Value);
    }

    [Fact]
    public async Task Who_may_see_the_incident_sees_its_rows()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var (code, title) = await DeclareAsync(hub, "Restricted");
        var handler = (ListAuditHandler)hub.Services.GetService(typeof(ListAuditHandler))!;
        var reader = TestHub.Actor("privacy") with { Roles = Roles.Privacy | Roles.Auditor };
        var page = await handler.HandleAsync(new(null, null, null, null, $"incident {code}", null, 250), reader, CancellationToken.None);
        Assert.Contains(page.Value.Items, i => i.Payload?.ToString().Contains(title, StringComparison.Ordinal) == true);
    }

    private static async Task<(string Code, string Title)> DeclareAsync(TestHub hub, string confidentiality)
    {
        var privacy = await hub.AsAsync("privacy");
        var title = $"Transcripts of {confidentiality} conversations were readable";
        var code = (await privacy.MakeAsync("/api/v1/incidents",
            new { title, sev = 2, confidentiality, programs = new[] { new { program = "MCI" } } })).Text("code");
        await privacy.MakeAsync($"/api/v1/incidents/{code}/notes", new { kind = "Note", body = $"{title}, and more of it." });
        await privacy.MakeAsync("/api/v1/tasks", new { what = $"Look into {title}", owner = "privacy", incident = code });
        await hub.CountedAsync();
        return (code, title);
    }

    private static async Task<int> CountAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/v1/audit?limit=250&" + query)).GetProperty("items").GetArrayLength();
}
