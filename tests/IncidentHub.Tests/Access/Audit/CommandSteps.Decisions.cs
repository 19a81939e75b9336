using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
    private static IEnumerable<CommandStep> Decisions() =>
    [
        new($"POST {Q}/{{code}}/criteria/{{kind}}/meet", "decision.criterion-met", "responder")
        {
            At = _ => ["D-1", "ReasonResolved"],
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
        new($"POST {Q}/{{code}}/not-placed-in-error", "decision.placed-in-error-withdrawn", "responder")
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
        new($"POST {Q}/{{code}}/opinions/request", "decision.opinion-requested", "privacy")
        {
            At = _ => ["D-1"],
            Body = _ => new { role = "DataProtectionOfficer", people = new[] { "data-protection" } },
            Refused = [(400, new { }), (400, new { role = "WorksCouncil", people = new[] { "owner" } }),
                (409, new { role = "WorksCouncil", expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/opinions/requests/{{number:int}}/withdraw", "decision.opinion-request-withdrawn", "privacy")
        {
            At = _ => ["D-1", 1],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {Q}/{{code}}/opinions", "decision.opinion-given", "data-protection")
        {
            At = _ => ["D-1"],
            Body = s => Opinion("Objection", ("givenAt", s.Now.ToString("O"))),
            Refused = [(400, Opinion("Perhaps", ("givenAt", "2026-06-18T13:50:00Z"))), (400, Opinion("Objection")), (415, new { })],
        },
        Redact(Q, "D-1", "decision"),
    ];

    private static FormBody Opinion(string position, params (string, string)[] further) => File("%PDF",
        [("role", "DataProtectionOfficer"), ("position", position), ("text", "The purpose is too wide."), .. further]);

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
        new("POST /api/v1/pauses/{id:guid}/activate", "pause.pause", "responder")
        {
            At = s => [s["two"]],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
            After = (s, _) => s.Hub.CountedAsync(),
        },
    ];
}
