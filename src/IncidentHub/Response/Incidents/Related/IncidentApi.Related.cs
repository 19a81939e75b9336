using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<RelatedView>, Refused>> RelatedAsync(
        string code, HttpContext http, RelatedQueries queries, CancellationToken ct) =>
        (await queries.OfAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<NoContent, Refused>> LinkAsync(
        string code, LinkBody body, HttpContext http, RelatedCommands commands, CancellationToken ct) =>
        (await commands.LinkAsync(code, body.Incident, body.Reason, http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> UnlinkAsync(
        string code, string other, RemoveLinkBody body, HttpContext http, RelatedCommands commands, CancellationToken ct) =>
        (await commands.UnlinkAsync(code, other, body.Reason, http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> ArrangeSeriesAsync(
        string code, SeriesBody body, HttpContext http, RelatedCommands commands, CancellationToken ct) =>
        (await commands.ArrangeAsync(code, body.Name, body.Members ?? [], body.ExpectedVersion, http.Actor(), ct))
            .ToNoContent();

    private static async Task<Results<NoContent, Refused>> LeaveSeriesAsync(
        string code, RemoveLinkBody body, HttpContext http, RelatedCommands commands, CancellationToken ct) =>
        (await commands.LeaveAsync(code, body.Reason, http.Actor(), ct)).ToNoContent();
}
