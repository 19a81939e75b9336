using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Statements;

public class StatementTests
{
    private static readonly object Draft = new { audience = "Employees", title = "Names were readable", body = "They no longer are." };

    [Fact]
    public async Task A_statement_is_drafted_published_by_somebody_else_and_withdrawn()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        var drafted = await scene.ActAsync(code, "statements", Draft);
        Assert.Equal(("S-1", "Draft", true), (drafted.Text("code"), drafted.Text("status"), drafted.GetProperty("hasDraft").GetBoolean()));
        Assert.Equal(HttpStatusCode.Forbidden, (await scene.Responder.PostAsync("/api/v1/statements/S-1/publish", new { })).Status);

        var privacy = await scene.Hub.AsAsync("privacy");
        var counsel = await scene.Hub.AsAsync("counsel");
        var (_, revised) = await privacy.SendAsync(HttpMethod.Put, "/api/v1/statements/S-1",
            new { title = "Names were readable", body = "They no longer are. We are sorry.", expectedVersion = 1 });
        Assert.Equal(2, revised.GetProperty("versions").GetArrayLength());
        Assert.Equal("own_text", (await privacy.PostAsync("/api/v1/statements/S-1/publish", new { })).Body.Text("code"));
        Assert.Equal("stale", (await counsel.PostAsync("/api/v1/statements/S-1/publish", new { expectedVersion = 1 })).Body.Text("code"));
        var published = await counsel.MakeAsync("/api/v1/statements/S-1/publish", new { expectedVersion = 2 });
        Assert.Equal(("Published", 2), (published.Text("status"), published.GetProperty("publishedVersion").GetInt32()));

        var withdrawn = await privacy.MakeAsync("/api/v1/statements/S-1/withdraw", new { reason = "A number was wrong." });
        Assert.Equal(("Withdrawn", "A number was wrong."), (withdrawn.Text("status"), withdrawn.Text("withdrawnReason")));
        Assert.Equal(
            ["S-1 drafted: Names were readable", "S-1 saved as version 2: Names were readable",
                "S-1 version 2 published: Names were readable", "S-1 withdrawn: Names were readable"],
            (await scene.TimelineAsync(code)).Where(t => t.StartsWith("S-1", StringComparison.Ordinal)));
        Assert.Equal(["S-1"], await CodesAsync(privacy, $"/api/v1/statements?incident={code}&status=Withdrawn"));
        Assert.Empty(await CodesAsync(privacy, "/api/v1/statements?status=Draft"));
        var filtered = await privacy.ReadAsync($"/api/v1/incidents/{code}/timeline?kind=statement");
        Assert.Equal(4, filtered.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_was_collected_is_drafted_from_the_record_released_by_privacy_and_does_not_change_with_the_record()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        var (employee, privacy, counsel) =
            (await scene.Hub.AsAsync("employee"), await scene.Hub.AsAsync("privacy"), await scene.Hub.AsAsync("counsel"));
        await scene.ActAsync(code, "statements", Draft);
        await privacy.MakeAsync("/api/v1/statements/S-1/publish", new { });
        var path = $"/api/v1/notices/{code}";
        async Task<JsonElement> CollectedAsync() => (await employee.ReadAsync(path)).GetProperty("collected");

        var suggested = await scene.Responder.ReadAsync($"/api/v1/incidents/{code}/collection");
        Assert.Equal("Collection", suggested.Text("audience"));
        Assert.Contains("Ask privacy what is held of you", suggested.Text("body"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}/collection")).Status);
        Assert.Equal(JsonValueKind.Null, (await CollectedAsync()).ValueKind);

        await scene.ActAsync(code, "statements",
            new { audience = "Collection", title = suggested.Text("title"), body = $"Released. {suggested.Text("body")}" });
        Assert.Equal(JsonValueKind.Null, (await CollectedAsync()).ValueKind);
        Assert.Equal(HttpStatusCode.Forbidden, (await counsel.PostAsync("/api/v1/statements/S-2/publish", new { })).Status);
        await privacy.MakeAsync("/api/v1/statements/S-2/publish", new { });
        var released = await CollectedAsync();
        Assert.Equal((suggested.Text("title"), $"Released. {suggested.Text("body")}"), (released.Text("title"), released.Text("body")));
        // It is apart from the statements, and does not name the page.
        var notice = await employee.ReadAsync(path);
        Assert.Equal(("Names were readable", 1), (notice.Text("title"), notice.GetProperty("statements").GetArrayLength()));

        await scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/statements/S-2", new { title = "Not yet", body = "A draft." });
        Assert.Equal(released.ToString(), (await CollectedAsync()).ToString());
        await privacy.MakeAsync("/api/v1/statements/S-2/withdraw", new { reason = "A date was wrong." });
        Assert.Equal(JsonValueKind.Null, (await CollectedAsync()).ValueKind);
    }

    [Fact]
    public async Task Employees_see_what_is_published_and_nothing_else()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync(title: "Unreleased title");
        var employee = await scene.Hub.AsAsync("employee");
        var privacy = await scene.Hub.AsAsync("privacy");
        var missing = await employee.SendAsync(HttpMethod.Get, "/api/v1/notices/INC-99");
        async Task HiddenAsync()
        {
            var (status, body) = await employee.SendAsync(HttpMethod.Get, $"/api/v1/notices/{code}");
            Assert.Equal((missing.Status, missing.Body.Text("detail")), (status, body.Text("detail")));
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Empty(await CodesAsync(employee, "/api/v1/notices"));
        }

        await HiddenAsync();
        await scene.ActAsync(code, "statements", Draft);
        await scene.ActAsync(code, "statements", new { audience = "External", title = "To customers", body = "We write to them." });
        await HiddenAsync();
        await privacy.MakeAsync("/api/v1/statements/S-2/publish", new { });
        await HiddenAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await employee.PostAsync($"/api/v1/notices/{code}/questions", new { text = "x" })).Status);

        await privacy.MakeAsync("/api/v1/statements/S-1/publish", new { });
        await scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/statements/S-1", new { title = "Draft title", body = "Draft text" });
        scene.Later(5);
        await scene.ActAsync(code, "statements", new { audience = "Employees", title = "More about names", body = "Nobody read them." });
        await privacy.MakeAsync("/api/v1/statements/S-3/publish", new { });
        var notice = await employee.ReadAsync($"/api/v1/notices/{code}");
        Assert.Equal(("More about names", "Investigating"), (notice.Text("title"), notice.Text("status")));
        Assert.Equal(["Nobody read them.", "They no longer are."],
            notice.GetProperty("statements").EnumerateArray().Select(s => s.Text("body")));
        foreach (var hidden in (string[])["Unreleased title", "Draft title", "Draft text", "To customers", "S-1", "Responder"])
            Assert.DoesNotContain(hidden, notice.GetRawText(), StringComparison.Ordinal);
        var line = Assert.Single((await employee.ReadAsync("/api/v1/notices")).GetProperty("items").EnumerateArray());
        Assert.Equal((code, "More about names"), (line.Text("code"), line.Text("title")));

        await privacy.MakeAsync("/api/v1/statements/S-3/withdraw", new { reason = "Not certain." });
        Assert.Equal("Names were readable", (await employee.ReadAsync($"/api/v1/notices/{code}")).Text("title"));

        // A restricted incident has no employee page, whatever was published before.
        await privacy.MakeAsync($"/api/v1/incidents/{code}/confidentiality", new { confidentiality = "Restricted", reason = "Names." });
        await HiddenAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await privacy.SendAsync(HttpMethod.Get, $"/api/v1/notices/{code}")).Status);
    }

    [Fact]
    public async Task Questions_are_shown_with_their_answers_and_without_the_name_of_who_asked()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await PublishedAsync(scene);
        var employee = await scene.Hub.AsAsync("employee");
        var auditor = await scene.Hub.AsAsync("auditor");
        var asked = await employee.MakeAsync($"/api/v1/notices/{code}/questions", new { text = "Were mine among them?" });
        var answer = $"/api/v1/notices/{code}/questions/{asked.Text("id")}/answer";
        Assert.Empty(await QuestionsAsync(employee, code));
        Assert.Empty(await QuestionsAsync(auditor, code));
        foreach (var account in (string[])["responder", "privacy", "counsel", "executive", "owner", "deputy"])
        {
            var waiting = Assert.Single(await QuestionsAsync(await scene.Hub.AsAsync(account), code));
            Assert.Equal("Employee", waiting.Text("askedBy"));
        }
        // The owner of another program does not answer.
        Assert.Empty(await QuestionsAsync(await scene.Hub.AsAsync("owner-2"), code));
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.PostAsync(answer, new { answer = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync(answer, new { answer = "x" })).Status);

        await (await scene.Hub.AsAsync("owner")).MakeAsync(answer, new { answer = "No." });
        await scene.Responder.MakeAsync(answer, new { answer = "None of yours.", expectedVersion = 2 });
        var shown = Assert.Single(await QuestionsAsync(auditor, code));
        Assert.Equal(("Were mine among them?", "None of yours.", "Responder", JsonValueKind.Null),
            (shown.Text("text"), shown.Text("answer"), shown.Text("answeredBy"), shown.GetProperty("askedBy").ValueKind));
        Assert.Equal(3, (await scene.Responder.ReadAsync($"/api/v1/incidents/{code}/timeline?kind=question")).GetProperty("items")
            .GetArrayLength());
    }

    [Fact]
    public async Task Of_a_restricted_incident_statements_have_random_codes_and_only_its_readers_see_them()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        var privacy = await scene.Hub.AsAsync("privacy");
        await privacy.MakeAsync($"/api/v1/incidents/{code}/confidentiality", new { confidentiality = "Restricted", reason = "Names." });
        var statement = (await privacy.MakeAsync($"/api/v1/incidents/{code}/statements", Draft)).Text("code");
        Assert.Equal(8, statement.Length);
        var counsel = await scene.Hub.AsAsync("counsel");
        Assert.Equal("restricted", (await counsel.PostAsync($"/api/v1/statements/{statement}/publish", new { })).Body.Text("code"));
        var outsider = await scene.Hub.AsAsync("responder-2");
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.SendAsync(HttpMethod.Get, $"/api/v1/statements/{statement}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.PostAsync($"/api/v1/incidents/{code}/statements", Draft)).Status);
        Assert.Empty(await CodesAsync(outsider, "/api/v1/statements"));
        Assert.Equal([statement], await CodesAsync(counsel, "/api/v1/statements"));
    }

    [Fact]
    public async Task A_merge_takes_statements_and_questions_along()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var into = await scene.DeclareAsync();
        var from = await PublishedAsync(scene);
        var employee = await scene.Hub.AsAsync("employee");
        var asked = await employee.MakeAsync($"/api/v1/notices/{from}/questions", new { text = "And now?" });
        await scene.ActAsync(from, "merge", new { into, reason = "The same grant." });
        Assert.Equal(HttpStatusCode.NotFound, (await employee.SendAsync(HttpMethod.Get, $"/api/v1/notices/{from}")).Status);
        Assert.Equal(into, (await scene.Responder.ReadAsync("/api/v1/statements/S-1")).Text("incident"));
        await scene.Responder.MakeAsync($"/api/v1/notices/{into}/questions/{asked.Text("id")}/answer", new { answer = "It is closed." });
        Assert.Single(await QuestionsAsync(employee, into));
        Assert.Equal("merged", (await scene.TryAsync(from, "statements", Draft)).Body.Text("code"));
    }

    private static async Task<string> PublishedAsync(IncidentScene scene)
    {
        var code = await scene.DeclareAsync();
        await scene.ActAsync(code, "statements", Draft);
        await (await scene.Hub.AsAsync("privacy")).MakeAsync("/api/v1/statements/S-1/publish", new { });
        return code;
    }

    private static async Task<JsonElement[]> QuestionsAsync(HttpClient client, string code) =>
        [.. (await client.ReadAsync($"/api/v1/notices/{code}")).GetProperty("questions").EnumerateArray()];

    private static async Task<IEnumerable<string>> CodesAsync(HttpClient client, string path) =>
        [.. (await client.ReadAsync(path)).GetProperty("items").EnumerateArray().Select(s => s.Text("code"))];
}
