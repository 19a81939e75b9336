using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using IncidentHub.Access.Identity;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Decisions.Record;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Insight.Home;
using IncidentHub.Response.Evidence;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Decisions.Opinions;

public sealed class OpinionApiTests
{
    private const string D = "/api/v1/decisions/D-1", O = $"{D}/opinions", Officer = "data-protection", Council = "works-council";
    private const string Text = "The purpose is too wide.";

    /// <summary>From the request to the record of the decision.</summary>
    [Fact]
    public async Task An_opinion_is_requested_given_with_its_document_shown_and_kept_in_the_record()
    {
        await using var scene = await DecisionScene.PausedAsync();
        var (privacy, officer, council) =
            (await scene.ClientAsync("privacy"), await scene.ClientAsync(Officer), await scene.ClientAsync(Council));
        Assert.Empty(await InboxAsync(scene, Officer));
        await privacy.MakeAsync($"{O}/request", new { role = "DataProtectionOfficer", dueAt = scene.Hub.Clock.Now.AddDays(3) });
        var asked = Assert.Single(await InboxAsync(scene, Officer));
        Assert.Equal(("MCI: your opinion is requested on D-1", "decisions/D-1"), (asked.Text, asked.Href));
        Assert.Empty(await InboxAsync(scene, Council));
        Assert.Equal("D-1", Assert.Single((await officer.ReadAsync("/api/v1/decisions?shelf=AwaitingMe")).GetProperty("items")
            .EnumerateArray()).Text("code"));
        Assert.Empty((await council.ReadAsync("/api/v1/decisions?shelf=AwaitingMe")).GetProperty("items").EnumerateArray());

        AssertProblem(await privacy.PostAsync($"{O}/request", new { role = "WorksCouncil", people = new[] { "nobody", "owner" } }),
            HttpStatusCode.BadRequest, "people[0]");
        AssertProblem(await privacy.PostAsync($"{O}/request", new { role = "WorksCouncil", people = new[] { "owner" } }),
            HttpStatusCode.BadRequest, "people[0]");
        AssertProblem(await officer.PostAsync(O, Form(("givenAt", "tomorrow"), ("position", "Perhaps"))), HttpStatusCode.BadRequest,
            "givenAt", "position");
        AssertProblem(await officer.PostAsync(O, Form(("role", "DataProtectionOfficer"))), HttpStatusCode.BadRequest,
            "givenAt", "position", "text");
        AssertProblem(await officer.PostAsync(O, Valid(scene, "DataProtectionOfficer", "Objection") with { File = [] }),
            HttpStatusCode.BadRequest, "file");
        AssertProblem(await officer.PostAsync(O, Valid(scene, "WorksCouncil", "Objection")), HttpStatusCode.Forbidden);
        AssertProblem(await (await scene.ClientAsync("owner")).PostAsync(O, Valid(scene, "WorksCouncil", "Objection")),
            HttpStatusCode.Forbidden);
        AssertProblem(await officer.PostAsync("/api/v1/decisions/D-9/opinions", Valid(scene, "WorksCouncil", "Objection")),
            HttpStatusCode.NotFound);
        var stale = Valid(scene, "DataProtectionOfficer", "Objection", ("expectedVersion", "1"));
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(O, stale)).Status);
        Assert.Empty(StoredFiles(scene));

        var (first, location, body) = await SendOnceAsync(officer, Valid(scene, "DataProtectionOfficer", "Objection"));
        Assert.Equal((HttpStatusCode.Created, $"{O}/2"), (first, location));
        Assert.Equal((first, location, body), await SendOnceAsync(officer, Valid(scene, "DataProtectionOfficer", "Objection")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await SendOnceAsync(officer, Valid(scene, "DataProtectionOfficer", "NoPosition"))).Status);
        var digest = Convert.ToHexStringLower(SHA256.HashData("%PDF"u8));
        var given = Assert.Single((await officer.ReadAsync(O)).GetProperty("opinions").EnumerateArray());
        Assert.Equal(("Objection", Text, "Data protection officer", digest), (given.Text("position"), given.Text("text"),
            given.Text("recordedBy"), given.GetProperty("document").Text("sha256")));
        Assert.Empty((await officer.ReadAsync(O)).GetProperty("requests").EnumerateArray());
        Assert.Empty(await InboxAsync(scene, Officer));
        Assert.Single(StoredFiles(scene));

        // Privacy records for the works council; without a document.
        var file = Valid(scene, "WorksCouncil", "NoObjection");
        using (var form = new MultipartFormDataContent())
        {
            foreach (var (name, value) in file.Fields) form.Add(new StringContent(value), name);
            using var answer = await privacy.PostAsync(O, form);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
        // A browser states the name of the file as a field.
        var paper = await council.MakeAsync(O, Valid(scene, "WorksCouncil", "NoObjectionWithConditions", ("name", "Paper é.pdf")));
        Assert.Equal("Paper é.pdf", paper.GetProperty("document").Text("name"));
        var all = (await scene.GetAsync("owner", O)).GetProperty("opinions").EnumerateArray().ToList();
        Assert.Equal(["WorksCouncil False False", "WorksCouncil True True", "DataProtectionOfficer False False"],
            all.Select(o => $"{o.Text("role")} {o.GetProperty("onBehalf")} {o.GetProperty("superseded")}"));
        Assert.Equal(["4", "3", "2"], (await scene.GetAsync("owner", "/api/v1/incidents/INC-1/opinions")).GetProperty("items")
            .EnumerateArray().Select(o => o.GetProperty("opinion").GetProperty("number").ToString()));
        var line = (await scene.GetAsync("owner", "/api/v1/decisions")).GetProperty("items")[0];
        Assert.Equal((2, 1, 0), (line.GetProperty("opinions").GetInt32(), line.GetProperty("objections").GetInt32(),
            line.GetProperty("opinionsAwaited").GetInt32()));

        // Everybody who reads the decision reads the document; the custody says who did.
        using (var document = await (await scene.ClientAsync("owner")).GetAsync($"{O}/2/document"))
            Assert.Equal("%PDF", await document.Content.ReadAsStringAsync());
        Assert.Equal(["Downloaded Program owner", "Added Data protection officer"],
            (await officer.ReadAsync($"{O}/2/custody")).GetProperty("items").EnumerateArray()
                .Select(c => $"{c.Text("kind")} {c.Text("by")}"));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{O}/3/document")).StatusCode);
        var timeline = (await scene.GetAsync("privacy", "/api/v1/incidents/INC-1/timeline")).ToString();
        Assert.Contains("Opinion of the data protection officer: Objection", timeline);
        // The text stands in one place.
        Assert.DoesNotContain(Text, timeline);
        Assert.DoesNotContain(Text, (await (await scene.ClientAsync("auditor")).GetStringAsync("/api/v1/audit?limit=100")));

        // Approvals are asked for and stand as without it.
        await scene.AllAnsweredAsync();
        await scene.OkAsync("responder", $"{D}/propose", new { outcome = "Resume", rationale = "The grants are gone." });
        await scene.OkAsync("owner", $"{D}/approve", new { });
        var read = (await scene.GetAsync("privacy", D)).Text("digest");
        await officer.MakeAsync(O, Valid(scene, "DataProtectionOfficer", "Objection"));
        Assert.Single((await scene.GetAsync("privacy", D)).GetProperty("approvals").EnumerateArray());
        await privacy.MakeAsync($"{O}/request", new { role = "WorksCouncil" });
        await scene.OkAsync("privacy", $"{D}/approve", new { digest = read });
        AssertRefused(await privacy.PostAsync(O, Valid(scene, "WorksCouncil", "Objection")), "decided");
        AssertRefused(await privacy.PostAsync($"{O}/request", new { role = "WorksCouncil" }), "decided");
        Assert.Empty((await officer.ReadAsync(O)).GetProperty("requests").EnumerateArray());
        var record = await officer.GetStringAsync($"{D}/record");
        using var keys = AuditKeys.FromJwks(await officer.GetStringAsync("/.well-known/jwks.json"));
        var verified = SignedRecord.Verify(record, keys);
        Assert.True(verified.IsOk);
        Assert.Equal(4, verified.Lines.Count(l => l.StartsWith("Opinion of", StringComparison.Ordinal)));
        Assert.Contains(Text, record);

        // A damaged file is found and not handed out.
        await File.WriteAllBytesAsync(StoredFiles(scene).First(f => new FileInfo(f).Length == 4), [1]);
        Assert.Contains(HttpStatusCode.Conflict, new[]
        {
            (await officer.GetAsync($"{O}/2/document")).StatusCode, (await officer.GetAsync($"{O}/4/document")).StatusCode,
            (await officer.GetAsync($"{O}/5/document")).StatusCode,
        });
        var known = await scene.Hub.Db.ReadAsync(sql => scene.Hub.Services.GetServices<IFileOwner>().OfType<OpinionCommands>().Single()
            .KnownAsync(sql, [.. StoredFiles(scene).Select(f => Guid.ParseExact(Path.GetFileName(f), "N")), Guid.CreateVersion7()]));
        Assert.Equal(StoredFiles(scene).Count, known.Count);

        await RedactAsync(scene, privacy, record);
    }

    // A document by itself, then the texts: digest and record stay what they were, and the activity says who did it and why.
    private static async Task RedactAsync(DecisionScene scene, HttpClient privacy, string record)
    {
        const string Reason = "A name.";
        var before = await privacy.ReadAsync(D);
        var list = await privacy.ReadAsync($"{D}/texts");
        var files = list.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["The document opinion.pdf, 4 bytes", "The document Paper é.pdf, 4 bytes", "The document opinion.pdf, 4 bytes"],
            files.Select(f => f.Text("file")));
        var texts = list.GetProperty("texts").EnumerateArray().ToList();
        Assert.Contains("Opinion of the data protection officer on D-1: text", texts.Select(t => t.Text("place")));
        Assert.Contains("Criterion of D-1, «Access limited to the promised audience»: note", texts.Select(t => t.Text("place")));
        AssertProblem(await privacy.PostAsync($"{D}/redact", new { reason = Reason, files = new[] { Guid.CreateVersion7() } }),
            HttpStatusCode.BadRequest, "files");
        AssertProblem(await privacy.PostAsync($"{D}/redact", new { reason = Reason, files = Array.Empty<Guid>() }),
            HttpStatusCode.BadRequest, "texts");

        var kept = StoredFiles(scene).Count;
        var removed = await privacy.MakeAsync($"{D}/redact", new { reason = Reason, files = new[] { files[0].Text("id") } });
        Assert.Equal((0, 1), (removed.GetProperty("texts").GetInt32(), removed.GetProperty("files").GetInt32()));
        Assert.Equal(kept - 1, StoredFiles(scene).Count);
        AssertRefused(await privacy.SendAsync(HttpMethod.Get, $"{O}/2/document", null), "redacted");
        var decision = await privacy.ReadAsync(D);
        Assert.Equal(before.GetProperty("opinions").EnumerateArray().Select(o => o.Text("text")),
            decision.GetProperty("opinions").EnumerateArray().Select(o => o.Text("text")));
        Assert.Equal(("redacted", "A document redacted", Reason, "Privacy"), LastOf(decision));

        await privacy.MakeAsync($"{D}/redact", new { reason = Reason, texts = texts.Select(t => t.Text("id")) });
        decision = await (await scene.ClientAsync("owner")).ReadAsync(D);
        Assert.DoesNotContain(Text, decision.ToString(), StringComparison.Ordinal);
        Assert.Equal(("redacted", "Texts redacted", Reason, "Privacy"), LastOf(decision));
        Assert.Equal(before.Text("digest"), decision.Text("digest"));
        using var keys = AuditKeys.FromJwks(await privacy.GetStringAsync("/.well-known/jwks.json"));
        foreach (var exported in (string[])[record, await privacy.GetStringAsync($"{D}/record")])
            Assert.True(SignedRecord.Verify(exported, keys).IsOk);
        // Without the salt nobody finds out what the texts were.
        Assert.Null(await scene.Hub.Db.ReadAsync(sql => ((IncidentHub.Platform.Database.Sql)sql).Connection.QuerySingleAsync<string?>(
            "SELECT DigestSalt FROM Decision WHERE Code = 'D-1'")));
    }

    private static (string, string, string, string) LastOf(JsonElement decision) =>
        decision.GetProperty("log").EnumerateArray().Last() is var last
            ? (last.Text("kind"), last.Text("title"), last.Text("body"), last.Text("by")) : default;

    /// <summary>Only where they are asked, while they have the role; and not the incident.</summary>
    [Fact]
    public async Task The_decision_of_a_restricted_incident_is_read_by_those_who_were_asked_for_it()
    {
        await using var scene = await DecisionScene.PausedAsync();
        var (privacy, officer, council) =
            (await scene.ClientAsync("privacy"), await scene.ClientAsync(Officer), await scene.ClientAsync(Council));
        foreach (var role in (string[])["DataProtectionOfficer", "WorksCouncil"])
            await privacy.MakeAsync($"{O}/request", new { role, people = new[] { role == "WorksCouncil" ? Council : Officer } });
        await officer.MakeAsync(O, Valid(scene, "DataProtectionOfficer", "Objection"));
        await scene.OkAsync("privacy", "/api/v1/incidents/INC-1/confidentiality",
            new { confidentiality = "Restricted", reason = "Names." });
        // What was asked while it was open opens nothing.
        foreach (var client in (HttpClient[])[officer, council])
        {
            foreach (var path in (string[])[D, O, $"{O}/3", $"{O}/3/document", $"{O}/3/custody", $"{D}/record"])
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).StatusCode);
            Assert.Empty((await client.ReadAsync("/api/v1/decisions")).GetProperty("items").EnumerateArray());
            AssertProblem(await client.PostAsync(O, Valid(scene, "DataProtectionOfficer", "Objection")), HttpStatusCode.NotFound);
        }
        Assert.Empty(await InboxAsync(scene, Council));

        var read = await privacy.MakeAsync($"{O}/request", new { role = "WorksCouncil" });
        Assert.Equal("Works council", read.GetProperty("opinionRequests")[0].GetProperty("people")[0].GetString());
        Assert.Equal("MCI: your opinion is requested on D-1", Assert.Single(await InboxAsync(scene, Council)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(D)).StatusCode);
        var shown = await council.ReadAsync(D);
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("pauses")[0].GetProperty("incident").ValueKind);
        foreach (var path in (string[])["/api/v1/incidents/INC-1", "/api/v1/incidents/INC-1/opinions", "/api/v1/programs/MCI"])
            Assert.Equal(HttpStatusCode.Forbidden, (await council.GetAsync(path)).StatusCode);
        await council.MakeAsync(O, Valid(scene, "WorksCouncil", "NoPosition"));
        using (var document = await council.GetAsync($"{O}/3/document")) Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        var audit = await (await scene.ClientAsync("auditor")).GetStringAsync("/api/v1/audit?limit=100");
        Assert.Contains("decision.opinion-requested", audit);

        var people = scene.Hub.Services.GetRequiredService<PeopleCommands>();
        var administrator = TestHub.Actor("administrator");
        var refused = await people.ChangeAsync(Council, new(null, Roles.WorksCouncil | Roles.Responder), administrator);
        Assert.Equal(["roles"], refused.Refusal!.Errors!.Keys);
        Assert.Equal(["roles"], (await people.LendAsync("responder", Roles.WorksCouncil, scene.Hub.Clock.Now.AddDays(1), administrator))
            .Refusal!.Errors!.Keys);
        Assert.True((await people.ChangeAsync(Council, new(null, Roles.Responder), administrator)).IsOk);
        Assert.Equal(HttpStatusCode.NotFound, (await council.GetAsync(D)).StatusCode);
    }

    /// <summary>Somebody was asked by mistake, on the decision of a restricted incident.</summary>
    [Fact]
    public async Task Who_is_no_longer_asked_no_longer_reads_the_decision()
    {
        await using var scene = await DecisionScene.PausedAsync();
        var (privacy, officer, council) =
            (await scene.ClientAsync("privacy"), await scene.ClientAsync(Officer), await scene.ClientAsync(Council));
        await scene.OkAsync("privacy", "/api/v1/incidents/INC-1/confidentiality",
            new { confidentiality = "Restricted", reason = "Names." });
        await privacy.MakeAsync($"{O}/request", new { role = "WorksCouncil" });
        await privacy.MakeAsync($"{O}/request", new { role = "DataProtectionOfficer" });
        Assert.Single(await InboxAsync(scene, Council));
        var withdraw = $"{O}/requests/1/withdraw";
        AssertProblem(await council.PostAsync(withdraw, new { }), HttpStatusCode.Forbidden);
        AssertProblem(await privacy.PostAsync(withdraw, new { expectedVersion = 1 }), HttpStatusCode.Conflict);
        AssertProblem(await privacy.PostAsync($"{O}/requests/9/withdraw", new { }), HttpStatusCode.NotFound);
        AssertProblem(await privacy.PostAsync("/api/v1/decisions/D-9/opinions/requests/1/withdraw", new { }), HttpStatusCode.NotFound);

        var shown = await privacy.MakeAsync(withdraw, new { });
        Assert.Equal([2], shown.GetProperty("opinionRequests").EnumerateArray().Select(r => r.GetProperty("number").GetInt32()));
        AssertRefused(await privacy.PostAsync(withdraw, new { }), "withdrawn");
        Assert.Equal(HttpStatusCode.NotFound, (await council.GetAsync(D)).StatusCode);
        Assert.Empty((await council.ReadAsync("/api/v1/decisions?shelf=AwaitingMe")).GetProperty("items").EnumerateArray());
        Assert.Empty(await InboxAsync(scene, Council));
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(D)).StatusCode);
        Assert.Equal(1, (await privacy.ReadAsync("/api/v1/decisions")).GetProperty("items")[0].GetProperty("opinionsAwaited").GetInt32());
        Assert.Contains("Request for an opinion withdrawn: Works council",
            (await privacy.ReadAsync("/api/v1/incidents/INC-1/timeline")).ToString());
        await officer.MakeAsync(O, Valid(scene, "DataProtectionOfficer", "NoPosition"));
        AssertRefused(await privacy.PostAsync($"{O}/requests/2/withdraw", new { }), "answered");
    }

    private static async Task<IReadOnlyList<InboxItem>> InboxAsync(DecisionScene scene, string account) =>
        (await scene.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor(account))).Inbox.Items;

    private static FormBody Valid(DecisionScene scene, string role, string position, params (string, string)[] further) => Form(
        [("role", role), ("position", position), ("text", Text), ("givenAt", scene.Hub.Clock.Now.AddDays(-1).ToString("O")), .. further]);

    private static FormBody Form(params (string, string)[] fields) => new("opinion.pdf", [.. "%PDF"u8], fields);

    private static List<string> StoredFiles(DecisionScene scene) => [.. Directory.GetFiles(
        scene.Hub.Services.GetRequiredService<EvidenceFolder>().PathOf(
            scene.Hub.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<EvidenceOptions>>().Value))];

    private static async Task<(HttpStatusCode Status, string? Location, string Body)> SendOnceAsync(HttpClient client, FormBody form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, O) { Content = form.ToContent() };
        request.Headers.Add("Idempotency-Key", "one opinion");
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync());
    }
}
