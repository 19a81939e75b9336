using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Obligations;

/// <summary>
/// The obligations of an incident as they stood at a time. A page reads the incident, the obligations with their regimes, and their
/// notices: four round trips, however long it is. Public holidays have no history: the worst case of a term in business days is not known.
/// </summary>
internal sealed class ObligationSnapshots(Db db, SnapshotReader snapshots, RestrictedReads reads)
{
    /// <summary>Those due first at the top; those without a due time last.</summary>
    /// <param name="asOf">Null: now.</param>
    public async Task<Result<SnapshotPage<ObligationView>>> ListAsync(string code, DateTimeOffset? asOf, string? cursor, int? limit,
        Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var after = Cursor.DecodeTimeAndId("obligations-then", cursor);
        if (!after.IsOk) return after.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<SnapshotPage<ObligationView>>>(
            async sql =>
            {
                var found = await snapshots.FindAsync(sql, viewer, code, asOf);
                if (!found.IsOk) return found.Refusal!;
                var subject = found.Value;
                if (!subject.IsRecorded) return SnapshotPage<ObligationView>.Of(subject);
                var args = Visibility.Of(viewer, new
                {
                    IncidentId = subject.Id,
                    subject.AsOf,
                    AfterDue = after.Value?.At,
                    AfterId = after.Value?.Id,
                    Limit = size.Value + 1,
                });
                var rows = await sql.QueryAsync<ObligationRow>("Obligation_AsOf", args, after.Value is null ? [] : ["After"]);
                foreach (var row in rows.Where(r => r.Confidentiality == nameof(Confidentiality.Restricted)))
                    reads.Note(viewer, "obligation.listed", $"obligation {row.Code}", [row.IncidentId]);
                var page = Page<ObligationRow>.Of(rows, size.Value, "obligations-then", r => [r.DueOrder, r.Id]);
                return SnapshotPage<ObligationView>.Of(subject, await ViewsAsync(sql, page.Items, subject), page.NextCursor);
            },
            ct);
    }

    private static async Task<IReadOnlyList<ObligationView>> ViewsAsync(
        ISql sql, IReadOnlyList<ObligationRow> rows, SnapshotSubject subject)
    {
        var notices = await ObligationStore.NoticesAsync(sql, [.. rows.Select(r => r.Id)]);
        return [.. rows.Select(row =>
        {
            var o = row.ToState([.. notices.GetValueOrDefault(row.Id, []).Where(n => n.RecordedAt <= subject.AsOf)]);
            return ObligationView.Of(row, o, o.WorstCase(subject.KnownAt, null), subject.AsOf);
        })];
    }
}
