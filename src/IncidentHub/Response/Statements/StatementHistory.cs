using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Statements;

/// <summary>The records of each event of a statement.</summary>
internal static class StatementHistory
{
    /// <summary>What employees see may have changed.</summary>
    public const string NoticesTopic = "notices";

    public static JournalEntry Of(string code, StatementState s, DomainEvent happened)
    {
        var (action, title, note) = Words(happened);
        // A draft does not notify the pages of employees.
        IReadOnlyList<string> topics = happened is StatementPublished or StatementWithdrawn
            ? ["statements", NoticesTopic, $"incident:{s.IncidentId}"] : ["statements", $"incident:{s.IncidentId}"];
        return new()
        {
            Action = $"statement.{action}",
            Subject = $"statement {code}",
            About = [s.IncidentId],
            Detail = new { s.Audience, s.Status, TextVersion = s.Last.Number, s.Last.Title, s.Last.Body, Reason = note },
            Timeline =
            [
                new()
                {
                    IncidentId = s.IncidentId,
                    Kind = "statement",
                    Title = $"{code} {title}: {s.Last.Title}",
                    Body = note,
                    Data = new { Code = code, s.Audience, s.Status, TextVersion = s.Last.Number },
                },
            ],
            SubjectTopics = [new([s.IncidentId], topics)],
        };
    }

    /// <summary>A short description for a conflict message.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(e => Words(e).Title));

    private static (string Action, string Title, string? Note) Words(DomainEvent happened) => happened switch
    {
        StatementDrafted => ("drafted", "drafted", null),
        StatementRevised e => ("revised", $"saved as version {e.Text.Number}", null),
        StatementPublished e => ("published", $"version {e.Text.Number} published", null),
        StatementWithdrawn e => ("withdrawn", "withdrawn", e.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a statement."),
    };
}

/// <summary>The records of each event of a question.</summary>
internal static class QuestionHistory
{
    /// <param name="incident">The code of the incident.</param>
    public static JournalEntry Of(string incident, QuestionState q, DomainEvent happened)
    {
        var (action, title, body) = happened switch
        {
            QuestionAsked e => ("asked", "Question on the employee page", e.Text),
            QuestionAnswered { IsCorrection: false } e => ("answered", "Question on the employee page answered", Both(q, e.Text)),
            QuestionAnswered e => ("answer-corrected", "Answer on the employee page corrected", Both(q, e.Text)),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a question."),
        };
        return new()
        {
            Action = $"question.{action}",
            Subject = $"notice {incident}",
            About = [q.IncidentId],
            Detail = new { q.Id, Question = q.Text, Answer = q.Answer?.Text },
            Timeline = [new() { IncidentId = q.IncidentId, Kind = "question", Title = title, Body = body }],
            SubjectTopics = [new([q.IncidentId], [StatementHistory.NoticesTopic, $"incident:{q.IncidentId}"])],
        };
    }

    private static string Both(QuestionState q, string answer) => $"{q.Text}\n\n{answer}";
}
