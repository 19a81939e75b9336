using System.ComponentModel.DataAnnotations;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

/// <param name="Programs">Codes of suggested programs; may be empty.</param>
/// <param name="Datasets">Names of suggested datasets and models; may be empty.</param>
internal sealed record ConfirmLinksBody(
    [Required] IReadOnlyList<string>? Programs, [Required] IReadOnlyList<string>? Datasets, int? ExpectedVersion);

/// <param name="Programs">Codes of suggested programs; may be empty.</param>
/// <param name="Datasets">Names of suggested datasets and models; may be empty.</param>
internal sealed record SetLinksAsideBody(
    [Required] IReadOnlyList<string>? Programs, [Required] IReadOnlyList<string>? Datasets, [Required] string? Reason,
    int? ExpectedVersion);

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<BlastRadiusView>, Refused>> BlastRadiusAsync(
        string code, HttpContext http, GetBlastRadiusHandler queries, CancellationToken ct) =>
        (await queries.HandleAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<IncidentChanged>, Refused>> ConfirmLinksAsync(
        string code, ConfirmLinksBody body, HttpContext http, IncidentCommands commands, CancellationToken ct)
    {
        var chosen = Names(body.Programs, body.Datasets);
        return chosen.IsOk
            ? (await commands.ConfirmLinksAsync(code, chosen.Value, http.Expected(body.ExpectedVersion), http.Actor(), ct))
                .ToOk(IncidentChanged.Of)
            : new Refused(chosen.Refusal!);
    }

    private static async Task<Results<Ok<IncidentChanged>, Refused>> SetLinksAsideAsync(
        string code, SetLinksAsideBody body, HttpContext http, IncidentCommands commands, CancellationToken ct)
    {
        var chosen = Names(body.Programs, body.Datasets);
        return chosen.IsOk
            ? (await commands.SetLinksAsideAsync(
                code, chosen.Value, body.Reason ?? "", http.Expected(body.ExpectedVersion), http.Actor(), ct)).ToOk(IncidentChanged.Of)
            : new Refused(chosen.Refusal!);
    }

    private static Result<SuggestedNames> Names(IReadOnlyList<string>? programs, IReadOnlyList<string>? datasets) => new Validation()
        .Check(programs is not null, "programs", "Codes of suggested programs; the list may be empty.")
        .Check(datasets is not null, "datasets", "Names of suggested datasets; the list may be empty.").ToRefusal() is { } refused
            ? refused : new SuggestedNames(programs!, datasets!);
}
