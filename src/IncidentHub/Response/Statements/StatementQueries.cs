using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>Filters of the list of statements; all are optional.</summary>
internal sealed record StatementFilter
{
    public string? Incident { get; init; }
    public StatementStatus? Status { get; init; }
}

/// <summary>Statements with their drafts, for those who may read the incident.</summary>
internal sealed class StatementQueries(Db db, IncidentReader incidents, RestrictedReads reads)
{
    /// <summary>The newest first.</summary>
    public async Task<Result<Page<StatementView>>> ListAsync(StatementFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var before = Cursor.DecodeNumber("statements", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        var options = new List<string>();
        if (before.Value is not null) options.Add("Before");
        if (filter.Status is not null) options.Add("Status");
        var ofOne = !string.IsNullOrWhiteSpace(filter.Incident);
        if (ofOne) options.Add("Incident");
        return await db.ReadAsync<Result<Page<StatementView>>>(
            async sql =>
            {
                if (ofOne && await incidents.FindVisibleAsync(sql, viewer, filter.Incident!) is null)
                    return Refusal.Invalid("incident", "There is no incident with this code.");
                var args = Visibility.Of(viewer, new
                {
                    BeforeNumber = before.Value,
                    IncidentCode = Codes.Upper(filter.Incident),
                    Status = filter.Status?.ToString(),
                    Limit = size.Value + 1,
                });
                var rows = await sql.QueryAsync<StatementRow>("IncidentStatement_List", args, [.. options]);
                foreach (var row in rows.Where(r => r.IsRestricted))
                    reads.Note(viewer, "statement.listed", $"statement {row.Code}", [row.IncidentId]);
                var page = Page<StatementRow>.Of(rows, size.Value, "statements", r => [r.Number]);
                var versions = await StatementStore.VersionsAsync(sql, [.. page.Items.Select(r => r.Id)]);
                return page.Map(r => StatementView.Of(r, r.ToState(versions[r.Id])));
            },
            ct);
    }

    public async Task<Result<StatementView>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        return await db.ReadAsync<Result<StatementView>>(
            async sql =>
            {
                if (await StatementStore.LoadAsync(sql, viewer, code) is not { } found) return Refusal.NotFound("The statement");
                if (found.Row.IsRestricted)
                    reads.Note(viewer, "statement.read", $"statement {found.Row.Code}", [found.Row.IncidentId]);
                return StatementView.Of(found.Row, found.State);
            },
            ct);
    }

    /// <summary>Published query: how many drafts of an incident were never published, and questions that have no answer.</summary>
    public static async Task<int> WaitingAsync(ISql sql, Guid incidentId) =>
        (int)await sql.ScalarAsync<long>("IncidentStatement_Waiting", new { IncidentId = incidentId });
}
