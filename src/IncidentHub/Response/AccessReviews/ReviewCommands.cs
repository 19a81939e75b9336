using Hangfire;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.AccessReviews;

/// <summary>Loads, cancels, resumes and signs off access reviews. The log is read by <see cref="AccessReviewJob"/>.</summary>
internal sealed class ReviewCommands(Db db, IncidentCommands incidentCommands, People people,
    IBackgroundJobClient jobs) : Commands<string, ReviewRecord, ReviewState, ReviewCommand>(db)
{
    protected override string Thing => "The access review";

    protected override Act ReadAct => Act.ReadIncidents;

    /// <summary>Loads a log that is kept as evidence, and begins to read it.</summary>
    public async Task<Result<ReviewRecord>> LoadAsync(string incidentCode, LoadReviewBody stated, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.LoadAccessReview) is { } denied) return denied;
        var named = new List<(Guid, string)>();
        foreach (var account in (stated.Named ?? []).Distinct())
        {
            if (account.Length > 200 || await people.FindByAccountAsync(account, ct) is not { IsActive: true } person)
                return Refusal.Invalid("named", $"There is no active person «{TextRules.Cut(account, 40)}».");
            named.Add((person.Id, person.DisplayName));
        }
        var loaded = await Db.WriteAsync<ReviewRecord>(tx => LoadAsync(tx, incidentCode, stated, named, actor), ct: ct);
        if (loaded.IsOk) Enqueue();
        return loaded;
    }

    /// <summary>The same in an open transaction; the job finds it.</summary>
    public async Task<Result<ReviewRecord>> LoadAsync(UnitOfWork tx, string incidentCode, LoadReviewBody stated,
        IReadOnlyList<(Guid Id, string Name)> named, Actor actor)
    {
        var mapping = ReviewInput.Mapping(stated.Preset, stated.Mapping, stated.Format, stated.TimeZone);
        if (!mapping.IsOk) return mapping.Refusal!;
        var members = AudienceText.Read(stated.Audience, mapping.Value.Zone);
        if (!members.IsOk) return members.Refusal!;
        var opened = await incidentCommands.OpenAsync(tx, incidentCode, Act.ChangeIncident, null, actor);
        if (!opened.IsOk) return opened.Refusal!;
        var incident = opened.Value.State;
        if (!incident.IsOpen) return Refusal.NotAllowed("not_open", $"{incident.Code} is not open. Reopen it first.");
        if (incident.Exposures.FirstOrDefault(e => e.IsActive && e.DatasetName == Codes.Lower(stated.Dataset)) is not { } exposure)
            return Refusal.Invalid("dataset", "The incident has no exposure of this dataset.");
        if (await EvidenceReader.FindAsync(tx, actor, stated.Evidence ?? "") is not { } log || log.State.IncidentId != incident.Id)
            return Refusal.Invalid("evidence", "The incident has no evidence with this code.");
        if ((stated.From ?? exposure.From) is not { } from)
            return Refusal.Invalid("from", "The start of the exposure is not known. State from when the log is to be read.");
        var until = stated.Until ?? exposure.Until ?? tx.Now;
        var audience = new AudienceList(members.Value);
        var settings = new ReviewSettings(stated.Preset ?? LogPreset.Custom, mapping.Value, ReviewInput.Lines(stated.Objects),
            ReviewInput.Lines(stated.Services ?? LogMapping.ServicesOf(stated.Preset ?? LogPreset.Custom)),
            stated.GapMinutes ?? 60, from.ToUniversalTime(), until.ToUniversalTime(), audience.Digest, members.Value.Count);
        var load = new LoadReview(
            OrderedId.Next(tx.Now), incident.Id, exposure.DatasetId, exposure.DatasetName, log.State.Id, settings);
        var outcome = ReviewRules.Decide(null, load, actor.Id, actor.Name, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        if (exposure.Evidence == EvidenceOfAccess.NotStarted)
            _ = (await SetEvidenceAsync(tx, opened.Value, exposure.DatasetId, EvidenceOfAccess.UnderReview, actor)).Value;
        var review = await ReviewStore.InsertAsync(tx, next, incident.Code, log, audience, named, actor);
        foreach (var happened in events) await tx.RecordAsync(actor, ReviewHistory.Of(review.Code, next, happened));
        return review;
    }

    public Task<Result<ReviewRecord>> CancelAsync(string code, int? expectedVersion, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, new CancelReview(), expectedVersion, actor, ct);

    /// <summary>Reads on where the reading was stopped.</summary>
    public async Task<Result<ReviewRecord>> ResumeAsync(string code, int? expectedVersion, Actor actor, CancellationToken ct = default)
    {
        var resumed = await RunAsync(code, new ResumeReview(), expectedVersion, actor, ct);
        if (resumed.IsOk) Enqueue();
        return resumed;
    }

    public Task<Result<ReviewRecord>> SignOffAsync(string code, ReviewConclusion conclusion, string note, int? expectedVersion, Actor actor,
        CancellationToken ct = default) =>
        RunAsync(code, new SignOffReview(conclusion, note, null, null), expectedVersion, actor, ct);

    /// <summary>The end of a run, or what stopped it.</summary>
    public async Task EndAsync(UnitOfWork tx, string code, ReviewCommand command)
    {
        if (await ReviewStore.FindAsync(tx, Actor.System, code) is { } review)
            _ = (await ApplyAsync(tx, review, command, Actor.System)).Value;
    }

    protected override Task<ReviewRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => ReviewStore.FindAsync(tx, actor, id);

    protected override Act ActOf(ReviewCommand command) => command switch
    {
        CancelReview or ResumeReview => Act.LoadAccessReview,
        SignOffReview => Act.SignOffAccessReview,
        LoadReview or FinishReview or FailReview or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Run through its own method."),
    };

    protected override async Task<Result<Accepted<ReviewState>>> DecideAsync(UnitOfWork tx, ReviewRecord loaded, ReviewCommand command,
        Actor actor)
    {
        if (command is SignOffReview sign)
        {
            var incident = (await IncidentOfAsync(tx, loaded, actor)).State;
            if (!incident.Status.IsOpen()) return Refusal.NotAllowed("not_open", $"{incident.Code} is not open. Reopen it first.");
            var exposure = incident.Exposures.FirstOrDefault(e => e.IsActive && e.DatasetId == loaded.State.DatasetId);
            if (exposure is null) return Refusal.NotAllowed("withdrawn", "The exposure that was reviewed was withdrawn.");
            command = sign with { ExposureFrom = exposure.From, ExposureUntil = exposure.Until };
        }
        return ReviewRules.Decide(loaded.State, command, actor.Id, actor.Name, tx.Now);
    }

    protected override async Task<bool> SaveAsync(UnitOfWork tx, ReviewRecord before, ReviewState next, IReadOnlyList<DomainEvent> events,
        Actor actor)
    {
        // Before the decision hears of it, which asks what is known of the exposures; and the incident is locked first elsewhere, too.
        if (events.OfType<ReviewSignedOff>().FirstOrDefault() is { } signed)
        {
            var incident = await IncidentOfAsync(tx, before, actor);
            _ = (await SetEvidenceAsync(tx, incident, next.DatasetId, EvidenceOf(signed.Conclusion), actor)).Value;
        }
        return await ReviewStore.UpdateAsync(tx, before.State, next, ChangeNote.Of(tx.Now, actor.Name, next.Status.ToString()));
    }

    protected override JournalEntry Journal(ReviewRecord before, ReviewState next, DomainEvent happened) =>
        ReviewHistory.Of(before.Code, next, happened);

    protected override Task<Result<ReviewRecord>> FollowAsync(UnitOfWork tx, ReviewRecord before, ReviewState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => Task.FromResult<Result<ReviewRecord>>(
        before with { State = next, LastChange = ChangeNote.Of(tx.Now, actor.Name, next.Status.ToString()) });

    private static EvidenceOfAccess EvidenceOf(ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.NoneFound => EvidenceOfAccess.NoneFound,
        ReviewConclusion.Found => EvidenceOfAccess.Found,
        ReviewConclusion.Inconclusive => EvidenceOfAccess.CannotBeDetermined,
    };

    private async Task<IncidentRecord> IncidentOfAsync(UnitOfWork tx, ReviewRecord review, Actor actor) =>
        (await incidentCommands.OpenAsync(tx, review.IncidentCode, Act.ChangeIncident, null, actor)).Value;

    private Task<Result<IncidentRecord>> SetEvidenceAsync(UnitOfWork tx, IncidentRecord incident, Guid dataset, EvidenceOfAccess evidence,
        Actor actor) => incidentCommands.ApplyAsync(tx, incident, new IncidentCommand.ConcludeAccess(dataset, evidence), actor);

    // After the commit; should it be lost, the schedule of the job finds the review within a minute.
    private void Enqueue() => jobs.Enqueue<AccessReviewJob>(Queues.Long, j => j.RunAsync(CancellationToken.None));
}

/// <summary>An incident was merged into another: its reviews move to the surviving incident.</summary>
internal sealed class ReviewsOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var moved = await tx.ExecuteAsync("AccessReview_Move", new { happened.FromId, ToId = happened.IntoId });
        if (moved > 0) await tx.RecordAsync(actor, ReviewHistory.OfMove(happened, moved));
    }
}
