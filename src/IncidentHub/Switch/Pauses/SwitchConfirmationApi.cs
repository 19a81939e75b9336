using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Switch.Pauses;

/// <param name="Epoch">The program's epoch as it was read.</param>
internal sealed record ConfirmSwitchBody([Required] long? Epoch, [Required] string? Reason);

/// <summary>What a restored backup asks of a program's owner, over HTTP.</summary>
internal static class SwitchConfirmationApi
{
    public static void MapSwitchConfirmationApi(this WebApplication app)
    {
        var programs = app.MapApi("/api/v1/programs");
        programs.MapGet("/{code}/switch", FindAsync).Requires(Act.ReadPrograms).WithTags("Pauses").WithSummary(
            "The program's epoch, and whether it needs a confirmation because the hub was restored from a backup.");
        programs.MapPost("/{code}/switch/confirm", ConfirmAsync).Requires(Act.ConfirmSwitch).WithTags("Pauses").WithSummary(
            "Confirms, after a restored backup, that the pauses are those that should be active: the epoch rises above every one that a "
                + "collector has seen, and permits are issued again.");
    }

    private static async Task<Results<Ok<SwitchStandingView>, Refused>> FindAsync(
        string code, HttpContext http, SwitchConfirmation confirmation, CancellationToken ct) =>
        (await confirmation.FindAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<SwitchStandingView>, Refused>> ConfirmAsync(
        string code, ConfirmSwitchBody body, HttpContext http, SwitchConfirmation confirmation, CancellationToken ct) =>
        (await confirmation.ConfirmAsync(new ConfirmSwitch(code, body.Epoch, body.Reason), http.Actor(), ct)).ToOk();
}
