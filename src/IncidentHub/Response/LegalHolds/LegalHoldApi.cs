using IncidentHub.Domain.Access;
using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.LegalHolds;

internal sealed record HoldBody([Required] string? Reason);

/// <summary>Legal holds over HTTP.</summary>
internal static class LegalHoldApi
{
    public static void MapLegalHoldApi(this WebApplication app)
    {
        var holds = app.MapApi("/api/v1/incidents");
        holds.MapPost("/{code}/legal-holds", PlaceAsync).Requires(Act.PlaceLegalHold)
            .WithSummary("Places a legal hold: nothing that the incident touches may be purged or expire. Privacy and counsel only.");
        holds.MapPost("/{code}/legal-holds/{id:guid}/release", ReleaseAsync).Requires(Act.PlaceLegalHold)
            .WithSummary("Releases a legal hold, with a reason. It stays on record.");
    }

    private static async Task<Results<Created<PlacedHold>, Refused>> PlaceAsync(
        string code, HoldBody body, HttpContext http, HoldCommands commands, CancellationToken ct) =>
        (await commands.PlaceAsync(code, body.Reason, http.Actor(), ct)).ToCreated(hold => hold);

    private static async Task<Results<NoContent, Refused>> ReleaseAsync(
        string code, Guid id, HoldBody body, HttpContext http, HoldCommands commands, CancellationToken ct) =>
        (await commands.RunAsync(new(code, id), new ReleaseHold(body.Reason ?? ""), null, http.Actor(), ct)).ToNoContent();
}
