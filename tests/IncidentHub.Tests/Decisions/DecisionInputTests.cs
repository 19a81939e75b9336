using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace IncidentHub.Tests.Decisions;

/// <summary>A refused request changes nothing: all tests use one hub with a recommendation that awaits approval.</summary>
public class DecisionInputTests(DecisionInputTests.Proposed proposed) : IClassFixture<DecisionInputTests.Proposed>
{
    private const string D1 = "/api/v1/decisions/D-1";
    private readonly DecisionScene _scene = proposed.Scene;

    public sealed class Proposed : IAsyncLifetime
    {
        internal DecisionScene Scene { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Scene = await DecisionScene.PausedAsync();
            await Scene.OkAsync("responder", D1 + "/propose",
                new { outcome = "StayPausedUntil", rationale = "Wait.", until = Scene.Hub.Clock.Now.AddDays(1) });
        }

        public ValueTask DisposeAsync() => Scene.DisposeAsync();
    }

    public static TheoryData<string, string> BadTasks => new()
    {
        { """{"incident":"INC-1"}""", "what" },
        { """{"what":"x"}""", "incident" },
        { """{"what":"x","incident":"INC-1","program":"MCI"}""", "incident" },
        { """{"what":"x","incident":"INC-1","kind":"Disposal"}""", "kind" },
        { """{"what":"x","incident":"INC-1","owner":"nobody"}""", "owner" },
        { """{"what":"x","incident":"INC-1","dueAt":"2020-01-01T00:00:00Z"}""", "dueAt" },
        { """{"what":"x","incident":"INC-1","dueAt":"never"}""", "dueAt" },
        { $$"""{"what":"{{new string('x', 501)}}","incident":"INC-1"}""", "what" },
    };

    [Theory]
    [MemberData(nameof(BadTasks))]
    public async Task An_invalid_task_is_a_problem_that_names_the_field(string body, string field)
    {
        var answer = await (await _scene.ClientAsync("responder"))
            .PostAsync("/api/v1/tasks", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, problem.ToString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Theory]
    [InlineData("employee", 403)]
    [InlineData("counsel", 403)]
    [InlineData("administrator", 403)]
    [InlineData("auditor", 403)]
    [InlineData("executive", 403)]
    [InlineData("owner-2", 403)]
    [InlineData("responder", 200)]
    [InlineData("owner", 200)]
    [InlineData("deputy", 200)]
    [InlineData("privacy", 200)]
    public async Task A_criterion_is_answered_only_by_roles_that_the_access_table_allows(string account, int status)
    {
        var answer = await _scene.PostAsync(account, D1 + "/criteria/RootCauseKnown/meet", new { evidence = "Found." });
        Assert.Equal(status, (int)answer.StatusCode);
    }

    public static TheoryData<string, string, string> BadBodies => new()
    {
        { "/propose", "{}", "outcome" },
        { "/propose", """{"outcome":"Explode","rationale":"x"}""", "outcome" },
        { "/propose", """{"outcome":3,"rationale":"x"}""", "outcome" },
        { "/propose", """{"outcome":"Terminate"}""", "rationale" },
        { "/propose", """{"outcome":"Terminate","rationale":" "}""", "rationale" },
        { "/propose", $$"""{"outcome":"Terminate","rationale":"{{new string('x', 4001)}}"}""", "rationale" },
        { "/propose", """{"outcome":"Terminate","rationale":"\u0000"}""", "rationale" },
        { "/propose", """{"outcome":"Terminate","rationale":"\ud800"}""", "rationale" },
        { "/propose", """{"outcome":"StayPausedUntil","rationale":"x"}""", "until" },
        { "/propose", """{"outcome":"StayPausedUntil","rationale":"x","until":"2020-01-01T00:00:00Z"}""", "until" },
        { "/propose", """{"outcome":"StayPausedUntil","rationale":"x","until":"9999-12-31T23:59:59Z"}""", "until" },
        { "/propose", """{"outcome":"StayPausedUntil","rationale":"x","until":"tomorrow"}""", "until" },
        { "/propose", """{"outcome":"ResumeWithConditions","rationale":"x","conditions":[null]}""", "conditions[0].what" },
        { "/propose", """{"outcome":"ResumeWithConditions","rationale":"x","conditions":[{"what":"y","owner":"nobody","dueAt":"2027-01-01T00:00:00Z"}]}""", "conditions[0].owner" },
        { "/approve", """{"as":"King"}""", "as" },
        { "/approve", "[]", "body" },
        { "/approve", "", "body" },
        { "/approve", "{", "body" },
        { "/reject", "{}", "reason" },
        { "/withdraw", """{"reason":7}""", "reason" },
        { "/criteria/RootCauseKnown/meet", "{}", "evidence" },
        { "/criteria/RootCauseKnown/waive", """{"reason":"\n"}""", "reason" },
        { "/criteria/NoSuch/meet", """{"evidence":"x"}""", "kind" },
        { "/criteria/3/meet", """{"evidence":"x"}""", "kind" },
        { "/criteria/RootCauseKnown/meet", """{"evidence":"x","expectedVersion":"abc"}""", "expectedVersion" },
        { "/placed-in-error", "{}", "reason" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Invalid_input_is_a_problem_that_names_the_field_and_changes_nothing(string path, string body, string field)
    {
        var before = (await _scene.GetAsync("privacy", D1)).ToString();
        var client = await _scene.ClientAsync(path == "/withdraw" ? "responder" : "privacy");
        var answer = await client.PostAsync(D1 + path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, problem.ToString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        Assert.Equal(before, (await _scene.GetAsync("privacy", D1)).ToString());
    }

    [Theory]
    [InlineData("/api/v1/decisions/D-99", 404)]
    [InlineData("/api/v1/decisions/%27%20OR%201=1--", 404)]
    [InlineData("/api/v1/decisions?shelf=Top", 400)]
    [InlineData("/api/v1/decisions?cursor=abc", 400)]
    [InlineData("/api/v1/decisions?limit=9999", 400)]
    [InlineData("/api/v1/tasks?kind=Fun", 400)]
    [InlineData("/api/v1/tasks?cursor=-1", 400)]
    public async Task Unknown_codes_and_filters_are_refused(string path, int status)
    {
        Assert.Equal(status, (int)(await (await _scene.ClientAsync("privacy")).GetAsync(path)).StatusCode);
    }
}
