using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Response.Evidence;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Evidence;

public sealed class EvidenceApiTests : IAsyncLifetime
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
    private IncidentScene _scene = null!;
    private string _incident = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _incident = await _scene.DeclareAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_file_is_kept_with_its_digest_and_handed_out_as_a_download_only()
    {
        var added = await AddAsync();
        Assert.Equal(("E-1", "page.html", Content.Length), (added.Text("code"), added.Text("name"), added.GetProperty("size").GetInt32()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), added.Text("sha256"));
        Assert.Contains("Evidence E-1 added", await _scene.TimelineAsync(_incident));

        using var answer = await _scene.Responder.GetAsync("/api/v1/evidence/E-1/content");
        Assert.Equal(Content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(("attachment", "page.html"), (answer.Content.Headers.ContentDisposition!.DispositionType,
            answer.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("sandbox;", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(Content))}:",
            Assert.Single(answer.Headers.GetValues("Repr-Digest")));
    }

    [Fact]
    public async Task Custody_tells_who_added_read_and_downloaded_it()
    {
        await AddAsync();
        var (counsel, auditor) = (await _scene.Hub.AsAsync("counsel"), await _scene.Hub.AsAsync("auditor"));
        await counsel.GetByteArrayAsync("/api/v1/evidence/E-1/content");
        await auditor.ReadAsync("/api/v1/evidence/E-1");
        await auditor.ReadAsync("/api/v1/evidence/E-1");
        var custody = (await auditor.ReadAsync("/api/v1/evidence/E-1/custody")).GetProperty("items").EnumerateArray()
            .Select(e => $"{e.Text("kind")} by {e.Text("by")}").Reverse();
        Assert.Equal(["Added by Responder", "Downloaded by Counsel", "Seen by Auditor"], custody);
        var page = await auditor.ReadAsync("/api/v1/evidence/E-1/custody?limit=2");
        var rest = await auditor.ReadAsync($"/api/v1/evidence/E-1/custody?cursor={page.Text("nextCursor")}");
        Assert.Equal("Added", Assert.Single(rest.GetProperty("items").EnumerateArray()).Text("kind"));
    }

    [Fact]
    public async Task Changed_and_missing_files_are_refused_recorded_and_shown_until_they_match_again()
    {
        await AddAsync();
        var file = Assert.Single(Directory.GetFiles(Folder));
        await File.WriteAllTextAsync(file, "<script>alert(2)</script>");
        var (status, body) = await _scene.Responder.SendAsync(HttpMethod.Get, "/api/v1/evidence/E-1/content");
        Assert.Equal((HttpStatusCode.Conflict, "damaged"), (status, body.Text("code")));
        Assert.Contains("differs from its digest", body.Text("detail"));
        Assert.Contains("Evidence E-1 differs from its digest", await _scene.TimelineAsync(_incident));
        File.Delete(file);
        (_, body) = await _scene.Responder.SendAsync(HttpMethod.Get, "/api/v1/evidence/E-1/content");
        Assert.Contains("is missing", body.Text("detail"));
        Assert.Equal(JsonValueKind.String, (await _scene.Responder.ReadAsync("/api/v1/evidence/E-1")).GetProperty("damagedAt").ValueKind);
        var audited = (await (await _scene.Hub.AsAsync("auditor")).ReadAsync("/api/v1/audit?act=evidence.damaged")).GetProperty("items");
        Assert.Equal(2, audited.GetArrayLength());

        await File.WriteAllBytesAsync(file, Content);
        Assert.Equal(Content, await _scene.Responder.GetByteArrayAsync("/api/v1/evidence/E-1/content"));
        Assert.Equal(JsonValueKind.Null, (await _scene.Responder.ReadAsync("/api/v1/evidence/E-1")).GetProperty("damagedAt").ValueKind);
    }

    [Fact]
    public async Task A_redacted_file_is_gone_and_its_record_digest_and_custody_stay()
    {
        var added = await AddAsync();
        var counsel = await _scene.Hub.AsAsync("counsel");
        var hold = (await counsel.MakeAsync($"/api/v1/incidents/{_incident}/legal-holds", new { reason = "Matter 12." })).Text("id");
        var privacy = await _scene.Hub.AsAsync("privacy");
        var redact = () => privacy.PostAsync("/api/v1/evidence/E-1/redact", new { reason = "A name was in it." });
        AssertRefused(await redact(), "legal_hold");
        Assert.Single(Directory.GetFiles(Folder));
        await counsel.MakeAsync($"/api/v1/incidents/{_incident}/legal-holds/{hold}/release", new { reason = "Closed." });

        AssertOk(await redact());
        Assert.Empty(Directory.GetFiles(Folder));
        AssertRefused(await _scene.Responder.SendAsync(HttpMethod.Get, "/api/v1/evidence/E-1/content"), "redacted");
        var record = await _scene.Responder.ReadAsync("/api/v1/evidence/E-1");
        Assert.Equal((added.Text("sha256"), "[redacted]", JsonValueKind.String, JsonValueKind.Null),
            (record.Text("sha256"), record.Text("name"), record.GetProperty("redactedAt").ValueKind,
                record.GetProperty("damagedAt").ValueKind));
        var custody = (await privacy.ReadAsync("/api/v1/evidence/E-1/custody")).GetProperty("items").EnumerateArray();
        Assert.Contains(custody, c => (c.Text("kind"), c.Text("by")) == ("Redacted", "Privacy"));
        Assert.Contains("Redacted: evidence E-1", await _scene.TimelineAsync(_incident));
        AssertRefused(await redact(), "redacted");
    }

    [Fact]
    public async Task Restricted_files_are_for_whoever_added_them_privacy_and_counsel()
    {
        var code = (await AddAsync(("restricted", "true"))).Text("code");
        Assert.Matches("^E-[A-Z][A-Z0-9]{5}$", code);
        foreach (var (account, may) in new[] { ("responder", true), ("privacy", true), ("counsel", true), ("responder-2", false),
            ("owner", false), ("auditor", false) })
        {
            var client = await _scene.Hub.AsAsync(account);
            var list = await client.ReadAsync($"/api/v1/incidents/{_incident}/evidence");
            Assert.Equal(may ? 1 : 0, list.GetProperty("items").GetArrayLength());
            foreach (var path in new[] { "", "/custody", "/content" })
            {
                using var answer = await client.GetAsync($"/api/v1/evidence/{code}{path}");
                Assert.True(may == answer.IsSuccessStatusCode, $"{account} {path}: {answer.StatusCode}");
            }
        }
        Assert.DoesNotContain(code, await (await _scene.Hub.AsAsync("auditor")).GetStringAsync($"/api/v1/incidents/{_incident}/timeline"));
        // The next open one leaves no gap.
        Assert.Equal("E-1", (await AddAsync()).Text("code"));
    }

    [Fact]
    public async Task What_belongs_to_a_restricted_incident_is_for_its_readers()
    {
        var privacy = await _scene.Hub.AsAsync("privacy");
        var hidden = (await privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "Names people",
            sev = 2,
            confidentiality = "Restricted",
            programs = new[] { new { program = "MCI" } }
        })).Text("code");
        var code = (await privacy.MakeAsync($"/api/v1/incidents/{hidden}/evidence", Form())).Text("code");
        foreach (var account in new[] { "responder-2", "owner", "executive" })
        {
            var client = await _scene.Hub.AsAsync(account);
            foreach (var path in new[] { $"incidents/{hidden}/evidence", $"evidence/{code}", $"evidence/{code}/content" })
            {
                using var answer = await client.GetAsync($"/api/v1/{path}");
                Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
            }
            var (status, _) = await client.PostAsync($"/api/v1/incidents/{hidden}/evidence", Form());
            Assert.Contains(status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        }
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task Owners_add_and_download_evidence_of_their_own_programs_only()
    {
        await AddAsync();
        foreach (var (account, status) in new[] { ("owner", HttpStatusCode.Created), ("deputy", HttpStatusCode.Created),
            ("owner-2", HttpStatusCode.Forbidden), ("executive", HttpStatusCode.Forbidden), ("auditor", HttpStatusCode.Forbidden) })
        {
            var client = await _scene.Hub.AsAsync(account);
            Assert.Equal(status, (await client.PostAsync($"/api/v1/incidents/{_incident}/evidence", Form())).Status);
            using var answer = await client.GetAsync("/api/v1/evidence/E-1/content");
            Assert.Equal(status == HttpStatusCode.Created, answer.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task Evidence_goes_along_with_a_merge()
    {
        await AddAsync();
        var into = await _scene.DeclareAsync(title: "The same hole");
        await _scene.ActAsync(_incident, "merge", new { into, reason = "The same." });
        Assert.Equal(into, (await _scene.Responder.ReadAsync("/api/v1/evidence/E-1")).Text("incident"));
        Assert.Contains((await _scene.Responder.ReadAsync("/api/v1/evidence/E-1/custody")).GetProperty("items").EnumerateArray(),
            e => e.Text("kind") == "Moved");
        var refused = await _scene.TryAsync(_incident, "evidence", Form());
        Assert.Equal((HttpStatusCode.Conflict, "merged"), (refused.Status, refused.Body.Text("code")));
    }

    [Fact]
    public async Task A_legal_hold_of_the_incident_is_shown()
    {
        await AddAsync();
        await (await _scene.Hub.AsAsync("counsel")).MakeAsync($"/api/v1/incidents/{_incident}/legal-holds", new { reason = "Matter 12." });
        Assert.True((await _scene.Responder.ReadAsync("/api/v1/evidence/E-1")).GetProperty("legalHold").GetBoolean());
    }

    [Fact]
    public async Task Forms_that_cannot_be_read_are_refused_and_leave_no_file()
    {
        var path = $"/api/v1/incidents/{_incident}/evidence";
        foreach (var (form, fields) in new (FormBody, string[])[]
        {
            (Form(("colour", "red")), ["colour"]),
            (Form(("note", "a"), ("note", "b")), ["note"]),
            (Form(("takenAt", "noon")), ["takenAt"]),
            (Form(("restricted", "maybe")), ["restricted"]),
            (Form() with { File = [] }, ["file"]),
            (new FormBody("a", Content), ["takenFrom", "takenAt"]),
        })
            ApiCalls.AssertProblem(await _scene.Responder.PostAsync(path, form), HttpStatusCode.BadRequest, fields);
        var late = (MultipartFormDataContent)Form().ToContent();
        late.Add(new StringContent("Too late"), "note");
        ApiCalls.AssertProblem(await SendAsync(late), HttpStatusCode.BadRequest, "file");
        await foreach (var cut in Form().CutAsync("<script>"))
            ApiCalls.AssertProblem(await SendAsync(cut), HttpStatusCode.BadRequest, "body");
        Assert.Empty(Directory.GetFiles(Folder));

        async Task<(HttpStatusCode, JsonElement)> SendAsync(HttpContent content)
        {
            using var answer = await _scene.Responder.PostAsync(path, content);
            return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
        }
    }

    [Fact]
    public async Task The_sweep_removes_what_no_transaction_recorded_after_a_day()
    {
        await AddAsync();
        var kept = Assert.Single(Directory.GetFiles(Folder));
        var (orphan, part) = (Path.Combine(Folder, Guid.CreateVersion7().ToString("N")), Path.Combine(Folder, "0.part"));
        foreach (var file in new[] { orphan, part }) await File.WriteAllTextAsync(file, "x");
        var job = _scene.Hub.Services.GetRequiredService<EvidenceSweep>();
        foreach (var file in new[] { kept, orphan, part }) File.SetLastWriteTimeUtc(file, _scene.Hub.Clock.Now.UtcDateTime.AddHours(-23));
        await job.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
        foreach (var file in new[] { kept, orphan, part }) File.SetLastWriteTimeUtc(file, _scene.Hub.Clock.Now.UtcDateTime.AddHours(-25));
        await job.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal([kept], Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_hub_whose_folder_cannot_be_used_does_not_start()
    {
        var file = Path.GetTempFileName();
        using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Evidence:Path"] = Path.Combine(file, "evidence") } };
        var failed = Assert.ThrowsAny<OptionsValidationException>(() => hub.Services);
        Assert.Contains("Evidence:Path", failed.Message);
        File.Delete(file);
    }

    private string Folder => Path.Combine(Path.GetDirectoryName(_scene.Hub.DatabaseFile)!, "evidence");

    private Task<JsonElement> AddAsync(params (string, string)[] more) =>
        _scene.Responder.MakeAsync($"/api/v1/incidents/{_incident}/evidence", Form(more));

    private FormBody Form(params (string Name, string Value)[] more)
    {
        (string, string)[] at = more.Any(m => m.Name == "takenAt") ? [] : [("takenAt", _scene.Hub.Clock.Now.ToString("O"))];
        return new("page.html", Content, [("takenFrom", "The mail server"), .. at, .. more]);
    }
}
