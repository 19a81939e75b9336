using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Access.Audit;

/// <summary>The audit log over HTTP.</summary>
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
        group.MapGet("", ListAsync).Requires(Act.ReadAudit).WithSummary("Acts, the newest first. Auditors only.");
        group.MapGet("/verification", VerifyAsync).Requires(Act.ReadAudit)
            .WithSummary("Verifies the whole chain and names the first faulty row. Auditors only.");
        group.MapGet("/export", ExportAsync).Requires(Act.ReadAudit).Produces(200, contentType: "application/jsonl").WithSummary(
            "The whole log as JSON lines with the head last; «audit verify FILE» verifies it offline. Auditors only.");
    }

    private static async Task<Results<Ok<Page<AuditItem>>, Refused>> ListAsync(
        HttpContext http, ListAuditHandler handler, DateTimeOffset? from, DateTimeOffset? to, string? actor, string? act, string? subject,
        string? cursor, int? limit, CancellationToken ct) =>
        (await handler.HandleAsync(new ListAudit(from, to, actor, act, subject, cursor, limit), http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<AuditVerdict>, Refused>> VerifyAsync(
        HttpContext http, VerifyAuditHandler handler, CancellationToken ct) => (await handler.HandleAsync(http.Actor(), ct)).ToOk();

    private static async Task<Results<PushStreamHttpResult, Refused>> ExportAsync(HttpContext http, Db db, CancellationToken ct)
    {
        var actor = http.Actor();
        if (AccessTable.Deny(actor, Act.ReadAudit) is { } denied) return new Refused(denied);
        // The export is an audited act itself, and its record is part of the export.
        await db.WriteAsync<Done>(
            async tx =>
            {
                await tx.RecordAsync(actor, new JournalEntry { Action = "audit.exported", Subject = "audit" });
                return default(Done);
            },
            ct: ct);
        return TypedResults.Stream(
            async stream =>
            {
                await using var buffered = new BufferedStream(stream, 64 * 1024);
                await db.ReadAsync(
                    async sql =>
                    {
                        await AuditExport.WriteAsync(sql, buffered, ct);
                        return default(Done);
                    },
                    ct);
                await buffered.FlushAsync(ct);
            },
            "application/jsonl", "audit.jsonl");
    }
}
