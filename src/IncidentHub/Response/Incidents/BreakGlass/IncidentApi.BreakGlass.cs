using System.ComponentModel.DataAnnotations;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal sealed record BreakGlassBody([Required] string? Reason);

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<OpenedIncident>, Refused>> BreakGlassAsync(
        string code, BreakGlassBody body, HttpContext http, BreakGlassCommands commands, CancellationToken ct) =>
        (await commands.OpenAsync(code, body.Reason, http.Actor(), ct)).ToOk();
}
