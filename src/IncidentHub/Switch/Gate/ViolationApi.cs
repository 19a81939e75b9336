using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Gate;

internal sealed record TakeOnBody(string? Note);

internal static class ViolationApi
{
    public static void MapViolationApi(this WebApplication app)
    {
        var programs = app.MapApi("/api/v1/programs");
        programs.MapPost("/{code}/violation/take-on", async (HttpContext http, TakeOnViolationHandler handler, string code, TakeOnBody body,
            CancellationToken ct) =>
            (await handler.HandleAsync(new TakeOnViolation(code, body.Note), http.Actor(), ct)).ToHttp(_ => TypedResults.NoContent()))
            .Produces(204).WithTags("Pauses").WithSummary("Takes ownership of a program's violation, until new evidence raises it again.");

        app.MapApi("/api/v1/violations").MapGet("", async (HttpContext http, ViolationQueries queries, CancellationToken ct) =>
            (await queries.ListAsync(http.Actor(), ct)).ToHttp(TypedResults.Ok))
            .Produces<IReadOnlyList<ViolationView>>().WithTags("Pauses")
                .WithSummary("Programs with a violation that nobody has taken ownership of.");
    }
}
