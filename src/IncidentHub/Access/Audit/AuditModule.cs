using Hangfire;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Access.Audit;

/// <summary>The audit log over HTTP.</summary>
internal static class AuditModule
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration("Audit")
            .Validate(o => o.IsFolderUsable(), "Audit:CheckpointFolder is a folder that exists and can be read, or empty.")
            .Validate(o => o.IsRetentionValid, "Audit:RetainDays is between 30 and 36500, or empty: for ever.")
            .ValidateOnStart();
        services.AddRecurringJob<AuditRetention>("audit-retention", Cron.Daily(3, 40), Queues.Long);
        services.AddSingleton<AuditSight>();
        services.AddSingleton<AuditRedactions>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<CheckpointFolder>();
        services.AddHealthChecks().AddCheck<CheckpointHealth>("checkpoints");
        services.AddTick<Checkpointing>();
        services.AddSingleton<ListAuditHandler>();
        services.AddSingleton<VerifyAuditHandler>();
        services.AddSingleton<RestrictedReads>();
        services.AddHostedService(s => s.GetRequiredService<RestrictedReads>());
    }

    public static void MapAudit(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/audit");
        group.MapGet("", ListAsync).Requires(Act.ReadAudit).WithSummary("Acts, the newest first. Auditors only.");
        group.MapGet("/verification", VerifyAsync).Requires(Act.ReadAudit)
            .WithSummary("Verifies the whole chain, with the signatures of its checkpoints, and names the first faulty row. Auditors "
                + "only.");
        group.MapGet("/checkpoints", CheckpointsAsync).Requires(Act.ReadAudit).WithSummary(
            "The signed checkpoints, the newest first: keep one outside of the hub, to compare with later. Auditors only.");
        group.MapGet("/export", ExportAsync).Requires(Act.ReadAudit)
            .Produces(200, contentType: "application/jsonl").WithSummary(
            "The whole log with its checkpoints as JSON lines, the head last, signed; "
                + "«audit verify FILE --keys JWKS» verifies it offline. Auditors only.");
    }

    private static async Task<Results<Ok<Page<AuditItem>>, Refused>> ListAsync(
        HttpContext http, ListAuditHandler handler, DateTimeOffset? from, DateTimeOffset? to, string? actor, string? act, string? subject,
        string? cursor, int? limit, CancellationToken ct) =>
        (await handler.HandleAsync(new ListAudit(from, to, actor, act, subject, cursor, limit), http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<AuditVerdict>, Refused>> VerifyAsync(
        HttpContext http, VerifyAuditHandler handler, CancellationToken ct) => (await handler.HandleAsync(http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<Page<CheckpointView>>, Refused>> CheckpointsAsync(
        HttpContext http, VerifyAuditHandler handler, string? cursor, int? limit, CancellationToken ct) =>
        (await handler.CheckpointsAsync(cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<PushStreamHttpResult, Refused>> ExportAsync(
        HttpContext http, Db db, AuditExport export, CancellationToken ct)
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
                        await export.WriteAsync(sql, actor, buffered, ct);
                        return default(Done);
                    },
                    ct);
                await buffered.FlushAsync(ct);
            },
            "application/jsonl", "audit.jsonl");
    }
}
