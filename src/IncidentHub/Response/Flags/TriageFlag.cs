using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Flags;

/// <summary>Somebody has seen it.</summary>
internal sealed record Acknowledge(string Code, int? ExpectedVersion = null);

/// <summary>It is no incident, and why.</summary>
internal sealed record Dismiss(string Code, string Reason, int? ExpectedVersion = null);

/// <summary>It belongs to the incident with this code.</summary>
internal sealed record MergeInto(string Code, string IncidentCode, int? ExpectedVersion = null);

/// <summary>What triage does with a flag, but for declaring, which the incident's own act does.</summary>
internal sealed class TriageFlagHandler(Db db, FlagWriter writer, IncidentReader incidents)
{
    public Task<Result<FlagFacts>> HandleAsync(Acknowledge command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<FlagFacts>(tx => AcknowledgeAsync(tx, command, actor), ct: ct);

    /// <summary>The same in a transaction that is open.</summary>
    internal static Task<Result<FlagFacts>> AcknowledgeAsync(UnitOfWork tx, Acknowledge command, Actor actor) =>
        DecideAsync(tx, command.Code, command.ExpectedVersion, new AcknowledgeFlag(actor.Id), "flag.acknowledged",
            "acknowledged", actor);

    public Task<Result<FlagFacts>> HandleAsync(Dismiss command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<FlagFacts>(tx => DismissAsync(tx, command, actor), ct: ct);

    /// <summary>The same in a transaction that is open.</summary>
    internal static Task<Result<FlagFacts>> DismissAsync(UnitOfWork tx, Dismiss command, Actor actor) =>
        DecideAsync(tx, command.Code, command.ExpectedVersion, new DismissFlag(command.Reason, actor.Id), "flag.dismissed", "dismissed",
            actor);

    public Task<Result<FlagFacts>> HandleAsync(MergeInto command, Actor actor, CancellationToken ct = default) => db.WriteAsync<FlagFacts>(
        async tx =>
        {
            var (flag, refusal) = await OpenAsync(tx, command.Code, command.ExpectedVersion, actor);
            if (refusal is not null) return refusal;
            var incident = await incidents.FindVisibleAsync(tx, actor, command.IncidentCode);
            if (incident is null) return Refusal.Invalid("incident", "There is no such incident. Give its code, such as INC-12.");
            var merged = await writer.MarkMergedAsync(tx, flag!.State.Code, incident.Id, incident.Code, actor);
            if (!merged.IsOk) return merged;
            await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
            {
                IncidentId = incident.Id,
                Kind = "flagged",
                HappenedAt = flag.State.FlaggedAt,
                // What the reporter wrote stays with triage.
                Title = $"{flag.State.Code} merged into this incident",
            });
            return merged;
        },
        ct: ct);

    private static async Task<Result<FlagFacts>> DecideAsync(UnitOfWork tx, string code, int? expected, FlagCommand command, string act,
        string what, Actor actor)
    {
        var (flag, refusal) = await OpenAsync(tx, code, expected, actor);
        if (refusal is not null) return refusal;
        var outcome = FlagRules.Decide(flag!.State, command, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var next = outcome.Value.Next;
        if (!await FlagStore.UpdateAsync(tx, flag.State, next, actor.Name, what)) throw new ConcurrencyConflictException(next.Code);
        await AuditWriter.AppendAsync(tx, actor, act, $"flag {next.Code}", new { next.Status, next.Version, Reason = next.DismissReason });
        tx.Touch("flags", $"flag:{next.Id}");
        return (flag with { State = next }).ToFacts();
    }

    // To whoever may not see it, it is not there; its own reporter is told that this is not theirs to do.
    private static async Task<(FlagRecord? Flag, Refusal? Refusal)> OpenAsync(UnitOfWork tx, string code, int? expected, Actor actor)
    {
        var flag = await FlagStore.LoadAsync(tx, code);
        if (flag is null || !FlagActors.MaySee(flag.State, actor)) return (null, Refusal.NotFound("The flag"));
        return (flag, AccessTable.Deny(actor, Act.TriageFlag) ?? flag.LastChange.Stale(flag.State.Code, expected, flag.State.Version));
    }
}
