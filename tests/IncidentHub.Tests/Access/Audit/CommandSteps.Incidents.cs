using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
    private static IEnumerable<CommandStep> Incidents() =>
    [
        Step("PATCH", "", "details-changed", new { summary = "A grant to everybody." }, new { title = "" }),
        Step("POST", "/sev", "sev-changed", new { sev = 4, reason = "Nothing was read." }, new { sev = 4 }),
        Step("POST", "/assessment", "severity-assessed", new { identifiability = "Limited", reason = "Pseudonyms." }, new { }),
        Step("POST", "/programs", "program-linked", new { program = "LINKED", brokenSafeguards = new[] { 1 } }, new { program = "NONE" })
            with
        {
            Before = s => s.As("owner").MakeAsync("/api/v1/programs/LINKED/safeguards", new { text = "Locked down", source = "Notice 12" }),
        },
        Step("PATCH", "/programs/{program}", "program-changed", new { kind = "Suspected", reason = "Not sure." }, new { }, _ => "LINKED"),
        Step("POST", "/programs/{program}/withdraw", "program-withdrawn", new { reason = "It is not." }, new { }, _ => "LINKED"),
        Step("POST", "/exposures", "exposure-added", new { dataset = "transcriptions" }, new { dataset = "none" }) with
        {
            After = async (s, _) => s["exposure"] = (await s.As("responder").ReadAsync($"{I}/INC-1")).GetProperty("exposures")[0]
                .GetProperty("id").GetGuid(),
        },
        Step("POST", "/override-advice", "advice-overridden", new { reason = "Nobody read it." }, new { }) with
        {
            // The advice suggests another level then.
            Before = s => s.MakeAsync("responder", $"{I}/INC-1/assessment", new { contextAdjustment = 3, reason = "It was copied." }),
        },
        Step("POST", "/suggestions/confirm", "exposure-added",
            new { programs = new[] { "LINKED" }, datasets = new[] { "derived" } }, new { }) with
        {
            Before = async s =>
            {
                await s.As("responder").MakeAsync("/api/v1/datasets", new { name = "derived", owner = "owner",
                    classification = "Internal", promisedAudience = new { scope = "WholeCompany" } });
                await s.As("responder").SendAsync(HttpMethod.Put, "/api/v1/datasets/derived/upstream/transcriptions", null);
                await s.As("responder").SendAsync(HttpMethod.Put, "/api/v1/datasets/derived/programs/LINKED", null);
            },
            // Suggested again: what was linked is withdrawn.
            After = async (s, _) =>
            {
                var derived = (await s.As("responder").ReadAsync($"{I}/INC-1")).GetProperty("exposures").EnumerateArray()
                    .Single(e => e.Text("dataset") == "derived").GetProperty("id").GetGuid();
                await s.MakeAsync("responder", $"{I}/INC-1/exposures/{derived}/withdraw", new { reason = "It is not." });
                await s.MakeAsync("responder", $"{I}/INC-1/programs/LINKED/withdraw", new { reason = "It is not." });
            },
        },
        Step("POST", "/suggestions/set-aside", "links-set-aside",
            new { programs = new[] { "LINKED" }, datasets = new[] { "derived" }, reason = "A copy of 2024." },
            new { programs = new[] { "LINKED" }, datasets = new[] { "derived" } }),
        Step("PUT", "/exposures/{id:guid}", "exposure-changed", new { records = 12 }, new { records = -1 }, s => s["exposure"]),
        Step("POST", "/exposures/{id:guid}/withdraw", "exposure-withdrawn", new { reason = "Another one." }, new { }, s => s["exposure"]),
        Step("POST", "/timestamps", "timestamp-corrected", new { timestamp = "Detected", at = "2026-06-18T13:40:00Z",
            reason = "Read in the log." },
            new { }),
        Step("POST", "/roles", "role-assigned", new { role = "Scribe", account = "responder-2" }, new { role = "Scribe" }),
        new($"DELETE {I}/{{code}}/roles/{{role}}/{{account}}", "incident.role-released", "responder")
        {
            At = _ => ["INC-1", "Scribe", "responder-2"],
        },
        new($"POST {I}/{{code}}/notes", "timeline.note-written", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { kind = "Observation", body = "The grant is gone." },
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
        new($"POST {I}/{{code}}/updates", "timeline.note-written", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { condition = "The grant is gone.", actions = "Reading the log.", needs = "A second reader." },
            Refused = [(400, new { })],
            After = (s, note) =>
            {
                s["update"] = note.GetProperty("id").GetGuid();
                return Task.CompletedTask;
            },
        },
        new($"PUT {I}/{{code}}/updates/{{id:guid}}", "timeline.note-revised", "responder")
        {
            At = s => ["INC-1", s["update"]],
            Body = _ => new { condition = "The grant is gone since noon.", actions = "Reading the log.", needs = "Nothing." },
            Refused = [(400, new { }), (409, new { condition = "x", expectedRevision = 99 })],
        },
        new($"POST {I}/{{code}}/timeline/{{id:guid}}/pin", "timeline.pinned", "responder") { At = s => ["INC-1", s["note"]] },
        new($"DELETE {I}/{{code}}/timeline/{{id:guid}}/pin", "timeline.unpinned", "responder") { At = s => ["INC-1", s["note"]] },
        new($"POST {I}/{{code}}/timeline/{{id:guid}}/redact", "timeline.note-redacted", "privacy")
        {
            Before = async s => s["pasted"] = (await s.As("responder").MakeAsync($"{I}/INC-1/notes", new { body = "A password." }))
                .GetProperty("id").GetGuid(),
            At = s => ["INC-1", s["pasted"]],
            Body = _ => new { reason = "A password was in it." },
            Refused = [(400, new { })],
        },
        new($"POST {I}/{{code}}/redact", "incident.redacted", "privacy")
        {
            Before = s => s.As("responder").SendAsync(HttpMethod.Patch, $"{I}/INC-1", new { summary = "A name is in it." }),
            At = _ => ["INC-1"],
            Body = _ => new { reason = "A name was in it." },
            Refused = [(400, new { })],
        },
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
        new($"POST {I}/{{code}}/privileged-notes", "privileged-note.written", "counsel")
        {
            At = _ => ["INC-1"],
            Body = _ => new { body = "Advice on the notification." },
            Refused = [(400, new { })],
            After = (s, note) =>
            {
                s["privileged"] = note.GetProperty("id").GetGuid();
                return Task.CompletedTask;
            },
        },
        new($"PUT {I}/{{code}}/privileged-notes/{{id:guid}}", "privileged-note.revised", "counsel")
        {
            At = s => ["INC-1", s["privileged"]],
            Body = _ => new { body = "Advice on the notification, and on its time." },
            Refused = [(400, new { }), (409, new { body = "x", expectedRevision = 99 })],
        },
        new($"POST {I}/{{code}}/privileged-readers", "privileged-reader.named", "counsel")
        {
            At = _ => ["INC-1"],
            Body = _ => new { account = "privacy" },
            Refused = [(400, new { account = "owner" })],
        },
        new($"DELETE {I}/{{code}}/privileged-readers/{{account}}", "privileged-reader.released", "counsel")
        {
            At = _ => ["INC-1", "privacy"],
        },
        new($"POST {I}/{{code}}/legal-holds/{{id:guid}}/release", "legal-hold.released", "counsel")
        {
            At = s => ["INC-1", s["hold"]],
            Body = _ => new { reason = "The matter is closed." },
            Refused = [(400, new { })],
        },
        new($"POST {I}/{{code}}/evidence", "evidence.added", "responder")
        {
            At = _ => ["INC-1"],
            Body = s => File("a,b", ("takenFrom", "The export service"), ("takenAt", s.Now.ToString("O"))),
            Refused = [(400, File("a,b")), (415, new { })],
        },
        .. AccessReviews(),
        Redact("/api/v1/evidence", "", "evidence") with { At = s => [s["log"]] },
    ];

    private static IEnumerable<CommandStep> Ends() =>
    [
        Step("POST", "/contain", "contained", new { note = "Closed." }, new { at = "2030-01-01T00:00:00Z" }),
        Step("POST", "/resolve", "resolved", new { }, new { at = "2030-01-01T00:00:00Z" }),
        Step("POST", "/close", "closed", new { }, new { at = "2026-06-18T13:50:00Z" }),
        .. IncidentReviews(),
        Step("POST", "/reopen", "reopened", new { reason = "It came back." }, new { }),
        new($"POST {I}/{{code}}/related", "incident.linked", "responder")
        {
            Before = s => s.MakeAsync("responder", I, Declaration("The same", 4, "LINKED")),
            At = _ => ["INC-1"],
            Body = _ => new { incident = "INC-2", reason = "The same grant." },
            Refused = [(400, new { }), (400, new { incident = "INC-9", reason = "x" })],
        },
        new($"POST {I}/{{code}}/related/{{other}}/remove", "incident.unlinked", "responder")
        {
            At = _ => ["INC-1", "INC-2"],
            Body = _ => new { reason = "Another grant." },
            Refused = [(400, new { })],
        },
        new($"PUT {I}/{{code}}/series", "incident.series-changed", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { name = "Grants that come back", members = new[] { "INC-1", "INC-2" } },
            Refused = [(400, new { }), (400, new { name = "One", members = new[] { "INC-1" } })],
        },
        new($"POST {I}/{{code}}/series/leave", "incident.series-changed", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { reason = "Another kind." },
            Refused = [(400, new { })],
        },
        new($"POST {I}/{{code}}/merge", "incident.merged", "responder")
        {
            At = _ => ["INC-2"],
            Body = _ => new { into = "INC-1", reason = "The same grant." },
            Refused = [(400, new { }), (400, new { into = "INC-9", reason = "x" }),
                (409, new { into = "INC-1", reason = "x", expectedVersion = 99 })],
        },
        Step("POST", "/confidentiality", "confidentiality-changed", new { confidentiality = "Restricted", reason = "Under investigation." },
            new { }) with { By = "privacy" },
        new($"POST {I}/{{code}}/break-glass", "incident.break-glass", "executive")
        {
            At = _ => ["INC-1"],
            Body = _ => new { reason = "The board asks what happened." },
            Refused = [(400, new { })],
        },
    ];

    private static CommandStep Redact(string path, string code, string thing) =>
        new($"POST {path}/{{code}}/redact", $"{thing}.redacted", "privacy")
        {
            At = _ => [code],
            Body = _ => new { reason = "A name was in it." },
            Refused = [(400, new { })],
        };

    private static FormBody File(string content, params (string Name, string Value)[] fields) =>
        new("export.csv", System.Text.Encoding.UTF8.GetBytes(content), fields);
}
