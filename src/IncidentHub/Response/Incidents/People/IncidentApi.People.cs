using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentApi
{
    private const string RoleNames = "Commander, Communications, Scribe or Named.";

    private static async Task<Results<Ok<IncidentChanged>, Refused>> AssignRoleAsync(
        string code, RoleBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) => body.Role is { } role
        ? (await commands.AssignRoleAsync(code, role, body.Account ?? "", http.Expected(body.ExpectedVersion), http.Actor(), ct))
            .ToOk(IncidentChanged.Of)
        : Missing("role", RoleNames);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> ReleaseRoleAsync(
        string code, string role, string account, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        Codes.TryRead<IncidentRole>(role, out var known)
            ? (await commands.ReleaseRoleAsync(code, known, account, http.Expected(null), http.Actor(), ct)).ToOk(IncidentChanged.Of)
            : Missing("role", RoleNames);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> SetConfidentialityAsync(
        string code, ConfidentialityBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        body.Confidentiality is { } to
            ? await RunAsync(commands, code, new IncidentCommand.SetConfidentiality(to, body.Reason ?? ""), body.ExpectedVersion, http, ct)
            : Missing("confidentiality", "Open or Restricted.");
}
