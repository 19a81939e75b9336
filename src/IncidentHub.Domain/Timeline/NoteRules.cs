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

/// <summary>How an update stood to its clock.</summary>
/// <param name="DueAt">When it was due.</param>
/// <param name="Late">How long after that it was sent; zero where it was in time.</param>
public sealed record UpdateTiming(DateTimeOffset DueAt, TimeSpan Late)
{
    /// <summary>Null where none was due.</summary>
    public static UpdateTiming? Of(DateTimeOffset? dueAt, DateTimeOffset sentAt) =>
        dueAt is { } due ? new(due, sentAt > due ? sentAt - due : TimeSpan.Zero) : null;
}

/// <summary>Commands of a note.</summary>
public abstract record NoteCommand
{
    private NoteCommand() { }

    /// <param name="HappenedAt">When the described event happened; null: now.</param>
    public sealed record Write(Guid Id, NoteKind Kind, string Body, DateTimeOffset? HappenedAt) : NoteCommand;

    /// <param name="DueAt">When it was due; null where none was.</param>
    public sealed record SendUpdate(Guid Id, UpdateText Text, DateTimeOffset? DueAt) : NoteCommand;

    public sealed record ReviseUpdate(UpdateText Text) : NoteCommand;

    public sealed record Revise(string Body) : NoteCommand;
}

/// <param name="Timing">Of an update.</param>
public sealed record NoteWritten(NoteKind Kind, UpdateTiming? Timing = null) : DomainEvent;
public sealed record NoteRevised(int Revision, string Replaced) : DomainEvent;

/// <summary>Notes are written once and revised visibly: only the author revises a note, and nothing is overwritten.</summary>
public static class NoteRules
{
    public const int MaxBody = 10_000;

    public static Result<Accepted<NoteState>> Decide(NoteState? state, NoteCommand command, Actor actor, DateTimeOffset now) =>
        (state, command) switch
        {
            (null, NoteCommand.Write c) => Write(c, actor, now),
            (null, NoteCommand.SendUpdate c) => c.Text.Check() is { } refused ? refused : Outcome.Accept(
                new NoteState(c.Id, NoteKind.Update, c.Text.Compose(), now, actor.Id),
                new NoteWritten(NoteKind.Update, UpdateTiming.Of(c.DueAt, now))),
            (not null, NoteCommand.Revise c) => IsInParts(state) ? InParts : Revise(state, c, actor),
            (not null, NoteCommand.ReviseUpdate c) => !IsInParts(state) ? NotInParts
                : c.Text.Check() is { } refused ? refused : Revise(state, new(c.Text.Compose()), actor),
            (null, _) => Refusal.NotFound("The note"),
            _ => Refusal.NotAllowed("note_exists", "This note exists already. Revise it instead."),
        };

    private static Result<Accepted<NoteState>> Write(NoteCommand.Write c, Actor actor, DateTimeOffset now)
    {
        var check = new Validation().Text(c.Body, "body", MaxBody)
            .Check(c.Kind is NoteKind.Note or NoteKind.Observation, "kind",
                "Note or Observation. An update is sent with its condition, actions and needs.")
            .Past(c.HappenedAt, "happenedAt", now);
        if (check.ToRefusal() is { } refusal) return refusal;
        var happenedAt = PastTime.Of(c.HappenedAt, now) ?? now;
        return Outcome.Accept(new NoteState(c.Id, c.Kind, c.Body.Clean(), happenedAt, actor.Id), new NoteWritten(c.Kind));
    }

    private static readonly Refusal InParts = Refusal.NotAllowed(
        "is_update", "This is an update: revise its condition, actions and needs.");

    private static readonly Refusal NotInParts = Refusal.NotAllowed(
        "not_an_update", "This is not an update in three parts: revise its text.");

    private static bool IsInParts(NoteState note) => note.Kind == NoteKind.Update && UpdateText.Parse(note.Body) is not null;

    private static Result<Accepted<NoteState>> Revise(NoteState state, NoteCommand.Revise c, Actor actor)
    {
        if (new Validation().Text(c.Body, "body", MaxBody).ToRefusal() is { } refusal) return refusal;
        if (actor.Id != state.AuthorId) return Refusal.Forbidden("Only its author can revise a note. Write a new note instead.");
        var body = c.Body.Clean();
        if (body == state.Body) return Outcome.Accept(state);
        return Outcome.Accept(state with { Body = body, Revision = state.Revision + 1 }, new NoteRevised(state.Revision + 1, state.Body));
    }
}
