namespace IncidentHub.Domain.Flags;

public abstract record FlagCommand;

/// <param name="RaisedById">Null: anonymous.</param>
/// <param name="ProgramId">The program named in the text.</param>
/// <param name="Attachments">Files that were received and cleaned; null: none.</param>
public sealed record FileFlag(Guid Id, string Code, FlagReport Report, Guid? RaisedById, Guid? ProgramId,
    IReadOnlyList<FlagAttachment>? Attachments = null) : FlagCommand;

public sealed record AcknowledgeFlag(Guid ById) : FlagCommand;

/// <summary>A question or an answer.</summary>
/// <param name="AuthorId">Null where an anonymous reporter writes.</param>
/// <param name="Body">May be empty where something is attached.</param>
/// <param name="Attachments">Of the reporter; null: none.</param>
public sealed record WriteFlagMessage(
    Guid Id, FlagSide Side, Guid? AuthorId, string Body, IReadOnlyList<FlagAttachment>? Attachments = null) : FlagCommand;

/// <summary>An incident was declared from it.</summary>
public sealed record DeclareFromFlag(Guid IncidentId, string IncidentCode, Guid ById) : FlagCommand;

/// <summary>It was merged into an existing incident.</summary>
public sealed record MergeFlag(Guid IncidentId, string IncidentCode, Guid ById) : FlagCommand;

public sealed record DismissFlag(string Reason, Guid ById) : FlagCommand;

public sealed record FlagFiled(string Code, bool Anonymous) : DomainEvent;
public sealed record FlagAcknowledged(DateTimeOffset At) : DomainEvent;
public sealed record FlagMessageWritten(FlagMessage Message) : DomainEvent;

/// <param name="MessageId">The message that it belongs to; null: the concern itself.</param>
public sealed record FlagAttached(FlagAttachment Attachment, Guid? MessageId) : DomainEvent;
public sealed record FlagDeclared(Guid IncidentId, string IncidentCode) : DomainEvent;
public sealed record FlagMerged(Guid IncidentId, string IncidentCode) : DomainEvent;
public sealed record FlagDismissed(string Reason) : DomainEvent;

/// <summary>A flag is open, is acknowledged, and ends once: declared as an incident, merged into one, or dismissed with a reason.</summary>
public static class FlagRules
{
    public const int MaxText = 8000, MaxAbout = 400, MaxMessage = 4000, MaxReason = 2000;

    /// <summary>The number of files with one text, and on one flag.</summary>
    public const int MaxFilesAtOnce = 3, MaxFiles = 20;

    public static readonly string TooManyAtOnce = $"At most {MaxFilesAtOnce} files at once.";

    public static readonly Refusal ReporterAttaches =
        Refusal.Forbidden("Only the reporter attaches files to a flag. Add yours as evidence of an incident.");

    /// <summary>The refusal of files on a flag that has as many as it may, or has them already.</summary>
    /// <param name="present">The digests of the files that it has.</param>
    public static Refusal? CheckFiles(IReadOnlyCollection<string> present, IReadOnlyCollection<FlagAttachment> more) =>
        present.Count + more.Count > MaxFiles ? Refusal.Invalid("file", $"A flag holds at most {MaxFiles} files.")
        : more.Any(f => present.Contains(f.Sha256)) ? Refusal.Invalid("file", "This file is attached already.")
        : null;

    public static Result<Accepted<FlagState>> Decide(FlagState? state, FlagCommand command, DateTimeOffset now) => (state, command) switch
    {
        (null, FileFlag file) => File(file, now),
        (not null, FileFlag) => Refusal.NotAllowed("flag_exists", "This flag is filed already."),
        (null, _) => Refusal.NotFound("The flag"),
        // Messages are possible after the end: the reporter of a dismissed flag may know more.
        (_, WriteFlagMessage say) => Say(state, say, now),
        ({ IsFinal: true }, _) => Refusal.NotAllowed("flag_closed", $"{state.Code} is {Ended(state.Status)} already."),
        ({ Status: FlagStatus.Acknowledged }, AcknowledgeFlag) =>
            Refusal.NotAllowed("already_acknowledged", $"{state.Code} is acknowledged already."),
        (_, AcknowledgeFlag ack) =>
            Outcome.Accept(Acknowledged(state, ack.ById, now) with { Version = state.Version + 1 }, new FlagAcknowledged(now)),
        (_, DeclareFromFlag declare) =>
            Outcome.Accept(End(state, FlagStatus.Declared, declare.ById, now) with { IncidentId = declare.IncidentId },
            new FlagDeclared(declare.IncidentId, declare.IncidentCode)),
        (_, MergeFlag merge) => Outcome.Accept(End(state, FlagStatus.Merged, merge.ById, now) with { IncidentId = merge.IncidentId },
            new FlagMerged(merge.IncidentId, merge.IncidentCode)),
        (_, DismissFlag dismiss) => Dismiss(state, dismiss, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
    };

    /// <summary>The refusal of what was entered; asked before files are taken in.</summary>
    public static Refusal? Check(FlagReport r) =>
        new Validation().Text(r.Text, "text", MaxText).Line(r.About, "about", MaxAbout, required: false)
            .Check(Enum.IsDefined(r.Data), "data", "One of Sensitive, Ordinary, Question, NotSure.")
            .Check(Enum.IsDefined(r.Audience), "audience", "One of OutsideCompany, WholeCompany, Team, Nobody, NotSure.")
            .Check(Enum.IsDefined(r.StillOpen), "stillOpen", "One of Yes, No, NotSure.")
            .ToRefusal();

    private static Result<Accepted<FlagState>> File(FileFlag file, DateTimeOffset now)
    {
        var r = file.Report;
        if (Check(r) is { } why) return why;
        if (file.Attachments is { Count: > MaxFilesAtOnce }) return Refusal.Invalid("file", TooManyAtOnce);
        var next = new FlagState
        {
            Id = file.Id,
            Code = file.Code,
            FlaggedAt = now,
            RaisedById = file.RaisedById,
            ProgramId = file.ProgramId,
            Report = r with { Text = TextNormaliser.OrNull(r.Text)!, About = TextNormaliser.OrNull(r.About) },
        };
        return Outcome.Accept(next, [new FlagFiled(next.Code, next.IsAnonymous), .. Attached(file.Attachments, null)]);
    }

    private static Result<Accepted<FlagState>> Say(FlagState state, WriteFlagMessage say, DateTimeOffset now)
    {
        var files = say.Attachments?.Count ?? 0;
        if (files > 0 && say.Side != FlagSide.Reporter)
            return ReporterAttaches;
        var check = new Validation().Text(say.Body, "message", MaxMessage, required: files == 0)
            .Check(files <= MaxFilesAtOnce, "file", TooManyAtOnce);
        if (check.ToRefusal() is { } why) return why;
        // An answer acknowledges the flag.
        var next = say is { Side: FlagSide.Triage, AuthorId: { } by } && state.Status == FlagStatus.Waiting
            ? Acknowledged(state, by, now) : state;
        var written = new FlagMessageWritten(new FlagMessage(say.Id, say.Side, say.AuthorId, TextNormaliser.OrNull(say.Body) ?? "", now));
        return next.Status == state.Status
            ? Outcome.Accept(next with { Version = state.Version + 1 }, [written, .. Attached(say.Attachments, say.Id)])
            : Outcome.Accept(next with { Version = state.Version + 1 }, new FlagAcknowledged(now), written);
    }

    private static IEnumerable<DomainEvent> Attached(IReadOnlyList<FlagAttachment>? files, Guid? message) =>
        (files ?? []).Select(f => new FlagAttached(f, message));

    private static Result<Accepted<FlagState>> Dismiss(FlagState state, DismissFlag dismiss, DateTimeOffset now)
    {
        if (new Validation().Text(dismiss.Reason, "reason", MaxReason).ToRefusal() is { } why) return why;
        var reason = TextNormaliser.OrNull(dismiss.Reason)!;
        return Outcome.Accept(End(state, FlagStatus.Dismissed, dismiss.ById, now) with { DismissReason = reason },
            new FlagDismissed(reason));
    }

    // Anything that triage does with an open flag acknowledges it.
    private static FlagState Acknowledged(FlagState state, Guid by, DateTimeOffset now) => state.AcknowledgedAt is not null
        ? state
        : state with { Status = FlagStatus.Acknowledged, AcknowledgedAt = now, AcknowledgedById = by };

    private static FlagState End(FlagState state, FlagStatus status, Guid by, DateTimeOffset now) =>
        Acknowledged(state, by, now) with { Status = status, ClosedAt = now, Version = state.Version + 1 };

    private static string Ended(FlagStatus status) => status switch
    {
        FlagStatus.Declared => "declared as an incident",
        FlagStatus.Merged => "merged into an incident",
        FlagStatus.Dismissed => "dismissed",
        FlagStatus.Waiting or FlagStatus.Acknowledged => "open",
    };
}
