using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Response.Obligations;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>
/// A story is run once, and after each step is written down what the API says of the incidents, their obligations and their tasks.
/// Afterwards the same is asked of each of those times.
/// </summary>
public sealed class SnapshotStoryTests
{
    private static readonly string[] OfIncident =
        ["title", "sev", "sevName", "status", "confidentiality", "timestamps", "cycles", "sevChanges", "people", "exposures", "programs",
            "clocks", "advice"];

    [Fact]
    public async Task What_was_said_after_each_step_is_what_is_known_of_that_time_afterwards()
    {
        await using var scene = await IncidentScene.CreateAsync();
        // Of this SEV nothing is paused: a stop is proven in its own time.
        string[] codes = [await scene.DeclareAsync(5), await scene.DeclareAsync(5, "TYP", "The same, seen before")];
        scene.Later(7);
        var reader = await scene.Hub.AsAsync("auditor");
        var said = new List<(string Step, DateTimeOffset At, JsonObject[] Answers)>();
        foreach (var (step, act) in await StepsAsync(scene, codes[0], codes[1]))
        {
            await act();
            said.Add((step, scene.Hub.Clock.Now, [await NowAsync(reader, codes[0]), await NowAsync(reader, codes[1])]));
            scene.Later(7);
        }
        foreach (var (before, after) in said.Zip(said.Skip(1)))
            Assert.False(before.Answers.Zip(after.Answers).All(p => JsonNode.DeepEquals(p.First, p.Second)), $"Nothing by {after.Step}.");

        foreach (var (step, at, answers) in said)
        {
            foreach (var (code, answer) in codes.Zip(answers))
            {
                var then = await ThenAsync(reader, code, at);
                foreach (var (part, value) in answer)
                    Assert.True(JsonNode.DeepEquals(value, then[part]), $"{step}, {code}, {part}:\n{value}\n{then[part]}");
            }
        }
    }

    private static async Task<IReadOnlyList<(string Step, Func<Task> Act)>> StepsAsync(IncidentScene scene, string code, string other)
    {
        var (responder, owner, privacy) = (scene.Responder, await scene.Hub.AsAsync("owner"), await scene.Hub.AsAsync("privacy"));
        DateTimeOffset Hours(double hours) => scene.Hub.Clock.Now.AddHours(hours);
        Task Act(string path, object body) => scene.ActAsync(code, path, body);
        Task Obliged(string obligation, string act, object body) => privacy.MakeAsync($"/api/v1/obligations/{obligation}/{act}", body);
        Task Work(HttpClient by, string task, string act, object body) => by.MakeAsync($"/api/v1/tasks/{task}/{act}", body);
        async Task Put(string path, object body) => AssertOk(await responder.SendAsync(HttpMethod.Put, path, body));
        return
        [
            ("Handed over", () => Act("roles", new { role = "Commander", account = "responder-2" })),
            ("Written down by", () => Act("roles", new { role = "Scribe", account = "privacy" })),
            ("GDPR", () => Act("obligations", new { regime = "GDPR" })),
            ("DORA", () => Act("obligations", new { regime = "DORA" })),
            ("Of the other", () => scene.ActAsync(other, "obligations", new { regime = "HIPAA" })),
            ("Detected before", () => Act("timestamps", new { timestamp = "Detected", at = Hours(-90), reason = "The log says so." })),
            ("Triggered", () => Obliged("O-1", "trigger", new { at = Hours(-70), note = "Certain since the first report." })),
            ("Trigger corrected", () => Obliged("O-1", "trigger", new { at = Hours(-10), note = "The report was of another table." })),
            ("Trigger corrected again", () => Obliged("O-1", "trigger", new { at = Hours(-72), note = "It was this one after all." })),
            ("Late", () => scene.Hub.Services.GetRequiredService<LateObligations>().RunAsync(CancellationToken.None)),
            ("Postponed", () => Obliged("O-1", "delay", new { authority = "Police", reason = "They search.", until = Hours(50) })),
            ("Postponed for longer", () => Obliged("O-1", "delay", new { authority = "Police", reason = "They search on." })),
            ("No longer postponed", () => Obliged("O-1", "end-delay", new { dueAt = Hours(20), reason = "They are done." })),
            ("First notice", () => Obliged("O-1", "notices", new { at = Hours(0), reference = "DPC-1", isComplete = false })),
            ("Last notice", () => Obliged("O-1", "notices", new { at = Hours(0), reference = "DPC-2", note = "All.", isComplete = true })),
            ("Reopened", () => Obliged("O-1", "reopen", new { reason = "They ask for more." })),
            ("Not to notify", () => Obliged("O-2", "not-required", new { reason = "No high risk." })),
            ("To notify after all", () => Obliged("O-2", "reopen", new { reason = "There is one." })),
            ("Major", () => Obliged("O-4", "trigger", new { at = Hours(-1), awareAt = Hours(-22), note = "Classified as major." })),
            ("Chained", () => Obliged("O-4", "notices", new { at = Hours(0), reference = "N-1", isComplete = true })),
            ("Task", () => responder.MakeAsync("/api/v1/tasks",
                new { what = "Read the grants", incident = code, owner = "owner", dueAt = Hours(30) })),
            ("Fix", () => responder.MakeAsync("/api/v1/tasks", new { what = "Remove the grant", kind = "Fix", incident = code })),
            ("Assigned", () => Put("/api/v1/tasks/T-2", new { what = "Remove the grant", owner = "owner" })),
            ("Assigned to another", () => Put("/api/v1/tasks/T-1",
                new { what = "Read all grants", owner = "privacy", dueAt = Hours(20) })),
            ("Of nobody", () => Put("/api/v1/tasks/T-1", new { what = "Read all grants" })),
            ("Done", () => Work(owner, "T-2", "complete", new { note = "Removed." })),
            ("Sent back", () => Work(responder, "T-2", "check", new { holds = false, note = "It is there again." })),
            ("Done again", () => Work(owner, "T-2", "complete", new { note = "Removed for good." })),
            ("Verified", () => Work(responder, "T-2", "check", new { holds = true, note = "Probed." })),
            ("Cancelled", () => Work(responder, "T-1", "cancel", new { reason = "The other team did." })),
            ("Wanted again", () => Work(responder, "T-1", "reopen", new { reason = "They did not." })),
            ("Nobody writes", async () => AssertOk(await responder.SendAsync(
                HttpMethod.Delete, $"/api/v1/incidents/{code}/roles/Scribe/privacy"))),
            ("Written down by the same", () => Act("roles", new { role = "Scribe", account = "privacy" })),
            ("Exposed", () => Act("exposures", new { dataset = "transcriptions", records = 100 })),
            ("Worse", () => Act("sev", new { sev = 4, reason = "A safeguard failed." })),
            ("Contained", () => Act("contain", new { note = "Closed." })),
            ("Merged", () => Act("merge", new { into = other, reason = "The same." })),
            ("After the merge", () => Obliged("O-2", "trigger", new { at = Hours(-2), note = "High, after all." })),
        ];
    }

    private static async Task<JsonObject> NowAsync(HttpClient reader, string code)
    {
        var incident = Node(await reader.ReadAsync($"/api/v1/incidents/{code}"));
        var answer = new JsonObject(OfIncident.Select(p => KeyValuePair.Create(p, incident[p]?.DeepClone())));
        foreach (var part in (string[])["obligations", "tasks"])
            answer[part] = Node(await reader.ReadAsync($"/api/v1/{part}?incident={code}"))["items"]!.DeepClone();
        return answer;
    }

    private static async Task<JsonObject> ThenAsync(HttpClient reader, string code, DateTimeOffset at)
    {
        var (path, query) = ($"/api/v1/incidents/{code}/snapshot", $"?asOf={Uri.EscapeDataString(at.ToString("O"))}");
        var answer = Node(await reader.ReadAsync(path + query));
        foreach (var part in (string[])["obligations", "tasks"])
            answer[part] = Node(await reader.ReadAsync($"{path}/{part}{query}"))["items"]!.DeepClone();
        return answer;
    }

    private static JsonObject Node(JsonElement element) => JsonNode.Parse(element.GetRawText())!.AsObject();
}
