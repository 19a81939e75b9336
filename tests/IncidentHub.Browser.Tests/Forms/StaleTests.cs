using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Forms;

/// <summary>
/// Another person saves a change while the form is edited: the conflict names that person, typed text is kept, also after loading, and
/// nothing is written.
/// </summary>
[Collection(nameof(StageCollection))]
public sealed class StaleTests(FormsScene scene, ITestOutputHelper output) : IClassFixture<FormsScene>
{
    private const string Investigating = "/incidents/{investigating}";

    private static readonly (Form Form, Func<FormsScene, Task> Meanwhile)[] Cases =
    [
        (Incident("TimestampDialog", ["More", "Correct timestamp…"], "Correct timestamp", ("Timestamp", "Detected"),
            ("Correct time", FormsScene.Local(FormsScene.Now.AddDays(-1))), ("Reason", "Seen in the log.")), RetitleAsync),
        (Incident("StepDialog", ["Mark contained…"], "Mark contained", ("Note", "Grants revoked.")), RetitleAsync),
        (Incident("StepDialog, merge", ["More", "Merge into another…"], "Merge", ("Into which incident?", "{contained}"),
            ("Reason", "The same.")), RetitleAsync),
        (Incident("SevDialog", ["Change SEV…"], "Change SEV", ("Severity", Blow.Chosen + "SEV 4 Minor"), ("Reason", "A safeguard failed.")),
            RetitleAsync),
        (Incident("ExposureDialog", ["Record…"], "Record", ("Dataset", "{data}"), ("Records", "12"), ("Note", "Half of it.")),
            RetitleAsync),
        (Incident("ProgramLinkDialog", ["Edit link of {P}"], "Save", ("Involvement", Blow.Chosen + "Suspected"), ("Reason", "Not sure.")),
            RetitleAsync),
        (new("ProgramFormPage", "owner", "/programs/{P}/edit", [], "Save", "/api/v1/programs/{P}",
            new Blow(null, "Deputy", ("Purpose", "Typed before the other one saved."))), EditProgramAsync),
        (new("DatasetFormPage", "owner", "/datasets/{data}/edit", [], "Save", "/api/v1/datasets/{data}",
            new Blow(null, "Privacy", ("Description", "Typed before the other one saved."))), EditDatasetAsync),
        (new("VerifySafeguardDialog", "owner", "/programs/{P}", ["Verify: Encrypted at rest"], "Record the verification",
            "/api/v1/programs/{P}", new Blow(null, "", ("What did you find?", Blow.Chosen + "The safeguard is broken"),
            ("Evidence", "Read in clear."))), VerifyAsync),
        (new("SevPolicyPage", "administrator", "/sev-policy", ["Edit…"], "Publish version", "/api/v1/policy",
            new Blow(null, "", ("Reason", "Slower than we are."))) { OnPage = true }, EditPolicyAsync),
        (Decision("CriterionDialog", ["Answer: Root cause identified"], "Mark met", ("Evidence", "Typed before the other one saved.")),
            MeetAsync),
        (Decision("ProposeDialog", ["Recommend…"], "Recommend", ("Recommendation", Blow.Chosen + "Terminate"),
            ("Reason", "Typed before the other one saved.")), ProposeAsync),
        (new("AnswerDialog", "owner", "/programs/{P}-ASKED", ["Decline with a reason…"], "Decline the pause",
            "/api/v1/programs/{P}-ASKED/pauses", new Blow(null, "", ("Reason", "Both builds were withdrawn."))), ActivateProposalAsync),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_stale_change_is_refused_and_keeps_what_was_typed(string name)
    {
        var (form, meanwhile) = Cases.First(c => c.Form.Name == name);
        var who = await scene.AsAsync(form.Account);
        try
        {
            await who.GoAsync(scene.Path(form.Path));
            foreach (var opener in form.Openers) await FormTests.OpenAsync(who, scene.Path(opener));
            var where = form.OnPage ? who.Page.Locator("main") : who.Dialog();
            foreach (var (label, value) in form.Blows[0].Put) await where.PutAsync(label, scene.Path(value));
            await meanwhile(scene);
            var changed = await scene.StateAsync(form.Account, form.State);
            await where.GetByRole(AriaRole.Button, new() { Name = scene.Path(form.Sender), Exact = form.Exactly }).First.ClickAsync();
            var notice = where.Locator(".notice[role=alert]").First;
            await Assertions.Expect(notice).ToContainTextAsync(form.Blows[0].Says);
            await StaysAsync(form, where);
            Assert.Equal(changed, await scene.StateAsync(form.Account, form.State));
            // An answered proposal is final: there is no change to load and no retry.
            if (name == "AnswerDialog") return;
            await Assertions.Expect(notice).ToContainTextAsync("Somebody else changed this meanwhile");
            await where.GetByRole(AriaRole.Button, new() { Name = "Load the change" }).First.ClickAsync();
            await Assertions.Expect(where.GetByText("Somebody else changed this meanwhile")).ToHaveCountAsync(0);
            await StaysAsync(form, where);
            Assert.Empty(who.Complaints);
        }
        catch
        {
            await who.LookAsync($"failed-stale-{name}".Replace(", ", "-", StringComparison.Ordinal));
            foreach (var line in scene.Hub.Log.TakeLast(20)) output.WriteLine(line);
            throw;
        }
    }

    private async Task StaysAsync(Form form, ILocator where)
    {
        foreach (var (label, value) in form.Blows[0].Put) await where.KeptAsync(label, scene.Path(value));
    }

    private static Form Incident(string name, string[] openers, string sender, params (string, string)[] put) =>
        new(name, "responder", Investigating, openers, sender, "/api/v1/incidents/{investigating}",
            new Blow(null, "Second responder", put));

    private static Form Decision(string name, string[] openers, string sender, params (string, string)[] put) =>
        new(name, "responder", "/decisions/{decision}", openers, sender, "/api/v1/decisions/{decision}", new Blow(null, "", put));

    private static async Task RetitleAsync(FormsScene scene) =>
        AssertTaken(await (await scene.CallAsync("responder-2"))
            .SendAsync(HttpMethod.Patch, scene.Path("/api/v1/incidents/{investigating}"),
            new { summary = $"Changed at {FormsScene.Now:O}" }));

    private static async Task EditProgramAsync(FormsScene scene)
    {
        var deputy = await scene.CallAsync("deputy");
        AssertTaken(
            await deputy.SendAsync(HttpMethod.Put, scene.Path("/api/v1/programs/{P}"),
            FormsScene.ProgramBody(scene.Path("{P}"), $"Changed at {FormsScene.Now:O}")));
    }

    private static async Task EditDatasetAsync(FormsScene scene) =>
        AssertTaken(await (await scene.CallAsync("privacy"))
            .SendAsync(HttpMethod.Put, scene.Path("/api/v1/datasets/{data}"),
            new
            {
                owner = "owner",
                description = $"{FormsScene.Now:O}",
                promisedAudience = new { scope = "NamedGroup", name = "research" }
            }));

    private static async Task VerifyAsync(FormsScene scene) =>
        await (await scene.CallAsync("privacy")).MakeAsync(scene.Path("/api/v1/programs/{P}/safeguards/1/verify"),
        new { holds = true, evidence = "Looked." });

    private static async Task EditPolicyAsync(FormsScene scene)
    {
        var administrator = await scene.CallAsync("administrator");
        var levels = System.Text.Json.Nodes.JsonNode.Parse((await administrator.ReadAsync("/api/v1/policy"))
            .GetProperty("levels").GetRawText())!;
        levels[5]!["means"] = $"Near miss or question, {FormsScene.Now:O}";
        AssertTaken(await administrator.SendAsync(HttpMethod.Put, "/api/v1/policy", new { levels, reason = "Looked through." }));
    }

    private static async Task MeetAsync(FormsScene scene) =>
        await (await scene.CallAsync("responder-2")).MakeAsync(scene.Path("/api/v1/decisions/{decision}/criteria/RootCauseKnown/meet"),
        new { evidence = $"Found at {FormsScene.Now:O}" });

    private static async Task ProposeAsync(FormsScene scene) =>
        await (await scene.CallAsync("privacy")).MakeAsync(scene.Path("/api/v1/decisions/{decision}/propose"),
            new { outcome = "StayPausedUntil", rationale = "The review takes a week.", until = FormsScene.Tomorrow });

    private static async Task ActivateProposalAsync(FormsScene scene)
    {
        var privacy = await scene.CallAsync("privacy");
        async Task<System.Text.Json.JsonElement> PauseAsync() =>
            (await privacy.ReadAsync(scene.Path("/api/v1/programs/{P}-ASKED/pauses"))).GetProperty("items")[0];
        await privacy.MakeAsync($"/api/v1/pauses/{(await PauseAsync()).Text("id")}/activate", new { });
        // The hub records the proof of the stop afterwards: it belongs to this change.
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while ((await PauseAsync()).GetProperty("fullyStoppedAt").ValueKind == System.Text.Json.JsonValueKind.Null)
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "The stop was not proven.");
    }

    private static void AssertTaken((System.Net.HttpStatusCode Status, System.Text.Json.JsonElement Body) answer) =>
        Assert.True((int)answer.Status is >= 200 and < 300, $"{answer.Status} {answer.Body}");
}
