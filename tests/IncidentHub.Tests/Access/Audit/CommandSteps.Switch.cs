using System.Net;
using IncidentHub.Catalog.Programs;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
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
                await s.WideMachineAsync(Intake, "intake");
            },
        },
        new("POST /api/v1/lineage", "lineage.stated", Intake)
        {
            Body = _ => new
            {
                eventType = "COMPLETE",
                eventTime = "2026-11-20T10:00:00Z",
                run = new { runId = "0190d0a1-8a3c-7d44-9c0e-2f6f2f6b7a11" },
                job = new { @namespace = "airflow", name = "nightly.transcribe" },
                inputs = new[] { new { @namespace = "s3://lake", name = "summaries" } },
                outputs = new[] { new { @namespace = "s3://lake", name = "transcriptions" } },
                producer = "https://pipelines.example/1.0",
                schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
            },
            Refused = [(400, new { }), (400, new { eventTime = "2026-11-20T10:00:00Z", producer = "x", schemaURL = "x" })],
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
                // Collected after the acknowledged stop.
                var (status, violation) = await s.As(Gate).PostAsync("/api/v1/gate/batches:check", Batch(s, 20, 22_000, 26_000));
                Assert.True(status == HttpStatusCode.Locked && violation.Text("class") == "C", $"{status} {violation}");
            },
        },
        new($"POST {P}/{{code}}/quarantined-batches/dispose", "quarantined-data.sealed", "owner")
        {
            At = _ => ["MCI"],
            Body = s => new { disposition = "Seal", reason = "Until it is clear.", ids = new[] { (Guid)s["batch"] } },
            Refused = [(400, new { }), (404, new { disposition = "Seal", reason = "x", ids = new[] { Guid.Empty } }),
                (403, new { disposition = "Admit", reason = "x", @class = "B" }),
                (409, new { disposition = "Admit", reason = "x", @class = "C" })],
        },
        new($"POST {P}/{{code}}/violation/acknowledge", "violation.acknowledged", "responder")
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
        new($"POST {P}/{{code}}/switch/confirm", "switch.confirmed", "owner")
        {
            Before = async s =>
            {
                // A collector that has seen what this hub has not.
                await s.Collector.RenewAsync("MCI", epochSeen: 50);
                s["epoch"] = (await s.As("owner").ReadAsync($"{P}/MCI/switch")).GetProperty("epoch").GetInt64();
            },
            At = _ => ["MCI"],
            Body = s => new { epoch = s["epoch"], reason = "Compared with the orders by mail." },
            Refused = [(400, new { }), (409, new { epoch = 0, reason = "x" })],
        },
    ];
}
