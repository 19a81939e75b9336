using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Reviews;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Reviews;

/// <summary>A review as loaded, with what of its incident counts. There is one of every incident; at first nothing is written.</summary>
internal sealed record ReviewRecord(ReviewRow Row, IncidentReviewState State) : ILoaded<IncidentReviewState>
{
    public string Label => $"The review of {Row.IncidentCode}";

    public int Version => State.Version;

    public ChangeNote LastChange => new(Row.ChangedAt ?? DateTimeOffset.UnixEpoch, Row.ChangedBy ?? "", Row.ChangedWhat ?? "");

    public IncidentStatus Incident => Enum.Parse<IncidentStatus>(Row.IncidentStatus);

    public bool IsRestricted => Row.Confidentiality == nameof(Confidentiality.Restricted);

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}

/// <summary>An incident with its row of the table IncidentReview, which may not exist yet.</summary>
internal sealed record ReviewRow
{
    public required Guid IncidentId { get; init; }
    public required string IncidentCode { get; init; }
    public required string Title { get; init; }
    public required int Sev { get; init; }
    public required string IncidentStatus { get; init; }
    public required string Confidentiality { get; init; }
    public required string? Status { get; init; }
    public required string? Factors { get; init; }
    public required string? WentWell { get; init; }
    public required string? Lessons { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset? CompletedAt { get; init; }
    public required string? CompletedBy { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset? ChangedAt { get; init; }
    public required string? ChangedBy { get; init; }
    public required string? ChangedWhat { get; init; }

    public IncidentReviewState ToState(IReadOnlyList<Guid> causes) => new()
    {
        IncidentId = IncidentId,
        Status = Status is null ? ReviewStatus.Draft : Enum.Parse<ReviewStatus>(Status),
        Causes = causes,
        Factors = Factors ?? "",
        WentWell = WentWell ?? "",
        Lessons = Lessons ?? "",
        DueAt = DueAt,
        CompletedAt = CompletedAt,
        CompletedBy = CompletedBy,
        Version = Version,
    };
}

/// <summary>Loads and saves reviews.</summary>
internal static class ReviewStore
{
    /// <summary>The review, if the actor may see its incident.</summary>
    public static async Task<ReviewRecord?> LoadAsync(ISql sql, Actor actor, string code) =>
        !IncidentCode.TryNormalise(code, out var known) ? null
        : await RecordAsync(sql, await sql.FirstOrDefaultAsync<ReviewRow>(
            "IncidentReview_Find", Visibility.Of(actor, new { Code = known })));

    /// <summary>For consequences within the hub: no check of permissions.</summary>
    public static async Task<ReviewRecord> LoadAsync(ISql sql, Guid incidentId) =>
        (await RecordAsync(sql, await sql.FirstOrDefaultAsync<ReviewRow>("IncidentReview_Find", new { Id = incidentId }, "ById")))!;

    /// <summary>False: another change was saved first.</summary>
    public static async Task<bool> SaveAsync(UnitOfWork tx, IncidentReviewState before, IncidentReviewState next, Actor actor, string what)
    {
        var change = ChangeNote.Of(tx.Now, actor.Name, what);
        var args = new
        {
            next.IncidentId,
            Status = next.Status.ToString(),
            next.Factors,
            next.WentWell,
            next.Lessons,
            next.DueAt,
            next.CompletedAt,
            next.CompletedBy,
            next.Version,
            ChangedAt = change.At,
            ChangedBy = change.By,
            ChangedWhat = change.What,
            LoadedVersion = before.Version,
        };
        if (await tx.ExecuteAsync(before.Version == 0 ? "IncidentReview_Insert" : "IncidentReview_Update", args) != 1) return false;
        if (next.Causes.ToHashSet().SetEquals(before.Causes)) return true;
        await tx.ExecuteAsync("IncidentReviewCause_Delete", new { next.IncidentId });
        await tx.ExecuteAsync("IncidentReviewCause_Insert", next.Causes.Select(c => new { next.IncidentId, CauseId = c }).ToList());
        return true;
    }

    private static async Task<ReviewRecord?> RecordAsync(ISql sql, ReviewRow? row)
    {
        if (row is null) return null;
        var causes = row.Version == 0 ? [] : await sql.QueryAsync<Guid>("IncidentReviewCause_List", new { row.IncidentId });
        return new(row, row.ToState(causes));
    }
}
