using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>
/// What employees may read of incidents. An incident that is restricted, or without a published statement for employees, is the same
/// as one that does not exist.
/// </summary>
internal sealed class NoticeQueries(Db db)
{
    private const int MaxSimilar = 8000;

    /// <summary>The number of statements that are searched, the newest: older incidents are not what somebody sees today.</summary>
    private const int Searched = 200;

    /// <summary>The last published first.</summary>
    public async Task<Result<Page<NoticeLine>>> ListAsync(string? cursor, int? limit, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadNotices) is { } denied) return denied;
        var before = Cursor.DecodeTimeAndId("notices", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<NoticeLine>>>(
            async sql =>
            {
                var rows = await sql.QueryAsync<LineRow>("Notice_List",
                    new { BeforeAt = before.Value?.At, BeforeId = before.Value?.Id, Limit = size.Value + 1 },
                    before.Value is null ? [] : ["Before"]);
                return Page<LineRow>.Of(rows, size.Value, "notices", r => [r.PublishedAt, r.Id])
                    .Map(r => new NoticeLine(r.Code, r.Title, Enum.Parse<IncidentStatus>(r.Status), r.PublishedAt));
            },
            ct);
    }

    /// <summary>What was published for employees about the like of a text: of each incident its latest statement that is alike.</summary>
    public async Task<Result<List<NoticeLine>>> SimilarAsync(string text, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadNotices) is { } denied) return denied;
        if (new Validation().Text(text, "text", MaxSimilar).ToRefusal() is { } unread) return unread;
        var rows = await db.ReadAsync(sql => sql.QueryAsync<TextRow>("Notice_Texts", new { Limit = Searched }), ct);
        return NoticeMatch.Find(text, [.. rows.Select(r => $"{r.Title}\n{r.Body}")]).Select(i => rows[i]).DistinctBy(r => r.Code)
            .Select(r => new NoticeLine(r.Code, r.Title, Enum.Parse<IncidentStatus>(r.Status), r.PublishedAt)).ToList();
    }

    public async Task<Result<NoticeView>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadNotices) is { } denied) return denied;
        return await db.ReadAsync<Result<NoticeView>>(
            async sql =>
            {
                var statements = await StatementsAsync(sql, code);
                if (statements.Count == 0) return NoSuchNotice;
                var last = statements[0];
                var relation = await IncidentReader.RelationAsync(sql, viewer, last.IncidentId);
                var mayAnswer = AccessTable.Allows(viewer, Act.AnswerQuestion, relation);
                var collected = await sql.FirstOrDefaultAsync<CollectedRow>("Notice_Collection", new { last.IncidentId, Limit = 1 });
                var questions = await sql.QueryAsync<QuestionRow>("NoticeQuestion_List", new { last.IncidentId },
                    mayAnswer ? [] : ["Answered"]);
                return new NoticeView(last.Code, last.Title, Enum.Parse<IncidentStatus>(last.Status),
                    [.. statements.Select(s => new NoticeStatementView(s.Title, s.Body, s.PublishedAt))],
                    collected is null ? null : new(collected.Title, collected.Body, collected.PublishedAt),
                    [.. questions.Select(q => q.ToView(mayAnswer))], mayAnswer)
                { IncidentId = last.IncidentId };
            },
            ct);
    }

    internal static readonly Refusal NoSuchNotice = Refusal.NotFound("The page");

    /// <summary>The incident behind an employee page, if there is one.</summary>
    internal static async Task<(Guid Id, string Code)?> IncidentAsync(ISql sql, string code) =>
        (await StatementsAsync(sql, code)).Select(s => ((Guid, string)?)(s.IncidentId, s.Code)).FirstOrDefault();

    private static async Task<IReadOnlyList<StatementLine>> StatementsAsync(ISql sql, string code) =>
        IncidentCode.TryNormalise(code, out var known)
            ? await sql.QueryAsync<StatementLine>("Notice_Statements", new { Code = known }) : [];

    private sealed record LineRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Status { get; init; }
        public required string Title { get; init; }
        public required DateTimeOffset PublishedAt { get; init; }
    }

    private sealed record TextRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Status { get; init; }
        public required string Title { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset PublishedAt { get; init; }
    }

    private sealed record CollectedRow
    {
        public required string Title { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset PublishedAt { get; init; }
    }

    private sealed record StatementLine
    {
        public required Guid IncidentId { get; init; }
        public required string Code { get; init; }
        public required string Status { get; init; }
        public required string Title { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset PublishedAt { get; init; }
    }
}
