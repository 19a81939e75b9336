using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Statements;

public abstract record StatementCommand;

/// <summary>Saves a new version. What is published stays published.</summary>
public sealed record ReviseStatement(string Title, string Body) : StatementCommand;

/// <summary>Approves and publishes the last version.</summary>
/// <param name="IncidentRestricted">A restricted incident has no employee page.</param>
public sealed record PublishStatement(bool IncidentRestricted) : StatementCommand;

/// <summary>Takes back what is published; its versions stay on record.</summary>
public sealed record WithdrawStatement(string Reason) : StatementCommand;

public sealed record StatementDrafted(StatementVersion Text) : DomainEvent;

public sealed record StatementRevised(StatementVersion Text) : DomainEvent;

public sealed record StatementPublished(StatementVersion Text) : DomainEvent;

public sealed record StatementWithdrawn(string Reason) : DomainEvent;

/// <summary>Statements. A version is published by a person other than its writer.</summary>
public static class StatementRules
{
    public const int MaxTitle = 200, MaxBody = 10_000, MaxReason = 4_000;

    /// <param name="incidentMerged">The incident goes on under another one, and so do its statements.</param>
    public static Result<Accepted<StatementState>> Draft(Guid id, Guid incidentId, bool incidentMerged, StatementAudience audience,
        string? title, string? body, Actor actor, DateTimeOffset now)
    {
        if (incidentMerged)
            return Refusal.NotAllowed("merged", "This incident was merged. Write the statement in the one in which it continues.");
        if (Check(title, body) is { } invalid) return invalid;
        var text = new StatementVersion(1, title!.Clean(), body!.Clean(), actor.Id, actor.Name, now);
        var next = new StatementState
        {
            Id = id,
            IncidentId = incidentId,
            Audience = audience,
            Versions = [text],
            CreatedAt = now,
            Version = 1,
        };
        return Outcome.Accept(next, new StatementDrafted(text));
    }

    public static Result<Accepted<StatementState>> Decide(StatementState state, StatementCommand command, Actor actor,
        DateTimeOffset now) => command switch
        {
            ReviseStatement revise => Revise(state, revise, actor, now),
            PublishStatement publish => Publish(state, publish, actor, now),
            WithdrawStatement withdraw => Withdraw(state, withdraw, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command."),
        };

    private static Result<Accepted<StatementState>> Revise(StatementState state, ReviseStatement revise, Actor actor, DateTimeOffset now)
    {
        if (Check(revise.Title, revise.Body) is { } invalid) return invalid;
        var text = new StatementVersion(state.Last.Number + 1, revise.Title.Clean(), revise.Body.Clean(), actor.Id, actor.Name, now);
        return text.Title == state.Last.Title && text.Body == state.Last.Body
            ? Outcome.Accept(state)
            : Accept(state with { Versions = [.. state.Versions, text] }, new StatementRevised(text));
    }

    private static Result<Accepted<StatementState>> Publish(StatementState state, PublishStatement publish, Actor actor, DateTimeOffset now)
    {
        if (!state.HasDraft)
            return Refusal.NotAllowed("already_published", "The last version is published already.");
        if (state.Audience != StatementAudience.External && publish.IncidentRestricted)
        {
            return Refusal.NotAllowed("restricted",
                "The incident is restricted and has no employee page. Open it to all readers first, or write the statement for outside.");
        }
        // It tells of people's data: what is released of it is for privacy to say.
        if (state.Audience == StatementAudience.Collection && !actor.Has(Roles.Privacy))
            return Refusal.Forbidden("What was collected is published by privacy.");
        if (state.Last.WrittenById == actor.Id)
        {
            return Refusal.NotAllowed("own_text",
                "You wrote the last version. Somebody else publishes it: another person of privacy, counsel, or an executive.");
        }
        return Accept(
            state with
            {
                Status = StatementStatus.Published,
                Published = new(state.Last.Number, now, actor.Name),
                Withdrawn = null,
            },
            new StatementPublished(state.Last));
    }

    private static Result<Accepted<StatementState>> Withdraw(StatementState state, WithdrawStatement withdraw, DateTimeOffset now)
    {
        if (state.Status != StatementStatus.Published)
            return Refusal.NotAllowed("not_published", "Only a published statement can be withdrawn.");
        if (new Validation().Text(withdraw.Reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        var reason = withdraw.Reason.Clean();
        return Accept(state with { Status = StatementStatus.Withdrawn, Withdrawn = new(now, reason) }, new StatementWithdrawn(reason));
    }

    private static Result<Accepted<StatementState>> Accept(StatementState next, DomainEvent happened) =>
        Outcome.Accept(next with { Version = next.Version + 1 }, happened);

    private static Refusal? Check(string? title, string? body) =>
        new Validation().Line(title, "title", MaxTitle).Text(body, "body", MaxBody).ToRefusal();
}
