using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
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
        Redact(S, "S-1", "statement"),
    ];
}
