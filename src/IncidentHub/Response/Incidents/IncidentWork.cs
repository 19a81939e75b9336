using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>What an act on an incident answers.</summary>
internal sealed record IncidentChanged
{
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required int Sev { get; init; }
    public required IncidentStatus Status { get; init; }
    public required int Cycle { get; init; }
    public required Confidentiality Confidentiality { get; init; }

    public static IncidentChanged Of(IncidentState s) => new()
    {
        Code = s.Code,
        Version = s.Version,
        Sev = (int)s.Sev,
        Status = s.Status,
        Cycle = s.Current.Number,
        Confidentiality = s.Confidentiality,
    };
}

/// <summary>
/// How every act on an incident runs: load what the actor may see, ask the table, decide, save, tell, run the policy again; in one
/// transaction.
/// </summary>
internal sealed class IncidentWork(Db db, SevPolicyReader policies, PausePolicy pauses)
{
    /// <param name="expectedVersion">The version that the actor saw; null: do not check.</param>
    /// <param name="command">Makes the rule's command from what is loaded, or says why not.</param>
    /// <param name="lane"><see cref="WriteLane.Pause"/> for what may place a pause by the policy.</param>
    public Task<Result<IncidentChanged>> ChangeAsync(
        string code, int? expectedVersion, Act act, Actor actor, Func<UnitOfWork, IncidentState, Task<Result<IncidentCommand>>> command,
            CancellationToken ct, WriteLane lane = WriteLane.Normal) => db.WriteAsync<IncidentChanged>(
        async tx =>
        {
            var opened = await OpenAsync(tx, code, expectedVersion, act, actor);
            if (!opened.IsOk) return opened.Refusal!;
            var asked = await command(tx, opened.Value.State);
            if (!asked.IsOk) return asked.Refusal!;
            var next = await ApplyAsync(tx, opened.Value, asked.Value, actor);
            return next.IsOk ? IncidentChanged.Of(next.Value) : next.Refusal!;
        },
        lane,
        ct);

    public Task<Result<IncidentChanged>> ChangeAsync(string code, int? expectedVersion, Act act, Actor actor, IncidentCommand command,
        CancellationToken ct, WriteLane lane = WriteLane.Normal) =>
        ChangeAsync(code, expectedVersion, act, actor, (_, _) => Task.FromResult<Result<IncidentCommand>>(command), ct, lane);

    /// <summary>Loads the incident for a change, if the actor may see it, may do this, and saw the latest of it.</summary>
    public static async Task<Result<IncidentRecord>> OpenAsync(UnitOfWork tx, string code, int? expectedVersion, Act act, Actor actor)
    {
        if (await IncidentStore.LoadVisibleAsync(tx, actor, code) is not { } record) return Refusal.NotFound("The incident");
        if (AccessTable.Deny(actor, act, RelationOf(actor, record.State)) is { } denied) return denied;
        if (expectedVersion is { } expected && expected != record.State.Version)
            return Refusal.Stale(
                $"{record.State.Code} was changed by {record.ChangedBy} since you read it: {record.ChangedWhat}. Your change was not "
                    + $"saved. Load the current version, then try again.", [record.ChangedWhat]);
        return record;
    }

    /// <summary>Decides, saves and tells, and runs the pause policy where links, SEV or cycle changed.</summary>
    public async Task<Result<IncidentState>> ApplyAsync(UnitOfWork tx, IncidentRecord record, IncidentCommand command, Actor actor)
    {
        var before = record.State;
        var outcome = IncidentRules.Decide(before, command, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        if (events.Count == 0) return before;

        if (!await IncidentStore.SaveAsync(tx, before, next, record.LastUpdateAt, await UpdateDueAsync(tx, next, record.LastUpdateAt),
            actor, IncidentTelling.Summary(events)))
            throw new ConcurrencyConflictException(before.Code);
        await TellAsync(tx, next, events, actor);
        await TellAdviceAsync(tx, before, next);
        if (events.Any(PausePolicy.Concerns)) await pauses.RunAsync(tx, before, next, events, record.LastUpdateAt, actor);
        return next;
    }

    /// <summary>Timeline, audit and live pages.</summary>
    public static async Task TellAsync(UnitOfWork tx, IncidentState state, IReadOnlyList<DomainEvent> events, Actor actor)
    {
        foreach (var happened in events.OfType<IncidentEvent>())
        {
            await TimelineWriter.AppendAsync(tx, actor, IncidentTelling.Tell(state.Id, happened, tx.Now));
        }
        var first = events[0];
        await AuditWriter.AppendAsync(tx, actor, IncidentTelling.Act(first), $"incident {state.Code}",
            new { state.Version, Changes = events.Cast<object>() });
        tx.Touch("incidents", $"incident:{state.Id}");
    }

    /// <summary>
    /// The severity advice, whenever a change of scope or an assessment changed it: so that it is kept what it said when the level was
    /// chosen.
    /// </summary>
    public static async Task TellAdviceAsync(UnitOfWork tx, IncidentState? before, IncidentState state)
    {
        if (SeverityAdvice.Of(state) is not { } advice || (before is not null && advice == SeverityAdvice.Of(before))) return;
        await TimelineWriter.AppendAsync(tx, Actor.System, new()
        {
            IncidentId = state.Id,
            Kind = "advice",
            HappenedAt = tx.Now,
            Title = $"Severity advice: {advice.Suggests.Label()}",
            Body = $"ENISA {SeverityAdvice.Describe(advice)}.",
            Data = new { score = advice.Se, advice.Dpc, advice.Ei, advice.Cb, suggests = (int)advice.Suggests },
        });
    }

    /// <summary>When the next update is due by the policy that the cycle is judged by; null once it is resolved.</summary>
    public async Task<DateTimeOffset?> UpdateDueAsync(UnitOfWork tx, IncidentState state, DateTimeOffset? lastUpdateAt) =>
        ClockPlan.NextUpdate((await policies.VersionAsync(tx, state.Current.PolicyVersion))[state.Sev], state.Status,
            state.Current.Opened, lastUpdateAt);

    public static Relation RelationOf(Actor actor, IncidentState state)
    {
        if (actor.Kind != ActorKind.Person || !state.People.Any(p => p.PersonId == actor.Id)) return Relation.None;
        return state.CommanderId == actor.Id ? Relation.Commander | Relation.Named : Relation.Named;
    }
}
