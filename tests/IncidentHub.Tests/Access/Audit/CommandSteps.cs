using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.States;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Keys;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>
/// One valid request for each command of the API, in the order of one story: programs and datasets, a collector, a pause and what is
/// quarantined under it, its decision, flags, an incident with all that is done about it, and the hub's own keys and jobs.
/// </summary>
internal static partial class CommandSteps
{
    private const string P = "/api/v1/programs", D = "/api/v1/datasets", I = "/api/v1/incidents", F = "/api/v1/flags", T = "/api/v1/tasks",
        Q = "/api/v1/decisions", Enrol = "@enrol", Gate = "@gate", Evaluate = "@evaluate", Collector = "@collector", Permit = "permit";

    // Who raised a flag is for triage and privacy only: the log says «a reporter».
    private static readonly Guid Reporter = Guid.Empty;

    public static IReadOnlyList<CommandStep> All { get; } =
        [.. SigningIn(), .. Programs(), .. Datasets(), .. Collectors(), .. Quarantine(), .. Decisions(), .. Proposals(), .. Flags(),
            .. Incidents(), .. Tasks(), .. Ends(), .. Administration()];

    private static IEnumerable<CommandStep> SigningIn() =>
    [
        new("POST /api/v1/session", null, "nobody") { Body = _ => new { account = "owner" }, Refused = [(401, new { account = "none" })] },
        new("POST /sign-in", null, "nobody") { Send = SignInAsync },
        new("POST /sign-out", null, "nobody"),
    ];

    private static IEnumerable<CommandStep> Programs() =>
    [
        new($"POST {P}", "program.registered", "owner")
        {
            Body = _ => Program("MCI"),
            Refused = [(400, new { }), (400, new { code = "MCI", owner = "owner" })],
        },
        new($"PUT {P}/{{code}}", "program.edited", "owner")
        {
            At = _ => ["MCI"],
            Body = _ => Program("MCI", "Teach models how work is done, and why."),
            Refused = [(400, new { }), (409, Program("MCI", "Other.", expectedVersion: 99))],
        },
        new($"POST {P}/{{code}}/launch", "program.launched", "owner")
        {
            At = _ => ["MCI"],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {P}/{{code}}/safeguards", "safeguard.recorded", "owner")
        {
            At = _ => ["MCI"],
            Body = _ => new { text = "Only the research group reads it.", source = "Staff notice 12" },
            Refused = [(400, new { })],
        },
        new($"POST {P}/{{code}}/safeguards/{{number:int}}/verify", "safeguard.verified", "responder")
        {
            At = _ => ["MCI", 1],
            Body = _ => new { holds = true, evidence = "Read the grants." },
            Refused = [(400, new { }), (400, new { holds = true }), (409, new { holds = true, evidence = "x", expectedVersion = 99 })],
        },
    ];

    private static IEnumerable<CommandStep> Datasets() =>
    [
        new($"POST {D}", "dataset.registered", "owner")
        {
            Body = _ => Dataset("transcriptions"),
            Refused = [(400, new { name = "transcriptions" })],
        },
        new($"PUT {D}/{{name}}", "dataset.edited", "owner")
        {
            Before = s => s.MakeAsync("owner", D, Dataset("summaries")),
            At = _ => ["transcriptions"],
            Body = _ => Dataset("transcriptions", "What was said in meetings."),
            Refused = [(400, new { }), (409, Dataset("transcriptions", "Other.", expectedVersion: 99))],
        },
        new($"PUT {D}/{{name}}/upstream/{{upstream}}", "lineage.stated", "responder") { At = _ => ["summaries", "transcriptions"] },
        new($"DELETE {D}/{{name}}/upstream/{{upstream}}", "lineage.withdrawn", "responder") { At = _ => ["summaries", "transcriptions"] },
        new($"PUT {D}/{{name}}/programs/{{code}}", "feed.stated", "owner") { At = _ => ["transcriptions", "MCI"] },
        new($"DELETE {D}/{{name}}/programs/{{code}}", "feed.withdrawn", "owner") { At = _ => ["transcriptions", "MCI"] },
    ];

    private static IEnumerable<CommandStep> Collectors() =>
    [
        new("POST /api/v1/keys", "key.created", "owner")
        {
            Body = _ => new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "MCI" } },
            Refused = [(400, new { name = "Workstations" }), (400, new { name = "x", scopes = new[] { "all" } })],
            After = async (s, key) =>
            {
                s.Machine(Enrol, key.Text("key"), key.GetProperty("id").GetGuid());
                s["enrolment"] = key.Text("key");
                await s.MachineAsync(Gate, "gate");
                await s.MachineAsync(Evaluate, "evaluate");
            },
        },
        new("POST /api/v1/collectors/challenge", null, Enrol),
        new("POST /api/v1/collectors/register", "collector.registered", Enrol)
        {
            Send = async s =>
            {
                await s.Collector.RegisterAsync((string)s["enrolment"]);
                s.Machine(Collector, s.Collector.Secret, s.Collector.Id);
            },
            Refused = [(400, new { }), (400, new { instanceName = "ws", hostPseudonym = "h", version = "1", proof = "x" })],
        },
        new("POST /api/v1/collectors/permits:renew", null, Collector)
        {
            Body = _ => new { nonce = "nonce-0000000001", programs = new[] { new { code = "MCI", epochSeen = 0, lastSequence = 0 } } },
            Refused = [(400, new { })],
            After = (s, answer) =>
            {
                s[Permit] = answer.GetProperty("programs")[0].Text("permit");
                return Task.CompletedTask;
            },
        },
        new("POST /api/v1/gate/batches:check", null, Gate)
        {
            Before = s => s.AtAsync(10),
            Body = s => Batch(s, 0, 500, 5_000),
            Refused = [(400, new { }), (400, new { batches = Array.Empty<object>() })],
        },
        new("POST /ofrep/v1/evaluate/flags/{key}", null, Evaluate) { At = _ => ["program.MCI.collect"], Body = _ => new { } },
        new("POST /ofrep/v1/evaluate/flags", null, Evaluate) { Body = _ => new { } },
    ];

    private static IEnumerable<CommandStep> Quarantine() =>
    [
        new($"POST {P}/{{code}}/pauses", "pause.pause", "responder")
        {
            Before = s => s.AtAsync(20),
            At = _ => ["MCI"],
            Body = _ => new { reason = "Readable by everybody" },
            Refused = [(400, new { }), (400, new { reason = "x", regions = new[] { "nowhere" } }),
                (404, new { reason = "x", incidentCode = "INC-9" })],
            After = async (s, answer) =>
            {
                s["pause"] = answer.GetProperty("pause").GetProperty("id").GetGuid();
                await s.Hub.CountedAsync();
            },
        },
        new("POST /api/v1/collectors/stops", "stop.acknowledged", Collector)
        {
            Before = async s =>
            {
                await s.AtAsync(21);
                var epoch = await s.Hub.Db.ReadAsync(async sql => await ProgramSwitch.EpochAsync(sql,
                    (await s.Hub.Services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, "MCI"))!.Id));
                await s.Collector.AskAsync();
                s["ack"] = s.Collector.Ack((string)s[Permit], epoch, change: a =>
                    (a["stoppedAtOffsetMs"], a["lastCollectedOffsetMs"]) = (20_800, 19_000));
            },
            Body = s => new { ack = s["ack"] },
        },
        new("POST /api/v1/gate/batches:check", "gate.held", Gate)
        {
            Before = s => s.AtAsync(120),
            Body = s => Batch(s, 10, 500, 10_000),
            After = async (s, held) =>
            {
                s["batch"] = held.GetProperty("batchId").GetGuid();
                // Collected after the stop that it had acknowledged.
                var (status, violation) = await s.As(Gate).PostAsync("/api/v1/gate/batches:check", Batch(s, 20, 22_000, 26_000));
                Assert.True(status == HttpStatusCode.Locked && violation.Text("class") == "C", $"{status} {violation}");
            },
        },
        new($"POST {P}/{{code}}/held-batches/dispose", "held-data.sealed", "owner")
        {
            At = _ => ["MCI"],
            Body = s => new { disposition = "Seal", reason = "Until it is clear.", ids = new[] { (Guid)s["batch"] } },
            Refused = [(400, new { }), (404, new { disposition = "Seal", reason = "x", ids = new[] { Guid.Empty } }),
                (403, new { disposition = "Admit", reason = "x", @class = "B" }),
                (409, new { disposition = "Admit", reason = "x", @class = "C" })],
        },
        new($"POST {P}/{{code}}/violation/take-on", "violation.taken-on", "responder")
        {
            At = _ => ["MCI"],
            Body = _ => new { note = "The machine is switched off." },
            Refused = [(400, new { })],
        },
        new("POST /api/v1/pauses/{id:guid}/seal-buffers", "pause.buffers-sealed", "responder")
        {
            At = s => [s["pause"]],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
    ];

    private static IEnumerable<CommandStep> Decisions() =>
    [
        new($"POST {Q}/{{code}}/criteria/{{kind}}/meet", "decision.criterion-met", "responder")
        {
            At = _ => ["D-1", "ReasonDealtWith"],
            Body = _ => new { evidence = "The grant is gone." },
            Refused = [(400, new { }), (409, new { evidence = "x", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/criteria/{{kind}}/waive", "decision.criterion-waived", "responder")
        {
            At = _ => ["D-1", "SafeguardsVerified"],
            Body = _ => new { reason = "None was promised." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/criteria/{{kind}}/reopen", "decision.criterion-reopened", "responder")
        {
            At = _ => ["D-1", "SafeguardsVerified"],
            Body = _ => new { reason = "One was." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/placed-in-error", "decision.placed-in-error", "responder")
        {
            At = _ => ["D-1"],
            Body = _ => new { reason = "The wrong program." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/not-placed-in-error", "decision.placed-in-error-dropped", "responder")
        {
            At = _ => ["D-1"],
            Body = _ => new { reason = "The right one." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/propose", "decision.proposed", "responder")
        {
            At = _ => ["D-1"],
            Body = StayPaused,
            Refused = [(400, new { }), (409, new { outcome = "Resume", rationale = "Criteria are open." })],
        },
        new($"POST {Q}/{{code}}/withdraw", "decision.sent-back", "responder")
        {
            At = _ => ["D-1"],
            Body = _ => new { reason = "Not yet." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/approve", "decision.approved", "owner")
        {
            Before = s => s.MakeAsync("responder", $"{Q}/D-1/propose", StayPaused(s)),
            At = _ => ["D-1"],
            Body = _ => new { comment = "Read." },
            Refused = [(409, new { digest = "other" }), (409, new { expectedVersion = 99 }),
                (400, new { comment = new string('x', 5_000) })],
        },
        new($"POST {Q}/{{code}}/reject", "decision.rejected", "privacy")
        {
            At = _ => ["D-1"],
            Body = _ => new { reason = "A week is enough." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
    ];

    private static IEnumerable<CommandStep> Proposals() =>
    [
        new($"POST {I}", "incident.declared", "responder")
        {
            Before = async s =>
            {
                foreach (var code in (string[])["ONE", "TWO", "LINKED"])
                {
                    await s.MakeAsync("owner", P, Program(code));
                    await s.MakeAsync("owner", $"{P}/{code}/launch", new { });
                }
            },
            Body = _ => Declaration("Readable by everybody", 3, "ONE", "TWO"),
            Refused = [(400, new { }), (400, new { title = "x", sev = 9 }), (400, new { title = "x", sev = 2, flag = "F-99" })],
        },
        new("POST /api/v1/pauses/{id:guid}/decline", "pause.pause-declined", "owner")
        {
            Before = async s => (s["one"], s["two"]) = (await s.PauseOfAsync("ONE"), await s.PauseOfAsync("TWO")),
            At = s => [s["one"]],
            Body = _ => new { reason = "It collects nothing of the kind." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new("POST /api/v1/pauses/{id:guid}/enforce", "pause.pause", "responder")
        {
            At = s => [s["two"]],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
            After = (s, _) => s.Hub.CountedAsync(),
        },
    ];

    private static IEnumerable<CommandStep> Flags() =>
    [
        new($"POST {F}", "flag.filed", "owner-2")
        {
            Actor = Reporter,
            ForEveryone = true,
            Body = _ => new { text = "I could open other people's transcriptions.", token = new string('a', 32) },
            Refused = [(400, new { })],
        },
        new($"POST {F}/{{code}}/acknowledge", "flag.acknowledged", "responder")
        {
            At = _ => ["F-1"],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {F}/{{code}}/messages", "flag.message", "responder")
        {
            At = _ => ["F-1"],
            Body = _ => new { message = "Since when?" },
            Refused = [(400, new { })],
        },
        new($"POST {F}/{{code}}/merge", "flag.merged", "responder")
        {
            At = _ => ["F-1"],
            Body = _ => new { incident = "INC-1" },
            Refused = [(400, new { }), (409, new { incident = "INC-1", expectedVersion = 99 })],
        },
        new($"POST {F}/by-receipt", null, "nobody")
        {
            Before = async s => s["receipt"] = (await s.MakeAsync("employee", F, new { text = "A list of names.", anonymous = true }))
                .Text("receipt"),
            Body = s => new { receipt = s["receipt"] },
            Refused = [(404, new { receipt = "none" })],
        },
        new($"POST {F}/by-receipt/messages", "flag.message", "nobody")
        {
            Body = s => new { receipt = s["receipt"], message = "It is still there." },
            Refused = [(404, new { receipt = "none", message = "x" })],
        },
        new($"POST {F}/{{code}}/dismiss", "flag.dismissed", "privacy")
        {
            At = _ => ["F-2"],
            Body = _ => new { reason = "The list is public." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
    ];

    private static IEnumerable<CommandStep> Incidents() =>
    [
        Step("PATCH", "", "details-changed", new { summary = "A grant to everybody." }, new { title = "" }),
        Step("POST", "/sev", "sev-changed", new { sev = 4, reason = "Nothing was read." }, new { sev = 4 }),
        Step("POST", "/assessment", "severity-assessed", new { identifiability = "Limited", reason = "Pseudonyms." }, new { }),
        Step("POST", "/programs", "program-linked", new { program = "LINKED" }, new { program = "NONE" }),
        Step("PATCH", "/programs/{program}", "program-changed", new { kind = "Suspected", reason = "Not sure." }, new { }, _ => "LINKED"),
        Step("POST", "/programs/{program}/withdraw", "program-withdrawn", new { reason = "It is not." }, new { }, _ => "LINKED"),
        Step("POST", "/exposures", "exposure-added", new { dataset = "transcriptions" }, new { dataset = "none" }) with
        {
            After = async (s, _) => s["exposure"] = (await s.As("responder").ReadAsync($"{I}/INC-1")).GetProperty("exposures")[0]
                .GetProperty("id").GetGuid(),
        },
        Step("PUT", "/exposures/{id:guid}", "exposure-changed", new { records = 12 }, new { records = -1 }, s => s["exposure"]),
        Step("POST", "/exposures/{id:guid}/withdraw", "exposure-withdrawn", new { reason = "Another one." }, new { }, s => s["exposure"]),
        Step("POST", "/moments", "moment-corrected", new { moment = "Detected", at = "2026-06-18T13:40:00Z", reason = "Read in the log." },
            new { }),
        Step("POST", "/roles", "role-assigned", new { role = "Scribe", account = "responder-2" }, new { role = "Scribe" }),
        new($"DELETE {I}/{{code}}/roles/{{role}}/{{account}}", "incident.role-released", "responder")
        {
            At = _ => ["INC-1", "Scribe", "responder-2"],
        },
        new($"POST {I}/{{code}}/notes", "timeline.note-written", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { kind = "Update", body = "The grant is gone." },
            Refused = [(400, new { })],
            After = (s, note) =>
            {
                s["note"] = note.GetProperty("id").GetGuid();
                return Task.CompletedTask;
            },
        },
        new($"PUT {I}/{{code}}/notes/{{id:guid}}", "timeline.note-revised", "responder")
        {
            At = s => ["INC-1", s["note"]],
            Body = _ => new { body = "The grant is gone since noon." },
            Refused = [(400, new { }), (409, new { body = "x", expectedRevision = 99 })],
        },
        new($"POST {I}/{{code}}/timeline/{{id:guid}}/pin", "timeline.pinned", "responder") { At = s => ["INC-1", s["note"]] },
        new($"DELETE {I}/{{code}}/timeline/{{id:guid}}/pin", "timeline.unpinned", "responder") { At = s => ["INC-1", s["note"]] },
        new($"POST {I}/{{code}}/legal-holds", "legal-hold.placed", "counsel")
        {
            At = _ => ["INC-1"],
            Body = _ => new { reason = "Matter 12: keep all." },
            Refused = [(400, new { })],
            After = (s, hold) =>
            {
                s["hold"] = hold.GetProperty("id").GetGuid();
                return Task.CompletedTask;
            },
        },
        new($"POST {I}/{{code}}/legal-holds/{{id:guid}}/release", "legal-hold.released", "counsel")
        {
            At = s => ["INC-1", s["hold"]],
            Body = _ => new { reason = "The matter is closed." },
            Refused = [(400, new { })],
        },
    ];

    private static IEnumerable<CommandStep> Tasks() =>
    [
        new($"POST {T}", "task.created", "responder")
        {
            Body = _ => new { what = "Remove the grant", kind = "Fix", incident = "INC-1", owner = "owner" },
            Refused = [(400, new { }), (404, new { what = "x", incident = "INC-9" }),
                (400, new { what = "x", incident = "INC-1", owner = "y" })],
        },
        new($"PUT {T}/{{code}}", "task.edited", "responder")
        {
            At = _ => ["T-1"],
            Body = _ => new { what = "Remove the grant and its job", owner = "owner" },
            Refused = [(400, new { }), (409, new { what = "x", expectedVersion = 99 })],
        },
        new($"POST {T}/{{code}}/complete", "task.done", "owner")
        {
            At = _ => ["T-1"],
            Body = _ => new { note = "Removed." },
            Refused = [(400, new { }), (409, new { note = "x", expectedVersion = 99 })],
        },
        new($"POST {T}/{{code}}/check", "task.closed", "responder")
        {
            At = _ => ["T-1"],
            Body = _ => new { holds = true, note = "Probed." },
            Refused = [(400, new { }), (409, new { holds = true, note = "x", expectedVersion = 99 })],
        },
        new($"POST {T}/{{code}}/reopen", "task.reopened", "responder")
        {
            At = _ => ["T-1"],
            Body = _ => new { reason = "It came back." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new($"POST {T}/{{code}}/drop", "task.dropped", "responder")
        {
            At = _ => ["T-1"],
            Body = _ => new { reason = "The table is gone." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
    ];

    private static IEnumerable<CommandStep> Ends() =>
    [
        Step("POST", "/contain", "contained", new { note = "Closed." }, new { at = "2030-01-01T00:00:00Z" }),
        Step("POST", "/resolve", "resolved", new { }, new { at = "2030-01-01T00:00:00Z" }),
        Step("POST", "/close", "closed", new { }, new { at = "2026-06-18T13:50:00Z" }),
        Step("POST", "/reopen", "reopened", new { reason = "It came back." }, new { }),
        new($"POST {I}/{{code}}/merge", "incident.merged", "responder")
        {
            Before = s => s.MakeAsync("responder", I, Declaration("The same", 4, "LINKED")),
            At = _ => ["INC-2"],
            Body = _ => new { into = "INC-1", reason = "The same grant." },
            Refused = [(400, new { }), (400, new { into = "INC-9", reason = "x" }),
                (409, new { into = "INC-1", reason = "x", expectedVersion = 99 })],
        },
        Step("POST", "/confidentiality", "confidentiality-changed", new { confidentiality = "Restricted", reason = "Under investigation." },
            new { }) with { By = "privacy" },
    ];

    private static IEnumerable<CommandStep> Administration() =>
    [
        new("PUT /api/v1/policy", "policy.edited", "administrator")
        {
            Before = async s =>
            {
                var policy = JsonNode.Parse((await s.As("administrator").ReadAsync("/api/v1/policy")).GetRawText())!;
                policy["levels"]![2]!["acknowledge"] = "20 min";
                s["policy"] = new JsonObject { ["levels"] = policy["levels"]!.DeepClone(), ["reason"] = "Agreed." }.ToJsonString();
            },
            Body = s => s["policy"],
            Refused = [(400, new { })],
        },
        new("POST /api/v1/signing-keys/rotate", "signing-key.rotated", "administrator") { Body = _ => new { } },
        new("POST /api/v1/signing-keys/{kid}/withdraw", "signing-key.withdrawn", "administrator")
        {
            At = s => [s.Hub.Services.GetRequiredService<SigningKeys>().Current.Kid],
            Body = _ => new { reason = "A copy was found." },
            Refused = [(400, new { })],
        },
        new("POST /api/v1/jobs/{id}/requeue", "job.requeued", "administrator")
        {
            Before = s =>
            {
                var client = s.Hub.Services.GetRequiredService<IBackgroundJobClient>();
                var id = client.Create<GateRangeUpkeep>(j => j.RunAsync(CancellationToken.None), new ScheduledState(TimeSpan.FromHours(1)));
                // It has been tried as often as it may.
                using var connection = s.Hub.Services.GetRequiredService<JobStorage>().GetConnection();
                connection.SetJobParameter(id, "RetryCount", "5");
                client.ChangeState(id, new FailedState(new IOException("The disk is full.")));
                s["job"] = id;
                return Task.CompletedTask;
            },
            At = s => [s["job"]],
            Body = _ => new { },
        },
        new("POST /api/v1/collectors/{id:guid}/revoke", "collector.revoked", "owner") { At = s => [s.Collector.Id], Body = _ => new { } },
        new("POST /api/v1/keys/{id:guid}/revoke", "key.revoked", "owner") { At = s => [s.IdOf(Enrol)], Body = _ => new { } },
    ];

    /// <summary>An act on the incident INC-1 by the responder.</summary>
    /// <param name="bad">A body that is refused by its fields. One on another version is refused as well.</param>
    private static CommandStep Step(
        string method, string act, string audited, object body, object bad, Func<CommandStory, object>? at = null) =>
        new($"{method} {I}/{{code}}{act}", $"incident.{audited}", "responder")
        {
            At = s => at is null ? ["INC-1"] : ["INC-1", at(s)],
            Body = _ => body,
            Refused = [(400, bad), (409, Stale(body))],
        };

    private static JsonObject Stale(object body)
    {
        var stale = JsonSerializer.SerializeToNode(body)!.AsObject();
        stale["expectedVersion"] = 99;
        return stale;
    }

    private static object Program(string code, string purpose = "Teach models how work is done.", int? expectedVersion = null) => new
    {
        code,
        name = $"Program {code}",
        purpose,
        owner = "owner",
        deputies = new[] { "deputy" },
        unit = "Research",
        regions = new[] { "US", "DE" },
        categories = new[] { "keystrokes", "clicks" },
        lawfulBasis = "Legitimate interest",
        ttlSeconds = 60,
        longestActSeconds = 2,
        renewalSeconds = 20,
        expectedVersion,
    };

    private static object Declaration(string title, int sev, params string[] programs) =>
        new { title, sev, programs = programs.Select(program => new { program }) };

    private static object Dataset(string name, string? description = null, int? expectedVersion = null) => new
    {
        name,
        description,
        owner = "owner",
        classification = "Confidential",
        promisedAudience = new { scope = "NamedGroup", name = "research group" },
        expectedVersion,
    };

    // Ten items under the one permit.
    private static object Batch(CommandStory story, int first, int startMs, int endMs) => new
    {
        program = "MCI",
        permits = new[] { new { permit = story[Permit], startOffsetMs = startMs, endOffsetMs = endMs } },
        categories = new[] { "keystrokes" },
        firstSequence = first,
        lastSequence = first + 9,
        digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first))),
        items = 10,
    };

    private static object StayPaused(CommandStory story) =>
        new { outcome = "StayPausedUntil", rationale = "The review takes a month.", until = story.Now.AddDays(30) };

    // A form of a page, with the page's token.
    private static async Task SignInAsync(CommandStory story)
    {
        using var client = story.Hub.CreateClient();
        var page = await client.GetStringAsync("/sign-in");
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("account", "owner"), new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/sign-in", form);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode}");
        Assert.DoesNotContain("unknown", answer.Headers.Location!.ToString());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
