using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Domain.Reviews;

public abstract record ReviewCommand;

/// <summary>Saves the whole text. It may be incomplete.</summary>
public sealed record SaveReview(IReadOnlyList<Guid> Causes, string? Factors, string? WentWell, string? Lessons) : ReviewCommand;

/// <summary>The text is complete.</summary>
/// <param name="Incident">The status of the incident.</param>
public sealed record CompleteReview(IncidentStatus Incident) : ReviewCommand;

public sealed record ReopenReview(string? Reason) : ReviewCommand;

/// <summary>The incident was closed. A review that was completed for an earlier cycle is completed again.</summary>
/// <param name="DueAt">Null: the SEV policy asks for none.</param>
public sealed record RequireReview(DateTimeOffset? DueAt) : ReviewCommand;

public sealed record ReviewSaved : DomainEvent;

public sealed record ReviewCompleted : DomainEvent;

public sealed record ReviewReopened(string Reason) : DomainEvent;

public sealed record ReviewRequired(DateTimeOffset DueAt) : DomainEvent;

/// <summary>The SEV policy that applies now asks for none.</summary>
public sealed record ReviewNotRequired : DomainEvent;

/// <summary>Reviews of incidents.</summary>
public static class IncidentReviewRules
{
    public const int MaxText = 10_000, MaxReason = 2_000, MostCauses = 20;

    /// <param name="offered">Causes that may be chosen: those of the list that are not retired.</param>
    public static Result<Accepted<IncidentReviewState>> Decide(IncidentReviewState state, ReviewCommand command,
        IReadOnlySet<Guid> offered, Actor actor, DateTimeOffset now) => command switch
        {
            SaveReview save => Save(state, save, offered),
            CompleteReview complete => Complete(state, complete, actor, now),
            ReopenReview reopen => Reopen(state, reopen),
            RequireReview require => Require(state, require),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command."),
        };

    private static Result<Accepted<IncidentReviewState>> Save(IncidentReviewState state, SaveReview save, IReadOnlySet<Guid> offered)
    {
        if (state.Status == ReviewStatus.Completed)
            return Refusal.NotAllowed("completed", "The review is completed. Reopen it, with a reason, to change it.");
        var causes = save.Causes.Distinct().ToList();
        var check = new Validation()
            .Check(causes.Count <= MostCauses, "causes", $"At most {MostCauses} causes.")
            // A cause that was retired since stays where it was chosen.
            .Check(causes.TrueForAll(c => offered.Contains(c) || state.Causes.Contains(c)), "causes", "Choose causes from the list.")
            .Text(save.Factors, "factors", MaxText, required: false)
            .Text(save.WentWell, "wentWell", MaxText, required: false)
            .Text(save.Lessons, "lessons", MaxText, required: false);
        if (check.ToRefusal() is { } invalid) return invalid;
        var next = state with
        {
            Causes = causes,
            Factors = TextNormaliser.OrNull(save.Factors) ?? "",
            WentWell = TextNormaliser.OrNull(save.WentWell) ?? "",
            Lessons = TextNormaliser.OrNull(save.Lessons) ?? "",
        };
        return next with { Causes = state.Causes } == state && causes.ToHashSet().SetEquals(state.Causes)
            ? Outcome.Accept(state) : Accept(next, new ReviewSaved());
    }

    private static Result<Accepted<IncidentReviewState>> Complete(IncidentReviewState state, CompleteReview complete, Actor actor,
        DateTimeOffset now)
    {
        if (state.Status == ReviewStatus.Completed) return Refusal.NotAllowed("completed", "The review is completed already.");
        if (complete.Incident != IncidentStatus.Closed)
            return Refusal.NotAllowed("not_closed", "A review is completed when its incident is closed. Close the incident first.");
        var check = new Validation()
            .Check(state.Causes.Count > 0, "causes", "Choose at least one cause, and save it.")
            .Check(state.Lessons.Length > 0, "lessons", "Say what is learned, and save it.");
        if (check.ToRefusal() is { } invalid) return invalid;
        return Accept(state with { Status = ReviewStatus.Completed, CompletedAt = now, CompletedBy = actor.Name }, new ReviewCompleted());
    }

    private static Result<Accepted<IncidentReviewState>> Reopen(IncidentReviewState state, ReopenReview reopen)
    {
        if (state.Status != ReviewStatus.Completed) return Refusal.NotAllowed("not_completed", "The review is not completed.");
        if (new Validation().Text(reopen.Reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        return Accept(Open(state), new ReviewReopened(reopen.Reason!.Clean()));
    }

    private static Result<Accepted<IncidentReviewState>> Require(IncidentReviewState state, RequireReview require)
    {
        if (require.DueAt is not { } due)
            return state.DueAt is null ? Outcome.Accept(state) : Accept(state with { DueAt = null }, new ReviewNotRequired());
        return Accept(Open(state) with { DueAt = due }, new ReviewRequired(due));
    }

    private static IncidentReviewState Open(IncidentReviewState state) =>
        state with { Status = ReviewStatus.Draft, CompletedAt = null, CompletedBy = null };

    private static Result<Accepted<IncidentReviewState>> Accept(IncidentReviewState next, DomainEvent happened) =>
        Outcome.Accept(next with { Version = next.Version + 1 }, happened);
}
