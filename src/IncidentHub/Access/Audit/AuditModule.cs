using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Audit;

internal static class AuditModule
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<ListAuditHandler>();
        services.AddSingleton<VerifyAuditHandler>();
    }

    public static void MapAudit(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/audit");
        group.MapGet("", async (
                HttpContext http, ListAuditHandler handler, DateTimeOffset? from, DateTimeOffset? to, string? actor, string? act,
                    string? subject, string? cursor, int? limit) =>
                (await handler.HandleAsync(new ListAudit(from, to, actor, act, subject, cursor, limit), http.Actor(), http.RequestAborted))
                    .ToHttp(TypedResults.Ok))
            .Produces<Page<AuditItem>>().WithSummary("Acts, the newest first. Auditors only.");
        group.MapGet("/verification", async (HttpContext http, VerifyAuditHandler handler) =>
                (await handler.HandleAsync(http.Actor(), http.RequestAborted)).ToHttp(TypedResults.Ok))
            .Produces<AuditVerdict>().WithSummary("Verifies the whole chain and names the first faulty row. Auditors only.");
        group.MapGet("/export", ExportAsync)
            .Produces(200, contentType: "application/jsonl")
                .WithSummary("The whole log as JSON lines with the head last; «audit verify FILE» verifies it offline. Auditors only.");
    }

    private static async Task<IResult> ExportAsync(HttpContext http, Db db)
    {
        var actor = http.Actor();
        if (AccessTable.Deny(actor, Act.ReadAudit) is { } denied) return denied.ToHttp();
        // The export is an act of its own, and stands in what is exported.
        await db.WriteAsync<Done>(
            async tx =>
            {
                await AuditWriter.AppendAsync(tx, actor, "audit.exported", "audit");
                return default(Done);
            },
            ct: http.RequestAborted);
        return TypedResults.Stream(
            async stream =>
            {
                await using var buffered = new BufferedStream(stream, 64 * 1024);
                await db.ReadAsync(
                    async sql =>
                    {
                        await AuditExport.WriteAsync(sql, buffered, http.RequestAborted);
                        return default(Done);
                    },
                    http.RequestAborted);
                await buffered.FlushAsync(http.RequestAborted);
            },
            "application/jsonl", "audit.jsonl");
    }
}
