using Dapper;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Reviews;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Reviews;

/// <summary>Which reviews are listed.</summary>
internal enum ReviewFilter { Due, Late, Completed }

/// <summary>Reads reviews and causes.</summary>
internal sealed class ReviewQueries(Db db, RestrictedReads reads, TimeProvider clock)
{
    // A review of an incident that goes on is not due.
    private const string Draft = nameof(ReviewStatus.Draft), Closed = nameof(IncidentStatus.Closed);

    public async Task<Result<ReviewView>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        return await db.ReadAsync<Result<ReviewView>>(
            async sql =>
            {
                if (await ReviewStore.LoadAsync(sql, viewer, code) is not { } found) return Refusal.NotFound("The incident");
                if (found.IsRestricted)
                    reads.Note(viewer, "review.read", $"review of {found.Row.IncidentCode}", [found.Row.IncidentId]);
                return await ViewAsync(sql, found);
            },
            ct);
    }

    public async Task<ReviewView> ViewAsync(ISql sql, ReviewRecord found)
    {
        var names = found.State.Causes.Count == 0 ? [] : (await CauseStore.ListAsync(sql)).ToDictionary(c => c.Id, c => c.Name);
        var (s, closed) = (found.State, found.Incident == IncidentStatus.Closed);
        return new()
        {
            Incident = found.Row.IncidentCode,
            Status = s.Status,
            Causes = [.. s.Causes.Select(c => new ReviewCauseView(c, names[c])).OrderBy(c => c.Name, StringComparer.Ordinal)],
            Factors = s.Factors,
            WentWell = s.WentWell,
            Lessons = s.Lessons,
            DueAt = closed ? s.DueAt : null,
            Late = closed && s.Status == ReviewStatus.Draft && s.DueAt < clock.GetUtcNow(),
            CompletedAt = s.CompletedAt,
            CompletedBy = s.CompletedBy,
            Version = s.Version,
            IsClosed = closed,
        };
    }

    /// <summary>Those due first at the top; completed ones with the newest first.</summary>
    public async Task<Result<Page<ReviewLine>>> ListAsync(ReviewFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var after = Cursor.DecodeTimeAndId("reviews", cursor);
        if (!after.IsOk) return after.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        var completed = filter == ReviewFilter.Completed;
        string[] options = [.. filter == ReviewFilter.Late ? ["By"] : Array.Empty<string>(),
            .. after.Value is null ? Array.Empty<string>() : ["After"]];
        var args = Visibility.Of(viewer, new
        {
            ReviewStatus = Draft,
            IncidentStatus = Closed,
            By = clock.GetUtcNow(),
            AfterAt = after.Value?.At,
            AfterId = after.Value?.Id,
            Limit = size.Value + 1,
        });
        var rows = await db.ReadAsync(
            sql => sql.QueryAsync<LineRow>(completed ? "IncidentReview_Completed" : "IncidentReview_Due", args, options), ct);
        Note(viewer, rows);
        return Page<LineRow>.Of(rows, size.Value, "reviews", r => [(completed ? r.CompletedAt : r.DueAt)!.Value, r.IncidentId]).Map(Line);
    }

    /// <summary>Published query: those of incidents on which the viewer has a role, due by a time; and how many there are.</summary>
    public async Task<(IReadOnlyList<ReviewLine> Items, int Total)> DueForAsync(ISql sql, Actor viewer, DateTimeOffset by, int most)
    {
        var args = Visibility.Of(viewer, Due(by, most, viewer.Id));
        var rows = await sql.QueryAsync<LineRow>("IncidentReview_Due", args, "By", "Mine");
        var total = rows.Count < most ? rows.Count : (int)await sql.ScalarAsync<long>("IncidentReview_CountDue", args, "Mine");
        return ([.. rows.Select(Line)], total);
    }

    /// <summary>Published query: how many are due by a time, late ones included.</summary>
    /// <param name="programId">Only those of incidents that this program is linked to.</param>
    public static async Task<int> CountDueAsync(ISql sql, Actor viewer, DateTimeOffset by, Guid? programId = null)
    {
        var args = Visibility.Of(viewer, Due(by));
        return (int)await sql.ScalarAsync<long>("IncidentReview_CountDue", args, Of(args, programId));
    }

    public async Task<Result<CauseView>> CauseAsync(Guid id, Actor viewer, CancellationToken ct = default)
    {
        var all = await CausesAsync(viewer, ct);
        return all.Refusal is { } denied ? denied
            : all.Value.FirstOrDefault(c => c.Id == id) is { } cause ? cause : Refusal.NotFound("The cause");
    }

    /// <summary>The list of causes, with how many incidents each had in the last twelve months.</summary>
    /// <param name="programId">Only incidents that this program is linked to.</param>
    public async Task<IReadOnlyList<CauseView>> CausesAsync(ISql sql, Actor viewer, Guid? programId = null)
    {
        var args = Visibility.Of(viewer, new { Since = clock.GetUtcNow().AddYears(-1) });
        var counts = (await sql.QueryAsync<CountRow>("Cause_Counts", args, Of(args, programId)))
            .ToDictionary(r => r.CauseId, r => (int)r.Incidents);
        return [.. (await CauseStore.ListAsync(sql)).Select(c =>
            new CauseView(c.Id, c.Name, c.Description, c.IsRetired, counts.GetValueOrDefault(c.Id), c.Version))];
    }

    public async Task<Result<IReadOnlyList<CauseView>>> CausesAsync(Actor viewer, CancellationToken ct = default) =>
        AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied ? denied
        : (await db.ReadAsync(sql => CausesAsync(sql, viewer), ct)).ToArray();

    private static object Due(DateTimeOffset by, int limit = 0, Guid? person = null) =>
        new { ReviewStatus = Draft, IncidentStatus = Closed, By = by, Limit = limit, PersonId = person };

    private static string[] Of(DynamicParameters args, Guid? programId)
    {
        if (programId is null) return [];
        args.Add("ProgramId", programId);
        return ["Program"];
    }

    private void Note(Actor viewer, IEnumerable<LineRow> rows)
    {
        foreach (var row in rows.Where(r => r.Confidentiality == nameof(Confidentiality.Restricted)))
            reads.Note(viewer, "review.listed", $"review of {row.Incident}", [row.IncidentId]);
    }

    private ReviewLine Line(LineRow r)
    {
        var status = Enum.Parse<ReviewStatus>(r.Status);
        return new(r.Incident, r.Title, (Sev)r.Sev, status, r.DueAt, status == ReviewStatus.Draft && r.DueAt < clock.GetUtcNow(),
            r.CompletedAt, r.CompletedBy);
    }

    private sealed record CountRow
    {
        public required Guid CauseId { get; init; }
        public required long Incidents { get; init; }
    }

    private sealed record LineRow
    {
        public required string Incident { get; init; }
        public required Guid IncidentId { get; init; }
        public required string Title { get; init; }
        public required int Sev { get; init; }
        public required string Confidentiality { get; init; }
        public required string Status { get; init; }
        public required DateTimeOffset? DueAt { get; init; }
        public required DateTimeOffset? CompletedAt { get; init; }
        public required string? CompletedBy { get; init; }
    }
}
