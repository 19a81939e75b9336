using IncidentHub.Response.AccessReviews;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
    // Its exposure was withdrawn by a step before.
    private static IEnumerable<CommandStep> AccessReviews() =>
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
}
