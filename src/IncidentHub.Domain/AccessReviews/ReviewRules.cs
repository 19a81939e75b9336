namespace IncidentHub.Domain.AccessReviews;

public abstract record ReviewCommand;

public sealed record LoadReview(
    Guid Id, Guid IncidentId, Guid DatasetId, string DatasetName, Guid EvidenceId, ReviewSettings Settings) : ReviewCommand;

public sealed record CancelReview : ReviewCommand;

public sealed record ResumeReview : ReviewCommand;

/// <summary>The log was read to its end.</summary>
public sealed record FinishReview(ReviewResult Result) : ReviewCommand;

public sealed record FailReview(string Reason) : ReviewCommand;

/// <param name="ExposureFrom">The exposure as it is known now: it may have become longer since the log was loaded.</param>
/// <param name="ExposureUntil">Null while it is open.</param>
public sealed record SignOffReview(
    ReviewConclusion Conclusion, string Note, DateTimeOffset? ExposureFrom, DateTimeOffset? ExposureUntil) : ReviewCommand;

public sealed record ReviewLoaded(string DatasetName) : DomainEvent;

public sealed record ReviewCancelled : DomainEvent;

public sealed record ReviewResumed : DomainEvent;

public sealed record ReviewFinished(ReviewResult Result) : DomainEvent;

public sealed record ReviewFailed(string Reason) : DomainEvent;

public sealed record ReviewSignedOff(ReviewConclusion Conclusion, string Note, string LogDigest, string AudienceDigest) : DomainEvent;

/// <summary>How a log is loaded, read and concluded from.</summary>
public static class ReviewRules
{
    public const int MaxNote = 2_000, MaxPatterns = 100, MaxPattern = 400, MinGapMinutes = 1, MaxGapMinutes = 7 * 24 * 60;

    public static Result<Accepted<ReviewState>> Decide(ReviewState? state, ReviewCommand command, Guid actorId, string actorName,
        DateTimeOffset now)
    {
        if (command is LoadReview load) return state is null ? Load(load, actorId) : throw new InvalidOperationException("Loaded already.");
        if (state is null) return Refusal.NotFound("The access review");
        return command switch
        {
            CancelReview => state.Status == ReviewStatus.Running
                ? To(state, ReviewStatus.Cancelled, new ReviewCancelled())
                : Refusal.NotAllowed("not_running", "The log is not being read."),
            ResumeReview => state.Status is ReviewStatus.Cancelled or ReviewStatus.Failed
                ? Outcome.Accept(Next(state) with { Status = ReviewStatus.Running, FailedBecause = null }, new ReviewResumed())
                : Refusal.NotAllowed("not_stopped", "Only a review that was cancelled or that failed is resumed."),
            FinishReview finish => state.Status == ReviewStatus.Running
                ? Outcome.Accept(Next(state) with { Status = ReviewStatus.Read, Result = finish.Result }, new ReviewFinished(finish.Result))
                : Outcome.Accept(state),
            FailReview fail => state.Status == ReviewStatus.Running
                ? Outcome.Accept(Next(state) with { Status = ReviewStatus.Failed, FailedBecause = fail.Reason },
                    new ReviewFailed(fail.Reason))
                : Outcome.Accept(state),
            SignOffReview sign => Sign(state, sign, actorId, actorName, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };
    }

    /// <summary>Why the conclusion does not follow from what was read, or null.</summary>
    public static string? Fault(ReviewConclusion conclusion, ReviewState state, DateTimeOffset? from, DateTimeOffset? until)
    {
        var result = state.Result!;
        var found = result.People > 0;
        if (conclusion == ReviewConclusion.Found)
            return found || result.Services > 0 ? null : "Nobody outside of the promised audience is in the log.";
        if (conclusion == ReviewConclusion.Inconclusive) return null;
        return found ? "People outside of the promised audience are in the log."
            : result.Rows == 0 ? "The log has no rows."
            : result.RefusedRows > 0 ? "Rows of the log could not be read: each of them may be an access."
            : result.GapCount > 0 ? "The log has gaps in the window of the exposure."
            : from is null ? "It is not known when the exposure began."
            : from < state.Settings.From || until > state.Settings.Until
                ? "The exposure is known to be longer now than the window that was read."
            : null;
    }

    private static Result<Accepted<ReviewState>> Load(LoadReview load, Guid actorId)
    {
        var s = load.Settings;
        var check = s.Mapping.Check(new Validation())
            .Check(s.GapMinutes is >= MinGapMinutes and <= MaxGapMinutes, "gapMinutes",
                $"Between {MinGapMinutes} and {MaxGapMinutes} minutes.")
            .Check(s.From < s.Until, "until", "Must be after the start of the window.")
            .Check(s.GapMinutes < MinGapMinutes || (s.Until - s.From) / TimeSpan.FromMinutes(s.GapMinutes) < LogPresence.MaxParts - 1,
                "gapMinutes", "Too short for a window of this length.")
            .Check(s.Members > 0, "audience", "List the promised audience: without it, everybody is outside of it.");
        CheckPatterns(check, s.Objects, "objects");
        CheckPatterns(check, s.Services, "services");
        if (check.ToRefusal() is { } refused) return refused;
        var next = new ReviewState(load.Id, load.IncidentId, load.DatasetId, load.DatasetName, load.EvidenceId, s, actorId,
            ReviewStatus.Running, null, null, null, 1);
        return Outcome.Accept(next, new ReviewLoaded(load.DatasetName));
    }

    private static Result<Accepted<ReviewState>> Sign(ReviewState state, SignOffReview sign, Guid actorId, string actorName,
        DateTimeOffset now)
    {
        if (new Validation().Text(sign.Note, "note", MaxNote)
            .Check(Enum.IsDefined(sign.Conclusion), "conclusion", Codes.Allowed(typeof(ReviewConclusion))).ToRefusal() is { } invalid)
            return invalid;
        if (state.Status == ReviewStatus.SignedOff)
            return Refusal.NotAllowed("already_signed_off", "This review was signed off already. Load the log again for another one.");
        if (state.Result is null) return Refusal.NotAllowed("not_read", "The log was not read to its end.");
        if (state.LoadedById == actorId)
            return Refusal.NotAllowed("loader_cannot_sign_off", "You loaded this log. A second person signs the review off.");
        if (Fault(sign.Conclusion, state, sign.ExposureFrom, sign.ExposureUntil) is { } fault)
            return Refusal.NotAllowed("does_not_follow", "conclusion", fault);
        var note = sign.Note.Clean();
        return Outcome.Accept(
            Next(state) with { Status = ReviewStatus.SignedOff, SignOff = new(sign.Conclusion, note, actorId, actorName, now) },
            new ReviewSignedOff(sign.Conclusion, note, state.Result.LogDigest, state.Settings.AudienceDigest));
    }

    private static void CheckPatterns(Validation check, IReadOnlyList<string> patterns, string field)
    {
        check.Check(patterns.Count <= MaxPatterns, field, $"At most {MaxPatterns}.");
        foreach (var pattern in patterns) check.Line(pattern, field, MaxPattern);
    }

    private static Result<Accepted<ReviewState>> To(ReviewState state, ReviewStatus status, DomainEvent happened) =>
        Outcome.Accept(Next(state) with { Status = status }, happened);

    private static ReviewState Next(ReviewState state) => state with { Version = state.Version + 1 };
}
