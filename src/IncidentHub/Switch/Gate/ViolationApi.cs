using IncidentHub.Domain.Access;
using System.ComponentModel.DataAnnotations;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Switch.Gate;

internal sealed record AcknowledgeViolationBody([Required] string? Note);

/// <summary>Violations over HTTP.</summary>
internal static class ViolationApi
{
    public static void MapViolationApi(this WebApplication app)
    {
        app.MapApi("/api/v1/programs").MapPost("/{code}/violation/acknowledge", AcknowledgeAsync).Requires(Act.AcknowledgeViolation)
            .WithTags("Pauses")
            .WithSummary("Takes ownership of a program's violation, until new evidence raises it again.");
        app.MapApi("/api/v1/violations").MapGet("", ListAsync).Requires(Act.ReadPrograms).WithTags("Pauses")
            .WithSummary("Programs with a violation that nobody has taken ownership of.");
    }

    private static async Task<Results<NoContent, Refused>> AcknowledgeAsync(
        string code, AcknowledgeViolationBody body, HttpContext http, AcknowledgeViolationHandler handler, CancellationToken ct) =>
        (await handler.HandleAsync(new AcknowledgeViolation(code, body.Note), http.Actor(), ct)).ToNoContent();

    private static async Task<Results<Ok<Page<ViolationView>>, Refused>> ListAsync(
        HttpContext http, ViolationQueries queries, CancellationToken ct) =>
        (await queries.ListAsync(http.Actor(), ct)).ToOk(Page<ViolationView>.All);
}
