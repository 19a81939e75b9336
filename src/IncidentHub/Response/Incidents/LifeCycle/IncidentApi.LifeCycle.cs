using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentApi
{
    private static Task<Results<Ok<IncidentChanged>, Refused>> ContainAsync(
        string code, StepBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.Contain(body.At, body.Note ?? ""), body.ExpectedVersion, http, ct);

    private static Task<Results<Ok<IncidentChanged>, Refused>> ResolveAsync(
        string code, StepBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.Resolve(body.At, body.Note ?? ""), body.ExpectedVersion, http, ct);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> CloseAsync(
        string code, StepBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) => body.At is null
        ? await RunAsync(commands, code, new IncidentCommand.Close(body.Note ?? ""), body.ExpectedVersion, http, ct)
        : Missing("at", "An incident is closed now. Correct the timestamp afterwards if needed.");

    private static Task<Results<Ok<IncidentChanged>, Refused>> ReopenAsync(
        string code, ReasonBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.Reopen(body.Reason ?? ""), body.ExpectedVersion, http, ct);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> MergeAsync(
        string code, MergeBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        (await commands.MergeAsync(code, body.Into ?? "", body.Reason ?? "", http.Expected(body.ExpectedVersion), http.Actor(), ct))
            .ToOk(IncidentChanged.Of);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> CorrectTimestampAsync(
        string code, TimestampBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) => body.Timestamp is { } moment
        ? await RunAsync(commands, code, new IncidentCommand.CorrectTimestamp(moment, body.Cycle, body.At, body.Reason ?? ""),
            body.ExpectedVersion, http, ct)
        : Missing("timestamp", "Name the timestamp.");
}
