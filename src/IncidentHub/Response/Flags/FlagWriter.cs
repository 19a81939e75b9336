using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Flags;

/// <summary>Published writer: ends flags in incidents, in the transaction of the incident.</summary>
internal sealed class FlagWriter : IFlagDeclaration
{
    public async Task<Result<DeclaredFlag>> MarkDeclaredAsync(
        UnitOfWork tx, string flagCode, Guid incidentId, string incidentCode, Actor actor)
    {
        var ended = await EndAsync(
            tx, flagCode, new DeclareFromFlag(incidentId, incidentCode, actor.Id), "flag.declared", "declared as an incident",
                incidentCode, actor);
        return ended.IsOk
            ? new DeclaredFlag(ended.Value.Id, ended.Value.Code, ended.Value.FlaggedAt, ended.Value.AcknowledgedAt) : ended.Refusal!;
    }

    /// <summary>The flag belongs to an incident that exists already.</summary>
    public Task<Result<FlagFacts>> MarkMergedAsync(UnitOfWork tx, string flagCode, Guid incidentId, string incidentCode, Actor actor) =>
        EndAsync(tx, flagCode, new MergeFlag(incidentId, incidentCode, actor.Id), "flag.merged", "merged into an incident",
            incidentCode, actor);

    private static async Task<Result<FlagFacts>> EndAsync(UnitOfWork tx, string flagCode, FlagCommand command, string act, string what,
        string incidentCode, Actor actor)
    {
        var record = AccessTable.Allows(actor, Act.TriageFlag) ? await FlagStore.LoadAsync(tx, flagCode) : null;
        var outcome = FlagRules.Decide(record?.State, command, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var next = outcome.Value.Next;
        if (!await FlagStore.UpdateAsync(tx, record!.State, next, actor.Name, what)) throw new ConcurrencyConflictException(next.Code);
        await AuditWriter.AppendAsync(tx, actor, act, $"flag {next.Code}", new { Incident = incidentCode });
        tx.Touch("flags", $"flag:{next.Id}");
        return (record with { State = next }).ToFacts();
    }
}
