using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Statements;

/// <summary>A question that somebody asked on the employee page of an incident.</summary>
/// <param name="Answer">Null while it is not answered: only those who answer see it then.</param>
public sealed record QuestionState(Guid Id, Guid IncidentId, string Text, Guid AskedById, string AskedBy, DateTimeOffset AskedAt,
    Answer? Answer, int Version);

public sealed record Answer(string Text, string By, DateTimeOffset At);

public abstract record QuestionCommand;

/// <summary>Answers the question, or corrects the answer.</summary>
public sealed record AnswerQuestion(string Text) : QuestionCommand;

public sealed record QuestionAsked(string Text) : DomainEvent;

/// <param name="IsCorrection">Whether it replaces an answer.</param>
public sealed record QuestionAnswered(string Text, bool IsCorrection) : DomainEvent;

/// <summary>Questions and answers of an employee page.</summary>
public static class QuestionRules
{
    public const int MaxText = 2_000, MaxAnswer = 10_000;

    /// <summary>So that one person cannot fill a page and a timeline.</summary>
    public const int MaxWaiting = 5;

    /// <param name="waiting">How many questions of this person wait for an answer on this page.</param>
    public static Result<Accepted<QuestionState>> Ask(Guid id, Guid incidentId, string? text, int waiting, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(text, "text", MaxText).ToRefusal() is { } invalid) return invalid;
        if (waiting >= MaxWaiting)
        {
            return Refusal.NotAllowed("too_many",
                $"{MaxWaiting} of your questions wait for an answer here. Ask again when one is answered.");
        }
        var clean = text!.Clean();
        return Outcome.Accept(new QuestionState(id, incidentId, clean, actor.Id, actor.Name, now, null, 1), new QuestionAsked(clean));
    }

    public static Result<Accepted<QuestionState>> Decide(QuestionState state, QuestionCommand command, Actor actor, DateTimeOffset now)
    {
        if (command is not AnswerQuestion answer)
            throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command.");
        if (new Validation().Text(answer.Text, "answer", MaxAnswer).ToRefusal() is { } invalid) return invalid;
        var text = answer.Text.Clean();
        return text == state.Answer?.Text
            ? Outcome.Accept(state)
            : Outcome.Accept(state with { Answer = new(text, actor.Name, now), Version = state.Version + 1 },
                new QuestionAnswered(text, state.Answer is not null));
    }
}
