using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Catalog.Programs;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Tasks;

/// <summary>Filters of the list of tasks; all are optional.</summary>
internal sealed record TaskFilter
{
    /// <summary>Only tasks of which the viewer is the owner.</summary>
    public bool Mine { get; init; }

    /// <summary>Only open tasks that are overdue.</summary>
    public bool Overdue { get; init; }

    /// <summary>Only open tasks that are due before this time.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Only open tasks.</summary>
    public bool Open { get; init; }

    /// <summary>Only closed and cancelled tasks.</summary>
    public bool Ended { get; init; }
    public TaskKind? Kind { get; init; }
    public string? Incident { get; init; }
    public string? Program { get; init; }

    /// <summary>Code of a program: its own tasks, and those of incidents that it is linked to.</summary>
    public string? About { get; init; }
    public string? Decision { get; init; }
}

/// <summary>Published queries.</summary>
internal sealed class TaskQueries(
    Db db, TimeProvider clock, IncidentReader incidents, ProgramReader programs, IDecisionLookup decisions, RestrictedReads reads)
{
    /// <summary>The sort key of a task without a due time: it is listed last.</summary>
    internal static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The newest first.</summary>
    public async Task<Result<Page<TaskView>>> ListAsync(TaskFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        var before = Cursor.DecodeTimeAndId("tasks", cursor);
        if (!before.IsOk) return before.Refusal!;
        var read = await ReadAsync(
            filter, limit, viewer, new { BeforeId = before.Value?.Id }, before.Value is null ? [] : ["Before"], ct);
        return read.IsOk
            ? Page<TaskRow>.Of(read.Value.Rows, read.Value.Size, "tasks", r => [r.CreatedAt, r.Id]).Map(r => r.ToView(clock.GetUtcNow()))
            : read.Refusal!;
    }

    /// <summary>In order of due time; tasks without one last.</summary>
    public async Task<Result<Page<TaskView>>> NextDueAsync(TaskFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        var after = Cursor.DecodeTimeAndId("due-tasks", cursor);
        if (!after.IsOk) return after.Refusal!;
        var key = new { AfterDue = after.Value?.At ?? Never, AfterId = after.Value?.Id ?? Guid.Empty, Never };
        var read = await ReadAsync(filter, limit, viewer, key, after.Value is null ? ["NextDue"] : ["NextDue", "AfterDue"], ct);
        return read.IsOk
            ? Page<TaskRow>.Of(read.Value.Rows, read.Value.Size, "due-tasks", r => [r.DueAt ?? Never, r.Id])
                .Map(r => r.ToView(clock.GetUtcNow()))
            : read.Refusal!;
    }

    /// <summary>
    /// As a card shows them: open ones in order of due time, then those that ended, the newest first; and whether there are more.
    /// </summary>
    public async Task<Result<(IReadOnlyList<TaskView> Tasks, bool More)>> OpenFirstAsync(TaskFilter filter, int count, Actor viewer,
        CancellationToken ct = default)
    {
        var open = await NextDueAsync(filter with { Open = true }, null, count, viewer, ct);
        if (!open.IsOk) return open.Refusal!;
        if (open.Value.NextCursor is not null) return (open.Value.Items, true);
        var left = count - open.Value.Items.Count;
        var ended = await ListAsync(filter with { Ended = true }, null, Math.Max(left, 1), viewer, ct);
        if (!ended.IsOk) return ended.Refusal!;
        return left == 0 ? (open.Value.Items, ended.Value.Items.Count > 0)
            : ([.. open.Value.Items, .. ended.Value.Items], ended.Value.NextCursor is not null);
    }

    /// <summary>One row more than requested, if there is one.</summary>
    private async Task<Result<(IReadOnlyList<TaskRow> Rows, int Size)>> ReadAsync(
        TaskFilter filter, int? limit, Actor viewer, object key, List<string> options, CancellationToken ct)
    {
        // Every person may see their own tasks; the others are for those with read permission.
        if (!filter.Mine && AccessTable.Deny(viewer, Act.ReadTask) is { } denied) return denied;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        if (filter.Mine) options.Add("Mine");
        var due = filter.DueBefore ?? (filter.Overdue ? clock.GetUtcNow() : null);
        if (filter.Open || due is not null) options.Add("Open");
        if (filter.Ended) options.Add("Ended");
        if (due is not null) options.Add("DueBefore");
        if (filter.Kind is not null) options.Add("Kind");
        if (!string.IsNullOrWhiteSpace(filter.Incident)) options.Add("Incident");
        if (!string.IsNullOrWhiteSpace(filter.Program)) options.Add("Program");
        if (!string.IsNullOrWhiteSpace(filter.About)) options.Add("About");
        if (!string.IsNullOrWhiteSpace(filter.Decision)) options.Add("Decision");
        var args = Visibility.Of(viewer, new
        {
            DueBefore = due,
            Kind = filter.Kind?.ToString(),
            IncidentCode = Code(filter.Incident),
            ProgramCode = Code(filter.Program),
            AboutCode = Code(filter.About),
            DecisionCode = Code(filter.Decision),
            Limit = size.Value + 1,
        });
        args.AddDynamicParams(key);
        return await db.ReadAsync<Result<(IReadOnlyList<TaskRow>, int)>>(
            async sql =>
            {
                if (await UnknownAsync(sql, filter, viewer) is { } unknown) return unknown;
                var rows = await sql.QueryAsync<TaskRow>("WorkTask_List", args, [.. options]);
                foreach (var row in rows)
                {
                    if (row.RestrictedId is { } incident) reads.Note(viewer, "task.listed", $"task {row.Code}", [incident]);
                }
                return (await WithEvidenceAsync(sql, rows, viewer), size.Value);
            },
            ct);
    }

    /// <summary>The rows with the codes of those files of evidence that the viewer may see.</summary>
    internal static async Task<IReadOnlyList<TaskRow>> WithEvidenceAsync(ISql sql, IReadOnlyList<TaskRow> rows, Actor viewer)
    {
        var codes = await EvidenceReader.CodesAsync(sql, viewer, [.. rows.Select(r => r.EvidenceId).OfType<Guid>().Distinct()]);
        return codes.Count == 0 ? rows
            : [.. rows.Select(r => r.EvidenceId is { } id && codes.TryGetValue(id, out var code) ? r with { EvidenceCode = code } : r)];
    }

    /// <summary>The refusal of a filter that names what does not exist for the viewer, or null.</summary>
    private async Task<Refusal?> UnknownAsync(ISql sql, TaskFilter filter, Actor viewer)
    {
        if ((await programs.OfFilterAsync(sql, filter.Program)).Refusal is { } noProgram) return noProgram;
        if ((await programs.OfFilterAsync(sql, filter.About)).Refusal is { } noSubject) return noSubject;
        if (!string.IsNullOrWhiteSpace(filter.Incident) && await incidents.FindVisibleAsync(sql, viewer, filter.Incident) is null)
            return Refusal.Invalid("incident", "There is no incident with this code.");
        if (!string.IsNullOrWhiteSpace(filter.Decision) && !await decisions.ExistsAsync(sql, viewer, Code(filter.Decision)!))
            return Refusal.Invalid("decision", "There is no decision with this code.");
        return null;
    }

    public async Task<Result<TaskView>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        // Everybody may see what they are to do; the rest is for readers.
        if (await db.ReadAsync(FindAsync, ct) is not { } task
            || !AccessTable.Allows(viewer, Act.ReadTask, task.OwnerId == viewer.Id ? Relation.OwnTask : Relation.None))
            return Refusal.NotFound("The task");
        if (task.RestrictedId is { } incident) reads.Note(viewer, "task.read", $"task {task.Code}", [incident]);
        return task.ToView(clock.GetUtcNow());

        async Task<TaskRow?> FindAsync(ISql sql) =>
            await TaskStore.FindAsync(sql, viewer, code) is { } row ? (await WithEvidenceAsync(sql, [row], viewer))[0] : null;
    }

    private static string? Code(string? text) => text is null ? null : Codes.Upper(text);
}
