using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
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
        Redact(T, "T-1", "task"),
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
}
