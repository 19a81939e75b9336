using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Reviews;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Reviews;

/// <summary>Changes of the review of an incident, by the incident's code.</summary>
internal sealed class ReviewCommands(Db db) : Commands<string, ReviewRecord, IncidentReviewState, ReviewCommand>(db)
{
    public const string Topic = "reviews";

    protected override string Thing => "The incident";

    protected override Act ReadAct => Act.ReadIncidents;

    /// <summary>The text is complete; the incident's status is read in the transaction.</summary>
    public Task<Result<ReviewRecord>> CompleteAsync(string code, int? expectedVersion, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, new CompleteReview(default), expectedVersion, actor, ct);

    /// <summary>A consequence of the close of the incident, in its transaction.</summary>
    public async Task RequireAsync(UnitOfWork tx, Guid incidentId, DateTimeOffset? dueAt)
    {
        var applied = await ApplyAsync(tx, await ReviewStore.LoadAsync(tx, incidentId), new RequireReview(dueAt), Actor.System);
        if (applied.Refusal is { } refused) throw new InvalidOperationException(refused.Message);
    }

    protected override Task<ReviewRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => ReviewStore.LoadAsync(tx, actor, id);

    protected override Act ActOf(ReviewCommand command) => Act.WriteReview;

    protected override async Task<Result<Accepted<IncidentReviewState>>> DecideAsync(UnitOfWork tx, ReviewRecord loaded,
        ReviewCommand command, Actor actor)
    {
        if (loaded.Incident == IncidentStatus.Merged)
            return Refusal.NotAllowed("merged", "This incident was merged. Write the review of the one in which it continues.");
        var offered = command is SaveReview
            ? (await CauseStore.ListAsync(tx)).Where(c => !c.IsRetired).Select(c => c.Id).ToHashSet() : [];
        return IncidentReviewRules.Decide(
            loaded.State, command is CompleteReview ? new CompleteReview(loaded.Incident) : command, offered, actor, tx.Now);
    }

    protected override Task<bool> SaveAsync(UnitOfWork tx, ReviewRecord before, IncidentReviewState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        ReviewStore.SaveAsync(tx, before.State, next, actor, string.Join("; ", events.Select(e => Words(e).What)));

    protected override JournalEntry Journal(ReviewRecord before, IncidentReviewState next, DomainEvent happened)
    {
        var (what, title, body) = Words(happened);
        return new()
        {
            Action = $"review.{what}",
            Subject = $"review of {before.Row.IncidentCode}",
            About = [next.IncidentId],
            Detail = new { next.Status, next.Causes, next.Factors, next.WentWell, next.Lessons, next.DueAt, reason = body },
            Timeline = [new() { IncidentId = next.IncidentId, Kind = "review", Title = title, Body = body }],
            SubjectTopics = [new([next.IncidentId], [Topic, $"incident:{next.IncidentId}"])],
        };
    }

    protected override async Task<Result<ReviewRecord>> FollowAsync(UnitOfWork tx, ReviewRecord before, IncidentReviewState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => await ReviewStore.LoadAsync(tx, next.IncidentId);

    private static (string What, string Title, string? Body) Words(DomainEvent happened) => happened switch
    {
        ReviewSaved => ("saved", "Review saved", null),
        ReviewCompleted => ("completed", "Review completed", null),
        ReviewReopened e => ("reopened", "Review reopened", e.Reason),
        ReviewRequired e => ("required", $"Review due by {e.DueAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC", null),
        ReviewNotRequired => ("not-required", "The SEV policy asks for no review", null),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a review."),
    };
}

/// <summary>A closed incident is reviewed.</summary>
internal sealed class ReviewsOfIncidents(ReviewCommands reviews) : IEventHandler<IncidentEnded>
{
    public Task HandleAsync(UnitOfWork tx, IncidentEnded happened, Actor actor) =>
        reviews.RequireAsync(tx, happened.IncidentId, happened.ReviewDueAt);
}
