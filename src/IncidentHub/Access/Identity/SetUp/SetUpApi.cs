using System.ComponentModel.DataAnnotations;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Access.Identity;

/// <summary>The request that makes the first administrator.</summary>
internal sealed record SetUpBody(
    [Required] string? Token, [Required] string? Account, [Required] string? DisplayName, [Required] string? Password);

internal static class SetUpApi
{
    public static void MapSetUpApi(this WebApplication app) => app.MapApi("/api/v1/setup").MapPost("/", RunAsync).AllowAnonymous()
        .WithSummary("Makes the first administrator, with the token in the hub's log. Not found once there is one.");

    private static async Task<Results<NoContent, Refused>> RunAsync(
        SetUpBody body, HttpContext http, SetUpCommands commands, CancellationToken ct) =>
        (await commands.RunAsync(body.Token, body.Account, body.DisplayName, body.Password, SignInSource.Of(http), ct)).ToNoContent();
}
