using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>An incident on the list of employees: nothing but what was published.</summary>
/// <param name="Code">Of the incident.</param>
/// <param name="Title">Of the statement that was published last, never the incident's own.</param>
/// <param name="PublishedAt">When the last statement was published.</param>
internal sealed record NoticeLine(string Code, string Title, IncidentStatus Status, DateTimeOffset PublishedAt);

/// <summary>The employee page of an incident.</summary>
/// <param name="Statements">Those published for employees, the newest first.</param>
/// <param name="Collected">What is collected, what was exposed and whom to ask, as privacy released it last; null: nothing yet.</param>
/// <param name="Questions">The newest first. Without an answer they are shown only to those who answer.</param>
/// <param name="MayAnswer">Whether the reader may answer questions here.</param>
internal sealed record NoticeView(string Code, string Title, IncidentStatus Status, IReadOnlyList<NoticeStatementView> Statements,
    NoticeStatementView? Collected, IReadOnlyList<QuestionView> Questions, bool MayAnswer)
{
    internal Guid IncidentId { get; init; }
}

internal sealed record NoticeStatementView(string Title, string Body, DateTimeOffset PublishedAt);

/// <param name="AskedBy">Only for those who answer; null for others.</param>
public sealed record QuestionView(Guid Id, string Text, string? AskedBy, DateTimeOffset AskedAt, string? Answer, string? AnsweredBy,
    DateTimeOffset? AnsweredAt, int Version);
