using IncidentHub.Response.AccessReviews;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
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
        new($"POST {F}/{{code}}/files", "flag.attached", "owner-2")
        {
            Actor = Reporter,
            At = _ => ["F-1"],
            Body = _ => File("What I saw.", ("message", "It is in the file.")),
            Refused = [(415, new { }), (400, File("", ("message", "It is empty.")))],
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
        new($"POST {F}/by-receipt/files", "flag.attached", "nobody")
        {
            Body = s => File("The list.", ("receipt", $"{s["receipt"]}")),
            Refused = [(415, new { }), (404, File("The list.", ("receipt", "none")))],
        },
        new($"POST {F}/triage", "flag.acknowledged", "responder")
        {
            Before = s => s.MakeAsync("employee", F, new { text = "A second list." }),
            Body = _ => new { flags = new[] { "F-3" }, act = "Acknowledge" },
            Refused = [(400, new { flags = Array.Empty<string>(), act = "Acknowledge" })],
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
        new($"POST {I}/{{code}}/redact", "incident.summary-redacted", "privacy")
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
        .. Reviews(),
    ];

    // Its exposure was withdrawn by a step before.
    private static IEnumerable<CommandStep> Reviews() =>
    [
        new($"POST {I}/{{code}}/access-reviews", "access-review.loaded", "responder")
        {
            Before = async s =>
            {
                await s.MakeAsync("responder", $"{I}/INC-1/exposures", new { dataset = "transcriptions", from = s.Now.AddDays(-1) });
                s["log"] = (await s.MakeAsync("responder", $"{I}/INC-1/evidence", File($"time,account\n{s.Now:O},ann\n",
                    ("takenFrom", "The bucket"), ("takenAt", s.Now.ToString("O"))))).Text("code");
            },
            At = _ => ["INC-1"],
            Body = s => new
            {
                dataset = "transcriptions",
                evidence = s["log"],
                preset = "Plain",
                format = "Csv",
                timeZone = "UTC",
                objects = Array.Empty<string>(),
                services = Array.Empty<string>(),
                audience = "ben",
                named = new[] { "responder-2" },
            },
            Refused = [(400, new { })],
            After = (s, review) =>
            {
                s["review"] = review.Text("code");
                return Task.CompletedTask;
            },
        },
        new($"POST {I}/{{code}}/access-reviews/preview", null, "responder")
        {
            At = _ => ["INC-1"],
            Body = s => new { evidence = s["log"], preset = "Plain", mapping = new { time = "time", account = "account", times = "Text" } },
            Refused = [(400, new { })],
        },
        OnReview("cancel", "cancelled"),
        OnReview("resume", "resumed"),
        new("POST /api/v1/access-reviews/{code}/sign-off", "access-review.signed-off", "privacy")
        {
            Before = s => ActivatorUtilities.GetServiceOrCreateInstance<AccessReviewJob>(s.Hub.Services).RunAsync(CancellationToken.None),
            At = s => [s["review"]],
            Body = _ => new { conclusion = "Found", note = "One account." },
            Refused = [(400, new { conclusion = "Found" }), (409, new { conclusion = "Found", note = "x", expectedVersion = 99 })],
            After = async (s, _) =>
            {
                var exposure = (await s.As("responder").ReadAsync($"{I}/INC-1")).GetProperty("exposures").EnumerateArray()
                    .Single(e => e.GetProperty("withdrawnReason").ValueKind == System.Text.Json.JsonValueKind.Null);
                await s.MakeAsync("responder", $"{I}/INC-1/exposures/{exposure.GetProperty("id").GetGuid()}/withdraw",
                    new { reason = "Reviewed." });
            },
        },
    ];

    private static CommandStep OnReview(string act, string audited) =>
        new($"POST /api/v1/access-reviews/{{code}}/{act}", $"access-review.{audited}", "responder")
        {
            At = s => [s["review"]],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        };

    private static FormBody File(string content, params (string Name, string Value)[] fields) =>
        new("export.csv", System.Text.Encoding.UTF8.GetBytes(content), fields);

    private const string O = "/api/v1/obligations";

    private static IEnumerable<CommandStep> Obligations() =>
    [
        new($"POST {I}/{{code}}/obligations", "obligation.tracked", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { regime = "SEC-8K" },
            Refused = [(400, new { }), (400, new { regime = "NONE" })],
        },
        new($"POST {O}/{{code}}/trigger", "obligation.triggered", "responder")
        {
            At = _ => ["O-1"],
            Body = s => new { at = s.Now, note = "Determined." },
            Refused = [(400, new { }), (400, new { at = "2099-01-01T00:00:00Z", note = "x" })],
        },
        new($"POST {O}/{{code}}/notices", "obligation.notice-recorded", "privacy")
        {
            At = _ => ["O-1"],
            Body = s => new { at = s.Now, reference = "N-1", note = "What is known.", isComplete = false },
            Refused = [(400, new { })],
        },
        new($"POST {O}/{{code}}/delay", "obligation.delayed", "privacy")
        {
            At = _ => ["O-1"],
            Body = _ => new { authority = "Police", reason = "It would impede the investigation." },
            Refused = [(400, new { }), (409, new { authority = "x", reason = "x", expectedVersion = 99 })],
        },
        new($"POST {O}/{{code}}/end-delay", "obligation.delay-ended", "privacy")
        {
            At = _ => ["O-1"],
            Body = s => new { dueAt = s.Now.AddDays(1), reason = "The investigation is over." },
            Refused = [(400, new { }), (400, new { dueAt = "1960-01-01T00:00:00Z", reason = "x" })],
        },
        new($"POST {O}/{{code}}/not-required", "obligation.not-required", "privacy")
        {
            At = _ => ["O-1"],
            Body = _ => new { reason = "Not listed on an exchange." },
            Refused = [(400, new { })],
        },
        new($"POST {O}/{{code}}/reopen", "obligation.reopened", "privacy")
        {
            At = _ => ["O-1"],
            Body = _ => new { reason = "It is." },
            Refused = [(400, new { })],
        },
        new("PUT /api/v1/regimes/{code}", "regime.edited", "administrator")
        {
            At = _ => ["PARTNER"],
            Body = _ => new
            {
                name = "Contract with a partner",
                effectiveFrom = "2026-01-01",
                source = "Master agreement",
                checkedOn = "2026-01-02",
                reason = "Signed.",
                duties = new[] { new { key = "partner", name = "Notify the partner", trigger = "Contract", due = "24 h", says = "Facts." } },
            },
            Refused = [(400, new { })],
        },
        new("PUT /api/v1/holiday-calendars/{calendar}/{year:int}", "holidays.edited", "administrator")
        {
            At = _ => ["COMPANY", 2026],
            Body = _ => new { days = new[] { new { day = "2026-12-24", name = "Closed" } }, reason = "Agreed." },
            Refused = [(400, new { })],
        },
        new("POST /api/v1/calendar-feed", "calendar-feed.made", "privacy"),
        new("DELETE /api/v1/calendar-feed", "calendar-feed.revoked", "privacy"),
    ];

    private const string S = "/api/v1/statements";

    private static IEnumerable<CommandStep> Statements() =>
    [
        new($"POST {I}/{{code}}/statements", "statement.drafted", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new { audience = "Employees", title = "Transcriptions were readable", body = "They no longer are." },
            Refused = [(400, new { }), (400, new { audience = "Employees", title = "x" })],
        },
        new($"PUT {S}/{{code}}", "statement.revised", "responder")
        {
            At = _ => ["S-1"],
            Body = _ => new { title = "Transcriptions were readable", body = "They no longer are. We are sorry." },
            Refused = [(400, new { }), (409, new { title = "x", body = "x", expectedVersion = 99 })],
        },
        new($"POST {S}/{{code}}/publish", "statement.published", "privacy")
        {
            At = _ => ["S-1"],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {S}/{{code}}/withdraw", "statement.withdrawn", "privacy")
        {
            At = _ => ["S-1"],
            Body = _ => new { reason = "A number was wrong." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new("POST /api/v1/notices/similar", null, "employee")
        {
            ForEveryone = true,
            Body = _ => new { text = "I can read transcriptions of other teams." },
            Refused = [(400, new { })],
        },
        new("POST /api/v1/notices/{code}/questions", "question.asked", "employee")
        {
            ForEveryone = true,
            Before = s => s.As("privacy").MakeAsync($"{S}/S-1/publish", new { }),
            At = _ => ["INC-1"],
            Body = _ => new { text = "Were mine among them?" },
            Refused = [(400, new { })],
            After = (s, question) =>
            {
                s["question"] = question.GetProperty("id").GetGuid();
                return Task.CompletedTask;
            },
        },
        new("POST /api/v1/notices/{code}/questions/{id:guid}/answer", "question.answered", "privacy")
        {
            At = s => ["INC-1", s["question"]],
            Body = _ => new { answer = "No." },
            Refused = [(400, new { }), (409, new { answer = "x", expectedVersion = 99 })],
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
        new($"POST {T}/{{code}}/cancel", "task.cancelled", "responder")
        {
            At = _ => ["T-1"],
            Body = _ => new { reason = "The table is gone." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
    ];

    private const string ShippedCause = "01926e50-0000-7000-8000-000000000001";

    private static IEnumerable<CommandStep> IncidentReviews() =>
    [
        new($"PUT {I}/{{code}}/reviews", "review.saved", "responder")
        {
            At = _ => ["INC-1"],
            Body = _ => new
            {
                causes = new[] { ShippedCause },
                factors = "The grant was inherited.",
                wentWell = "The pause was proven within a minute.",
                lessons = "Grants are reviewed when a program is launched.",
            },
            Refused = [(400, new { }), (400, new { causes = new[] { Guid.Empty } }),
                (409, new { causes = new[] { ShippedCause }, lessons = "x", expectedVersion = 99 })],
        },
        new($"POST {I}/{{code}}/reviews/complete", "review.completed", "responder")
        {
            // Also where the step before sent no more than it must.
            Before = async s => await s.As("responder").SendAsync(
                HttpMethod.Put, $"{I}/INC-1/reviews", new { causes = new[] { ShippedCause }, lessons = "Grants are reviewed." }),
            At = _ => ["INC-1"],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {I}/{{code}}/reviews/reopen", "review.reopened", "privacy")
        {
            At = _ => ["INC-1"],
            Body = _ => new { reason = "A second cause was found." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        new("POST /api/v1/causes", "cause.added", "administrator")
        {
            Body = _ => new { name = "A grant was inherited", description = "Nobody gave it to these people." },
            Refused = [(400, new { }), (409, new { name = "third party" })],
            After = (s, cause) =>
            {
                s["cause"] = cause.GetProperty("id").GetGuid();
                return Task.CompletedTask;
            },
        },
        new("PATCH /api/v1/causes/{id:guid}", "cause.changed", "administrator")
        {
            At = s => [s["cause"]],
            Body = _ => new { retired = true },
            Refused = [(409, new { retired = true, expectedVersion = 99 })],
        },
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
}
