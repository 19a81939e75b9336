using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Tasks;

/// <summary>
/// The tasks of an incident as they stood at a time. A page reads the incident, the tasks, and the codes of their evidence: four round
/// trips, however long it is.
/// </summary>
internal sealed class TaskSnapshots(Db db, SnapshotReader snapshots, RestrictedReads reads)
{
    /// <summary>The newest first.</summary>
    /// <param name="asOf">Null: now.</param>
    public async Task<Result<SnapshotPage<TaskView>>> ListAsync(string code, DateTimeOffset? asOf, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        var before = Cursor.DecodeTimeAndId("tasks-then", cursor);
        if (!before.IsOk) return before.Refusal!;
        return await ReadAsync(code, asOf, before.Value?.Id, limit, viewer, before.Value is null ? [] : ["Before"], ct);
    }

    /// <summary>As the card of today shows them: open ones in order of due time, then those that had ended, the newest first.</summary>
    public Task<Result<SnapshotPage<TaskView>>> OpenFirstAsync(string code, DateTimeOffset asOf, int count, Actor viewer,
        CancellationToken ct = default) => ReadAsync(code, asOf, null, count, viewer, ["OpenFirst"], ct);

    private async Task<Result<SnapshotPage<TaskView>>> ReadAsync(string code, DateTimeOffset? asOf, Guid? beforeId, int? limit,
        Actor viewer, string[] options, CancellationToken ct)
    {
        if ((AccessTable.Deny(viewer, Act.ReadIncidents) ?? AccessTable.Deny(viewer, Act.ReadTask)) is { } denied) return denied;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<SnapshotPage<TaskView>>>(
            async sql =>
            {
                var found = await snapshots.FindAsync(sql, viewer, code, asOf);
                if (!found.IsOk) return found.Refusal!;
                var subject = found.Value;
                if (!subject.IsRecorded) return SnapshotPage<TaskView>.Of(subject);
                var args = Visibility.Of(viewer,
                    new { IncidentId = subject.Id, subject.AsOf, BeforeId = beforeId, TaskQueries.Never, Limit = size.Value + 1 });
                var rows = await sql.QueryAsync<TaskRow>("WorkTask_AsOf", args, options);
                foreach (var row in rows)
                {
                    if (row.RestrictedId is { } restricted) reads.Note(viewer, "task.listed", $"task {row.Code}", [restricted]);
                }
                var page = Page<TaskRow>.Of(rows, size.Value, "tasks-then", r => [r.CreatedAt, r.Id]);
                var tasks = await TaskQueries.WithEvidenceAsync(sql, page.Items, viewer);
                return SnapshotPage<TaskView>.Of(subject, [.. tasks.Select(t => t.ToView(subject.AsOf))], page.NextCursor);
            },
            ct);
    }
}
