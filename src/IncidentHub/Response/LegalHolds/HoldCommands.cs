using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Gate;

namespace IncidentHub.Response.LegalHolds;

/// <summary>A hold of an incident, by the incident's code.</summary>
internal sealed record HoldId(string Incident, Guid Hold);

/// <param name="PurgedBefore">Quarantined batches whose purge was decided since the incident was declared: a purge cannot be undone and
/// may not have been carried out yet.</param>
internal sealed record PlacedHold(Guid Id, long PurgedBefore);

/// <summary>A hold with its incident.</summary>
/// <param name="Programs">The programs that it covers.</param>
internal sealed record HoldRecord(HoldState State, IncidentFacts Incident, IReadOnlyList<Guid> Programs, ChangeNote LastChange)
    : ILoaded<HoldState>
{
    public string Label => $"The hold of {Incident.Code}";

    public int Version => State.Released is null ? 1 : 2;

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}

/// <summary>Places and releases legal holds: while a hold is active, nothing that the incident concerns may be destroyed.</summary>
internal sealed class HoldCommands(Db db, IncidentReader incidents) : Commands<HoldId, HoldRecord, HoldState, HoldCommand>(db)
{
    protected override string Thing => "The hold";

    protected override Act ReadAct => Act.PlaceLegalHold;

    public async Task<Result<PlacedHold>> PlaceAsync(string incidentCode, string? reason, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.PlaceLegalHold) is { } denied) return denied;
        return await Db.WriteAsync<PlacedHold>(
            async tx =>
            {
                if (await incidents.FindVisibleAsync(tx, actor, incidentCode) is not { } incident)
                    return Refusal.NotFound("The incident");
                var programs = await LegalHoldStore.ProgramsAsync(tx, incident.Id);
                var purged = await QuarantinedData.PurgedSinceAsync(tx, incident.DeclaredAt, programs);
                var place = new PlaceHold(OrderedId.Next(tx.Now), incident.Id, incident.Code,
                    incident.Status == IncidentStatus.Merged, reason ?? "", purged);
                var outcome = HoldRules.Decide(null, place, tx.Now);
                if (outcome.Refusal is { } refused) return refused;
                var (next, events) = outcome.Value;
                await LegalHoldStore.InsertAsync(tx, next, actor);
                foreach (var happened in events) await tx.RecordAsync(actor, HoldHistory.Of(incident, programs, next, happened));
                return new PlacedHold(next.Id, purged);
            },
            ct: ct);
    }

    protected override async Task<HoldRecord?> LoadAsync(UnitOfWork tx, HoldId id, Actor actor) =>
        await incidents.FindVisibleAsync(tx, actor, id.Incident) is { } incident
        && await LegalHoldStore.LoadAsync(tx, incident.Id, id.Hold) is { } hold
            ? new(hold.State, incident, await LegalHoldStore.ProgramsAsync(tx, incident.Id), hold.LastChange) : null;

    protected override Act ActOf(HoldCommand command) => command switch
    {
        ReleaseHold => Act.PlaceLegalHold,
        PlaceHold or _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Run through its own method."),
    };

    protected override Task<Result<Accepted<HoldState>>> DecideAsync(UnitOfWork tx, HoldRecord loaded, HoldCommand command, Actor actor) =>
        Task.FromResult(HoldRules.Decide(loaded.State, command, tx.Now));

    protected override Task<bool> SaveAsync(UnitOfWork tx, HoldRecord before, HoldState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => LegalHoldStore.ReleaseAsync(tx, next, next.Released!, actor);

    protected override JournalEntry Journal(HoldRecord before, HoldState next, DomainEvent happened) =>
        HoldHistory.Of(before.Incident, before.Programs, next, happened);

    protected override Task<Result<HoldRecord>> FollowAsync(UnitOfWork tx, HoldRecord before, HoldState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        Task.FromResult<Result<HoldRecord>>(before with { State = next, LastChange = new(tx.Now, actor.Name, "released") });
}
