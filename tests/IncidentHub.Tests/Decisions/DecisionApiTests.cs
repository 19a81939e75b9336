using System.Net;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Decisions;

public class DecisionApiTests
{
    private const string D1 = "/api/v1/decisions/D-1";

    [Fact]
    public async Task The_last_approval_lifts_the_pause_in_the_same_transaction_and_conditions_become_tasks()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.AllAnsweredAsync();
        var due = scene.Hub.Clock.Now.AddDays(7);
        await scene.OkAsync("responder", D1 + "/propose", new
        {
            outcome = "ResumeWithConditions",
            rationale = "The grant is gone.",
            conditions = new[] { new { what = "Probe the grants weekly", owner = "responder-2", dueAt = due } },
        });
        Assert.Equal("forbidden", await scene.RefusedAsync("responder", D1 + "/approve", new { @as = "Privacy" }));
        await scene.OkAsync("owner", D1 + "/approve", new { });
        var decided = await scene.OkAsync("privacy", D1 + "/approve", new { comment = "Checked." });
        Assert.Equal("Decided", decided.GetProperty("status").GetString());

        var tasks = await scene.GetAsync("responder-2", "/api/v1/tasks?mine=true");
        var task = Assert.Single(tasks.GetProperty("items").EnumerateArray());
        Assert.Equal(("Condition", "Probe the grants weekly", "D-1"), (Text(task, "kind"), Text(task, "what"), Text(task, "decision")));
        Assert.Equal("already_open", await scene.RefusedAsync("responder", "/api/v1/tasks/T-1/reopen", new { reason = "x" }));
        Assert.Equal("decided", await scene.RefusedAsync("owner", D1 + "/approve", new { }));
        Assert.Empty((await scene.GetAsync("owner", "/api/v1/decisions?shelf=Open")).GetProperty("items").EnumerateArray());
        Assert.Single((await scene.GetAsync("owner", "/api/v1/decisions?shelf=Closed&program=mci")).GetProperty("items").EnumerateArray());
        Assert.Contains("Lifted", await StatusesAsync(scene));
    }

    [Fact]
    public async Task The_proposers_own_approval_is_refused()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.AllAnsweredAsync();
        await scene.OkAsync("privacy", D1 + "/propose", new { outcome = "Resume", rationale = "Fine." });
        Assert.Equal("proposer_cannot_approve", await scene.RefusedAsync("privacy", D1 + "/approve", new { }));
        Assert.Empty((await scene.GetAsync("privacy", "/api/v1/decisions?shelf=AwaitingMe")).GetProperty("items").EnumerateArray());
        Assert.Single((await scene.GetAsync("deputy", "/api/v1/decisions?shelf=AwaitingMe")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Terminate_is_permanent_and_opens_disposal_tasks_for_the_programs_datasets()
    {
        await using var scene = await DecisionScene.PausedAsync(Sev.Critical);
        await scene.OkAsync(
            "owner", "/api/v1/datasets", new
            {
                name = "keystrokes-raw",
                owner = "owner",
                promisedAudience = new { scope = "NamedGroup", name = "research" }
            });
        var linked = await (await scene.ClientAsync("privacy")).PutAsync("/api/v1/datasets/keystrokes-raw/programs/MCI", null);
        Assert.True(linked.IsSuccessStatusCode, await linked.Content.ReadAsStringAsync());
        await scene.OkAsync("responder", D1 + "/propose", new { outcome = "Terminate", rationale = "Not worth the risk." });
        await scene.OkAsync("owner", D1 + "/approve", new { });
        await scene.OkAsync("executive", D1 + "/approve", new { });
        Assert.Equal("Terminated", Text(await scene.GetAsync("owner", "/api/v1/programs/MCI"), "lifecycle"));
        var task = Assert.Single((await scene.GetAsync("owner", "/api/v1/tasks?mine=true&kind=Disposal"))
            .GetProperty("items").EnumerateArray());
        Assert.Contains("keystrokes-raw", Text(task, "what"));
        Assert.Equal("decided", await scene.RefusedAsync("responder", "/api/v1/tasks/T-1/cancel", new { reason = "No time." }));
        await AssertDisposedByEvidenceAsync(scene);
        Assert.Contains("Active", await StatusesAsync(scene));
    }

    private static async Task AssertDisposedByEvidenceAsync(DecisionScene scene)
    {
        var owner = await scene.ClientAsync("owner");
        foreach (var wrong in (object[])[new { note = "Deleted." }, new { note = "Deleted.", evidence = "E-99" }])
            ApiCalls.AssertProblem(await owner.PostAsync("/api/v1/tasks/T-1/complete", wrong), HttpStatusCode.BadRequest, "evidence");
        var responder = await scene.ClientAsync("responder");
        await responder.MakeAsync("/api/v1/incidents/INC-1/evidence", new FormBody("deleted.log", "42 objects deleted"u8.ToArray(),
            ("takenFrom", "storage-7"), ("takenAt", scene.Hub.Clock.Now.ToString("O"))));
        await owner.MakeAsync("/api/v1/tasks/T-1/complete", new { note = "Deleted.", evidence = "E-1" });
        var task = await owner.ReadAsync("/api/v1/tasks/T-1");
        Assert.Equal(("Closed", "E-1", false), (Text(task, "status"), Text(task, "evidence"), task.GetProperty("kept").GetBoolean()));
    }

    [Fact]
    public async Task Stay_paused_until_keeps_the_pause_and_opens_the_next_decision()
    {
        await using var scene = await DecisionScene.PausedAsync();
        var until = scene.Hub.Clock.Now.AddDays(30);
        await scene.OkAsync(
            "responder", D1 + "/propose", new { outcome = "StayPausedUntil", rationale = "The review takes a month.", until });
        await scene.OkAsync("owner", D1 + "/approve", new { });
        await scene.OkAsync("privacy", D1 + "/approve", new { });
        var next = Assert.Single((await scene.GetAsync("owner", "/api/v1/decisions?shelf=Open")).GetProperty("items").EnumerateArray());
        Assert.Equal("D-2", Text(next, "code"));
        Assert.Equal(until, next.GetProperty("dueAgainAt").GetDateTimeOffset());
        Assert.Equal("D-1", Text(await scene.GetAsync("owner", "/api/v1/decisions/D-2"), "follows"));
        Assert.Contains("Active", await StatusesAsync(scene));
    }

    [Fact]
    public async Task On_its_date_a_stay_paused_until_is_due_again_once_and_lifts_no_pause()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync(
            "responder", D1 + "/propose", new { outcome = "StayPausedUntil", rationale = "Wait.", until = scene.Hub.Clock.Now.AddDays(1) });
        await scene.OkAsync("owner", D1 + "/approve", new { });
        await scene.OkAsync("privacy", D1 + "/approve", new { });
        await TickAsync(scene);
        Assert.DoesNotContain("due-again", await LogAsync(scene, "D-2"));
        scene.Hub.Clock.Advance(TimeSpan.FromDays(2));
        await TickAsync(scene);
        await TickAsync(scene);
        Assert.Single(await LogAsync(scene, "D-2"), k => k == "due-again");
        Assert.Contains("Active", await StatusesAsync(scene));
    }

    [Fact]
    public async Task A_missed_condition_proposes_a_pause_once()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.AllAnsweredAsync();
        await scene.OkAsync("responder", D1 + "/propose", new
        {
            outcome = "ResumeWithConditions",
            rationale = "Fine.",
            conditions = new[] { new { what = "Probe", owner = "owner", dueAt = scene.Hub.Clock.Now.AddDays(7) } },
        });
        await scene.OkAsync("owner", D1 + "/approve", new { });
        await scene.OkAsync("privacy", D1 + "/approve", new { });
        await TickAsync(scene);
        Assert.Equal(["Lifted"], await StatusesAsync(scene));
        scene.Hub.Clock.Advance(TimeSpan.FromDays(8));
        await TickAsync(scene);
        await TickAsync(scene);
        Assert.Equal(["Proposed", "Lifted"], await StatusesAsync(scene));
        Assert.Single((await scene.GetAsync("auditor", "/api/v1/audit?act=task.missed")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_decision_about_a_restricted_incident_is_visible_to_its_approvers_only_and_without_the_incident()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync("privacy", "/api/v1/incidents/INC-1/confidentiality",
            new { confidentiality = "Restricted", reason = "Under investigation." });
        // Executives approve from SEV 1 on.
        foreach (var account in (string[])["administrator", "auditor", "owner-2", "executive", "responder-2"])
        {
            Assert.Equal(404, (int)(await (await scene.ClientAsync(account)).GetAsync(D1)).StatusCode);
            Assert.Empty((await scene.GetAsync(account, "/api/v1/decisions")).GetProperty("items").EnumerateArray());
            Assert.Equal("not_found", await scene.RefusedAsync(account, D1 + "/approve", new { }));
        }
        foreach (var account in (string[])["owner", "deputy"])
        {
            var seen = await scene.GetAsync(account, D1);
            Assert.Equal(JsonValueKind.Null, seen.GetProperty("pauses")[0].GetProperty("incident").ValueKind);
            Assert.DoesNotContain("Readable by all", seen.ToString());
            Assert.Single((await scene.GetAsync(account, "/api/v1/decisions")).GetProperty("items").EnumerateArray());
        }
        Assert.Equal("Readable by all", (await scene.GetAsync("privacy", D1)).GetProperty("pauses")[0].GetProperty("incidentTitle")
            .GetString());
        await scene.Hub.AuditReadsAsync();
        var readers = (await scene.GetAsync("auditor", "/api/v1/audit?act=decision.read")).GetProperty("items").EnumerateArray()
            .Select(i => Text(i, "actorName")).Order();
        Assert.Equal(["Deputy owner", "Privacy", "Program owner"], readers);

        // To terminate requires an executive, who is named then.
        await scene.OkAsync("privacy", D1 + "/propose", new { outcome = "Terminate", rationale = "People are named." });
        Assert.Equal("People are named.", Text((await scene.GetAsync("executive", D1)).GetProperty("recommendation"), "rationale"));
        var named = await scene.GetAsync("auditor", "/api/v1/audit?act=decision.approvers-named");
        Assert.Equal(2, named.GetProperty("items").GetArrayLength());
        await scene.OkAsync("owner", D1 + "/approve", new { });
        await scene.OkAsync("executive", D1 + "/approve", new { });
        var program = await scene.GetAsync("administrator", "/api/v1/programs/MCI");
        Assert.Equal(("Terminated", "By decision."), (Text(program, "lifecycle"), Text(program, "terminationReason")));
    }

    [Fact]
    public async Task An_approval_of_an_outdated_recommendation_is_refused_and_one_rejection_sends_it_back()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.AllAnsweredAsync();
        var proposed = await scene.OkAsync("responder", D1 + "/propose", new { outcome = "Resume", rationale = "Fine." });
        var digest = Text(proposed, "digest");
        await scene.OkAsync("responder", D1 + "/criteria/RootCauseKnown/meet", new { evidence = "Another cause." });
        Assert.Equal("stale", await scene.RefusedAsync("owner", D1 + "/approve", new { digest }));
        Assert.Equal("stale", await scene.RefusedAsync("owner", D1 + "/approve", new { expectedVersion = 1 }));
        await scene.OkAsync("owner", D1 + "/approve", new { });
        var back = await scene.OkAsync("privacy", D1 + "/reject", new { reason = "The review misses a day." });
        Assert.Equal("Preparing", Text(back, "status"));
        Assert.Empty(back.GetProperty("approvals").EnumerateArray());
        Assert.Contains(back.GetProperty("log").EnumerateArray(), l => Text(l, "kind") == "rejected");
    }

    [Fact]
    public async Task Closing_of_the_exposure_is_verified_only_after_containment_and_by_a_second_person()
    {
        await using var scene = await DecisionScene.PausedAsync();
        Assert.Equal("not_contained", await scene.RefusedAsync(
            "responder-2", D1 + "/criteria/ExposureClosed/meet", new { evidence = "Probed." }));
        await scene.ContainAsync();
        Assert.Equal("closer_cannot_check", await scene.RefusedAsync(
            "responder", D1 + "/criteria/ExposureClosed/meet", new { evidence = "Trust me." }));
        await scene.OkAsync("responder-2", "/api/v1/tasks", new
        {
            what = "Remove the grant job",
            kind = "Fix",
            incident = "INC-1",
            owner = "responder-2"
        });
        await scene.OkAsync("responder-2", "/api/v1/tasks/T-1/complete", new { note = "Removed." });
        Assert.Equal("closer_cannot_check", await scene.RefusedAsync(
            "responder-2", D1 + "/criteria/ExposureClosed/meet", new { evidence = "Probed." }));
        await scene.OkAsync("privacy", D1 + "/criteria/ExposureClosed/meet",
            new { evidence = "Probed 41 tables from an ordinary account." });
    }

    [Fact]
    public async Task A_fix_is_verified_by_a_person_other_than_the_one_who_did_it()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync("responder", "/api/v1/tasks", new
        {
            what = "Remove the grant",
            kind = "Fix",
            incident = "INC-1",
            owner = "owner",
            dueAt = scene.Hub.Clock.Now.AddHours(4)
        });
        await scene.OkAsync("owner", "/api/v1/tasks/T-1/complete", new { note = "Removed." });
        Assert.Equal("forbidden", await scene.RefusedAsync(
            "owner", "/api/v1/tasks/T-1/check", new { holds = true, note = "Fine." }));
        Assert.Equal("forbidden", await scene.RefusedAsync("executive", "/api/v1/tasks/T-1/check", new { holds = true, note = "Fine." }));
        Assert.Equal(
            "stale", await scene.RefusedAsync("responder", "/api/v1/tasks/T-1/check",
            new { holds = true, note = "Fine.", expectedVersion = 1 }));
        Assert.Equal(
            "Closed", Text(await scene.OkAsync("responder", "/api/v1/tasks/T-1/check", new { holds = true, note = "Probed." }), "status"));
    }

    [Fact]
    public async Task A_task_is_read_by_its_owner_and_by_those_who_may_read_incidents()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync("responder", "/api/v1/tasks", new { what = "Revoke the grants", program = "MCI", owner = "owner" });
        await scene.OkAsync("responder", "/api/v1/tasks", new { what = "Tell the team", program = "MCI", owner = "employee" });
        var employee = await scene.Hub.AsAsync("employee");
        Assert.Equal(HttpStatusCode.NotFound, (await employee.SendAsync(HttpMethod.Get, "/api/v1/tasks/T-1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await employee.SendAsync(HttpMethod.Get, "/api/v1/tasks/T-2")).Status);
        Assert.Equal("Revoke the grants", Text(await scene.GetAsync("executive", "/api/v1/tasks/T-1"), "what"));
    }

    [Fact]
    public async Task Overdue_tasks_are_those_open_past_their_date()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync(
            "responder", "/api/v1/tasks", new { what = "Soon", program = "MCI", owner = "owner", dueAt = scene.Hub.Clock.Now.AddHours(1) });
        await scene.OkAsync(
            "responder", "/api/v1/tasks", new
            {
                what = "Later",
                program = "MCI",
                owner = "owner",
                dueAt = scene.Hub.Clock.Now.AddHours(9)
            });
        scene.Hub.Clock.Advance(TimeSpan.FromHours(2));
        var overdue = Assert.Single((await scene.GetAsync("owner", "/api/v1/tasks?mine=true&overdue=true"))
            .GetProperty("items").EnumerateArray());
        Assert.Equal(("Soon", true), (Text(overdue, "what"), overdue.GetProperty("overdue").GetBoolean()));
    }

    [Fact]
    public async Task Every_act_is_in_the_audit_log_and_in_the_programs_activity()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync(
            "responder", D1 + "/propose", new { outcome = "StayPausedUntil", rationale = "Wait.", until = scene.Hub.Clock.Now.AddDays(1) });
        await scene.OkAsync("responder", D1 + "/withdraw", new { reason = "Not yet." });
        var acts = (await scene.GetAsync("auditor", "/api/v1/audit?act=decision.")).GetProperty("items").EnumerateArray()
            .Select(i => Text(i, "act")).Reverse();
        Assert.Equal(["decision.opened", "decision.proposed", "decision.sent-back"], acts);
        Assert.True((await scene.GetAsync("auditor", "/api/v1/audit/verification")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_pause_of_a_restricted_incident_has_a_decision_of_its_own_and_collecting_resumes_when_both_allow_it()
    {
        await using var scene = await DecisionScene.PausedAsync();
        var restricted = Text(await scene.OkAsync("responder", "/api/v1/incidents", new
        {
            title = "Names people",
            sev = 2,
            programs = new[] { new { program = "MCI" } },
            confidentiality = "Restricted",
        }), "code")!;
        var open = (await scene.GetAsync("privacy", "/api/v1/decisions?shelf=open")).GetProperty("items").EnumerateArray()
            .ToDictionary(d => Text(d, "incident")!, d => Text(d, "code")!);
        var own = open[restricted];
        Assert.Equal("D-1", open["INC-1"]);
        Assert.Matches("^D-[B-Z][B-Z2-9]{5}$", own);

        const string evidence = "Grants of three named people";
        await scene.OkAsync("responder", $"/api/v1/decisions/{own}/criteria/RootCauseKnown/meet", new { evidence });
        foreach (var account in (string[])["executive", "responder-2", "administrator"])
        {
            foreach (var path in (string[])["/api/v1/incidents/INC-1/timeline", D1, "/api/v1/decisions"])
            {
                var told = (await scene.GetAsync(account, path)).ToString();
                foreach (var trace in (string[])[evidence, own, restricted, "Names people"]) Assert.DoesNotContain(trace, told);
            }
        }
        Assert.Contains(evidence, (await scene.GetAsync("privacy", $"/api/v1/incidents/{restricted}/timeline")).ToString());
        // The approvers of the restricted one read its evidence, but not its incident.
        Assert.Contains(evidence, (await scene.GetAsync("owner", $"/api/v1/decisions/{own}")).ToString());
        Assert.DoesNotContain(restricted, (await scene.GetAsync("owner", $"/api/v1/decisions/{own}")).ToString());

        await scene.AllAnsweredAsync();
        await scene.OkAsync("responder", D1 + "/propose", new { outcome = "Resume", rationale = "The grant is gone." });
        foreach (var approver in (string[])["owner", "privacy"]) await scene.OkAsync(approver, D1 + "/approve", new { });
        Assert.Equal(["Active", "Lifted"], (await StatusesAsync(scene)).Order());
        Assert.Equal("D-2", (await NextCodeAsync(scene)));
    }

    [Fact]
    public async Task With_open_incidents_only_their_timelines_show_evidence_and_reasons()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.OkAsync("responder", D1 + "/criteria/RootCauseKnown/meet", new { evidence = "A grant to everybody" });
        Assert.Contains("A grant to everybody", (await scene.GetAsync("executive", "/api/v1/incidents/INC-1/timeline")).ToString());
    }

    [Fact]
    public async Task Text_that_looks_like_markup_or_SQL_is_stored_as_typed()
    {
        await using var scene = await DecisionScene.PausedAsync();
        const string text = "<script>alert(1)</script>'; DROP TABLE Decision;--";
        var decision = await scene.OkAsync("responder", D1 + "/criteria/RootCauseKnown/meet", new { evidence = text });
        Assert.Equal(text, decision.GetProperty("criteria")[0].GetProperty("text").GetString());
    }

    /// <summary>The code of the next open decision: hidden ones leave no gap.</summary>
    private static async Task<string> NextCodeAsync(DecisionScene scene)
    {
        await scene.OkAsync("responder", "/api/v1/programs/MCI/pauses", new { reason = "Looked at." });
        return Text((await scene.GetAsync("executive", "/api/v1/decisions?shelf=open")).GetProperty("items")[0], "code")!;
    }

    private static Task TickAsync(DecisionScene scene) => Service<IncidentHub.Decisions.DecisionTick>(scene)
        .RunAsync(CancellationToken.None);

    // Not by API, because the sessions have expired by this time.
    private static Task<List<string>> LogAsync(DecisionScene scene, string code) => scene.Hub.Db.ReadAsync(async sql =>
    {
        var decision = await IncidentHub.Decisions.DecisionStore.FindAsync(sql, code);
        return (await IncidentHub.Decisions.DecisionStore.LogAsync(sql, decision!.Id)).Select(l => l.Kind).ToList();
    });

    private static async Task<IEnumerable<string>> StatusesAsync(DecisionScene scene) =>
        await scene.Hub.Db.ReadAsync(async sql =>
        {
            var program = await Service<IncidentHub.Catalog.Programs.ProgramReader>(scene).FindByCodeAsync(sql, "MCI");
            return (await Service<IncidentHub.Switch.Pauses.PauseReader>(scene).ForProgramAsync(sql, program!.Id))
                .Select(p => p.Status.ToString()).ToList();
        });

    private static T Service<T>(DecisionScene scene) where T : notnull => (T)scene.Hub.Services.GetService(typeof(T))!;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
