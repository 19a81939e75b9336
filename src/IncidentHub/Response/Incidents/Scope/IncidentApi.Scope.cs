using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<IncidentChanged>, Refused>> LinkProgramAsync(
        string code, ProgramLinkBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        (await commands.LinkProgramAsync(code, body, http.Expected(body.ExpectedVersion), http.Actor(), ct)).ToOk(IncidentChanged.Of);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> ChangeProgramAsync(
        string code, string program, ChangeProgramBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        body.Kind is { } kind
            ? (await commands.ChangeProgramAsync(
                code, program, kind, body.Reason ?? "", http.Expected(body.ExpectedVersion), http.Actor(), ct))
                .ToOk(IncidentChanged.Of)
            : Missing("kind", "Source, Suspected or Downstream.");

    private static async Task<Results<Ok<IncidentChanged>, Refused>> WithdrawProgramAsync(
        string code, string program, ReasonBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        (await commands.WithdrawProgramAsync(code, program, body.Reason ?? "", http.Expected(body.ExpectedVersion), http.Actor(), ct))
            .ToOk(IncidentChanged.Of);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> AddExposureAsync(
        string code, ExposureBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        (await commands.AddExposureAsync(code, body with { ExpectedVersion = http.Expected(body.ExpectedVersion) }, http.Actor(), ct))
            .ToOk(IncidentChanged.Of);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> ChangeExposureAsync(
        string code, Guid id, ChangedExposureBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        (await commands.ChangeExposureAsync(
            code, id, body with { ExpectedVersion = http.Expected(body.ExpectedVersion) }, http.Actor(), ct)).ToOk(IncidentChanged.Of);

    private static Task<Results<Ok<IncidentChanged>, Refused>> WithdrawExposureAsync(
        string code, Guid id, ReasonBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.WithdrawExposure(id, body.Reason ?? ""), body.ExpectedVersion, http, ct);
}
