using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<IncidentChanged>, Refused>> ChangeSevAsync(
        string code, SevBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) => body.Sev is { } sev
        ? await RunAsync(commands, code, new IncidentCommand.ChangeSev((Sev)sev, body.Reason ?? ""), body.ExpectedVersion, http, ct)
        : Missing("sev", "A SEV is 0 to 5.");

    private static Task<Results<Ok<IncidentChanged>, Refused>> AssessAsync(
        string code, AssessmentBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.AssessSeverity(body.ToInputs(), body.Reason ?? ""), body.ExpectedVersion, http, ct);

    private static Task<Results<Ok<IncidentChanged>, Refused>> OverrideAdviceAsync(
        string code, ReasonBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.OverrideAdvice(body.Reason ?? ""), body.ExpectedVersion, http, ct);
}
