using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Obligations;

/// <summary>When the trigger of an obligation came about.</summary>
internal sealed record AskTrigger(DateTimeOffset At, DateTimeOffset? AwareAt, string Note);

/// <summary>Changes of an obligation, by its code.</summary>
internal sealed class ObligationCommands(Db db, IncidentReader incidents)
    : Commands<string, ObligationRecord, ObligationState, ObligationCommand>(db)
{
    private const string NoticeOf = "Notice of ", Submitted = " submitted.";

    /// <summary>Whether this is the trigger of a duty that follows another.</summary>
    public static bool IsFollowing(string text) =>
        text.StartsWith(NoticeOf, StringComparison.Ordinal) && text.EndsWith(Submitted, StringComparison.Ordinal);

    protected override string Thing => "The obligation";

    protected override Act ReadAct => Act.ReadIncidents;

    /// <summary>Puts the duties of a regime on an incident's list; those that are on it already stay as they are.</summary>
    /// <returns>The codes of the new ones.</returns>
    public async Task<Result<IReadOnlyList<string>>> TrackAsync(string incidentCode, string? regimeCode, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.PrepareObligation) is { } denied) return denied;
        return await Db.WriteAsync<IReadOnlyList<string>>(tx => TrackAsync(tx, incidentCode, regimeCode, actor), ct: ct);
    }

    /// <summary>Within an open transaction; the caller has the permission.</summary>
    public async Task<Result<IReadOnlyList<string>>> TrackAsync(UnitOfWork tx, string incidentCode, string? regimeCode, Actor actor)
    {
        if (await incidents.FindVisibleAsync(tx, actor, incidentCode) is not { } incident) return Refusal.NotFound("The incident");
        if (incident.Status == IncidentStatus.Merged)
            return Refusal.NotAllowed("merged", "This incident was merged. Add the obligation to the one in which it continues.");
        var versions = await RegimeStore.VersionsAsync(tx, Codes.Upper(regimeCode));
        var regime = Regime.InForce(versions.Select(v => v.Regime), tx.Now) ?? versions.LastOrDefault()?.Regime;
        if (regime is null) return Refusal.Invalid("regime", "There is no regime with this code.");
        var tracked = (await TrackedAsync(tx, incident.Id)).ToHashSet();
        var missing = regime.Duties.Where(d => !tracked.Contains((regime.Code, d.Key))).ToList();
        if (missing.Count == 0)
            return Refusal.NotAllowed("already_tracked", "regime", "All duties of this regime are on the list already.");
        var codes = new List<string>();
        foreach (var duty in missing)
        {
            var (next, events) = ObligationRules.Track(OrderedId.Next(tx.Now), incident.Id, regime, duty, tx.Now);
            var code = await ObligationStore.InsertAsync(tx, next, actor, ObligationHistory.Summary(events));
            foreach (var happened in events) await tx.RecordAsync(actor, ObligationHistory.Of(code, next, happened));
            codes.Add(code);
        }
        return codes;
    }

    /// <summary>Records the trigger, or corrects it; the versions of the regime and the holidays are read here.</summary>
    public async Task<Result<ObligationRecord>> SetTriggerAsync(string code, AskTrigger asked, int? expectedVersion, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<ObligationRecord>(tx => SetTriggerAsync(tx, code, asked, expectedVersion, actor), ct: ct);
    }

    /// <summary>Within an open transaction.</summary>
    public async Task<Result<ObligationRecord>> SetTriggerAsync(UnitOfWork tx, string code, AskTrigger asked, int? expectedVersion,
        Actor actor)
    {
        var opened = await OpenAsync(tx, code, Act.PrepareObligation, expectedVersion, actor);
        return opened.IsOk ? await TriggerAsync(tx, opened.Value, asked, actor) : opened;
    }

    /// <summary>Records that the due time of open obligations has passed, each in a transaction of its own.</summary>
    public async Task MarkLateAsync(DateTimeOffset now, CancellationToken ct)
    {
        var late = await Db.ReadAsync(sql => sql.QueryAsync<CodeRow>("Obligation_Overdue", new { Now = now }), ct);
        foreach (var row in late) await Db.WriteAsync(tx => ApplyAsync(tx, row.Code, new MarkLate()), ct: ct);
    }

    /// <summary>Computes the due times of open obligations again whose regime counts by this calendar.</summary>
    public async Task RecomputeAsync(UnitOfWork tx, string calendar)
    {
        var open = await tx.QueryAsync<CalendarRow>("Obligation_WithCalendar");
        var counting = open.Where(r => RegimeDefinition.Read(r.Definition).Calendar == calendar).ToList();
        if (counting.Count == 0) return;
        var recompute = new RecomputeDue((await RegimeStore.HolidaysAsync(tx, calendar)).Select(h => h.Day).ToHashSet());
        foreach (var row in counting) await ApplyAsync(tx, row.Code, recompute);
    }

    protected override Task<ObligationRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => ObligationStore.LoadAsync(tx, actor, id);

    protected override Act ActOf(ObligationCommand command) => command switch
    {
        RecordNotice or DecideNotRequired or DelayObligation or EndDelay or ReopenObligation => Act.DecideObligation,
        SetTrigger or MarkLate or RecomputeDue or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Run through its own method."),
    };

    protected override Task<Result<Accepted<ObligationState>>> DecideAsync(UnitOfWork tx, ObligationRecord loaded,
        ObligationCommand command, Actor actor) =>
        Task.FromResult(ObligationRules.Decide(loaded.State, command, actor.Name, tx.Now));

    protected override Task<bool> SaveAsync(UnitOfWork tx, ObligationRecord before, ObligationState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        ObligationStore.UpdateAsync(tx, before, next, actor, ObligationHistory.Summary(events));

    protected override JournalEntry Journal(ObligationRecord before, ObligationState next, DomainEvent happened) =>
        ObligationHistory.Of(before.Row.Code, next, happened);

    // The notice of a duty starts the clocks of those that follow it.
    protected override async Task<Result<ObligationRecord>> FollowAsync(UnitOfWork tx, ObligationRecord before, ObligationState next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        if (events.OfType<ObligationMet>().Any())
        {
            var following = await tx.QueryAsync<FollowingRow>("Obligation_Following",
                new { next.IncidentId, RegimeCode = next.Regime.Code });
            foreach (var row in following.Where(r => next.Regime.Find(r.DutyKey)?.After == next.DutyKey))
            {
                if (await ObligationStore.LoadAsync(tx, Actor.System, row.Code) is not { } chained) continue;
                var at = next.Notices[^1].At;
                var started = await TriggerAsync(tx, chained, new(at, null, $"{NoticeOf}{before.Row.Code}{Submitted}"), Actor.System);
                if (started.Refusal is { } refused) return refused;
            }
        }
        return before with { State = next, LastChange = ChangeNote.Of(tx.Now, actor.Name, ObligationHistory.Summary(events)) };
    }

    private static async Task<IEnumerable<(string, string)>> TrackedAsync(ISql sql, Guid incidentId) =>
        (await sql.QueryAsync<TrackedRow>("Obligation_Tracked", new { IncidentId = incidentId })).Select(r => (r.RegimeCode, r.DutyKey));

    private async Task<Result<ObligationRecord>> TriggerAsync(UnitOfWork tx, ObligationRecord loaded, AskTrigger asked, Actor actor)
    {
        var versions = (await RegimeStore.VersionsAsync(tx, loaded.State.Regime.Code)).Select(v => v.Regime).ToList();
        var holidays = await RegimeStore.DaysAsync(tx, Regime.InForce(versions, asked.At) ?? loaded.State.Regime);
        return await ApplyAsync(tx, loaded, new SetTrigger(asked.At, asked.AwareAt, asked.Note, versions, holidays), actor);
    }

    private async Task<Result<ObligationRecord>> ApplyAsync(UnitOfWork tx, string code, ObligationCommand command) =>
        await ObligationStore.LoadAsync(tx, Actor.System, code) is { } loaded
            ? await ApplyAsync(tx, loaded, command, Actor.System) : Refusal.NotFound(Thing);

    private sealed record TrackedRow
    {
        public required string RegimeCode { get; init; }
        public required string DutyKey { get; init; }
    }

    private sealed record FollowingRow
    {
        public required string Code { get; init; }
        public required string DutyKey { get; init; }
    }

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }

    private sealed record CalendarRow
    {
        public required string Code { get; init; }
        public required string Definition { get; init; }
    }
}

/// <summary>The triggers that follow from a notice.</summary>
internal sealed class ObligationTexts : IHubTexts
{
    public bool Wrote(StoredRow row, string column, string text) => ObligationCommands.IsFollowing(text);
}
