using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Timeline;

/// <summary>Kind of a note on a timeline.</summary>
public enum NoteKind
{
    /// <summary>For the people working on the incident.</summary>
    Note,

    /// <summary>An observation with its own time.</summary>
    Observation,

    /// <summary>A status update; it resets the policy's update clock.</summary>
    Update,
}

/// <summary>A note by a person. Replaced text is kept.</summary>
public sealed record NoteState(Guid Id, NoteKind Kind, string Body, DateTimeOffset HappenedAt, Guid AuthorId, int Revision = 1);

/// <summary>Commands of a note.</summary>
public abstract record NoteCommand
{
    private NoteCommand() { }

    /// <param name="HappenedAt">When the described event happened; null: now.</param>
    public sealed record Write(Guid Id, NoteKind Kind, string Body, DateTimeOffset? HappenedAt) : NoteCommand;

    public sealed record Revise(string Body) : NoteCommand;
}

public sealed record NoteWritten(NoteKind Kind) : DomainEvent;
public sealed record NoteRevised(int Revision, string Replaced) : DomainEvent;

/// <summary>Notes are written once and revised visibly: only the author revises a note, and nothing is overwritten.</summary>
public static class NoteRules
{
    public const int MaxBody = 10_000;

    public static Result<Accepted<NoteState>> Decide(NoteState? state, NoteCommand command, Actor actor, DateTimeOffset now) =>
        (state, command) switch
        {
            (null, NoteCommand.Write c) => Write(c, actor, now),
            (not null, NoteCommand.Revise c) => Revise(state, c, actor),
            (null, _) => Refusal.NotFound("The note"),
            _ => Refusal.NotAllowed("note_exists", "This note exists already. Revise it instead."),
        };

    private static Result<Accepted<NoteState>> Write(NoteCommand.Write c, Actor actor, DateTimeOffset now)
    {
        var check = new Validation().Text(c.Body, "body", MaxBody).Check(Enum.IsDefined(c.Kind), "kind", "Note, Observation or Update.")
            .Past(c.HappenedAt, "happenedAt", now);
        if (check.ToRefusal() is { } refusal) return refusal;
        var happenedAt = PastTime.Of(c.HappenedAt, now) ?? now;
        return Outcome.Accept(new NoteState(c.Id, c.Kind, c.Body.Clean(), happenedAt, actor.Id), new NoteWritten(c.Kind));
    }

    private static Result<Accepted<NoteState>> Revise(NoteState state, NoteCommand.Revise c, Actor actor)
    {
        if (new Validation().Text(c.Body, "body", MaxBody).ToRefusal() is { } refusal) return refusal;
        if (actor.Id != state.AuthorId) return Refusal.Forbidden("Only its author can revise a note. Write a new note instead.");
        var body = c.Body.Clean();
        if (body == state.Body) return Outcome.Accept(state);
        return Outcome.Accept(state with { Body = body, Revision = state.Revision + 1 }, new NoteRevised(state.Revision + 1, state.Body));
    }
}
