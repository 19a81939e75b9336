using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

/// <summary>Redaction over HTTP, the same for every kind of thing.</summary>
internal static class RedactionApi
{
    /// <param name="what">Continues «Removes for good …».</param>
    public static RouteHandlerBuilder Redacts(this RouteHandlerBuilder route, string what) => route.Requires(Act.Redact).WithSummary(
        $"Removes for good {what}, with every copy. The timeline says who did it, when and why. Privacy only; not under a legal hold.");

    public static async Task<Results<Ok<RedactedView>, Refused>> RunAsync(
        IRedactable place, string code, RedactTextsBody body, HttpContext http, Redactions redactions, CancellationToken ct) =>
        (await redactions.RunAsync(place, code, body.Texts, body.Files, body.Reason, http.Actor(), ct)).ToOk();

    /// <param name="what">Continues «What people wrote …».</param>
    public static RouteHandlerBuilder ListsTexts(this RouteHandlerBuilder route, string what) => route.Requires(Act.Redact).WithSummary(
        $"What people wrote {what}: texts and files that privacy can redact. Privacy only.");

    public static async Task<Results<Ok<RedactionPreview>, Refused>> ListAsync(
        IRedactable place, string code, string? q, HttpContext http, Redactions redactions, CancellationToken ct) =>
        (await redactions.PreviewAsync(place, code, q, http.Actor(), ct)).ToOk();
}
