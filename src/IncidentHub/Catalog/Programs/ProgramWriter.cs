using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Options;

namespace IncidentHub.Catalog.Programs;

/// <summary>Published writer: what decisions and incidents do to programs, in their transaction. Who may is asked by the caller.</summary>
internal sealed class ProgramWriter(IOptions<SwitchLimits> limits)
{
    /// <summary>Ends the program for good. Only a final decision may ask for it.</summary>
    public async Task<Result<ProgramFacts>> TerminateAsync(UnitOfWork tx, Guid programId, string reason, Actor actor)
    {
        var record = await ProgramStore.LoadAsync(tx, programId);
        var outcome = ProgramRules.Decide(record?.State, new TerminateProgram(reason), tx.Now, limits.Value);
        if (outcome.Refusal is { } refused) return refused;
        var (before, next) = (record!.State, outcome.Value.Next);
        if (!await ProgramStore.UpdateAsync(tx, before, next, actor, "terminated")) throw new ConcurrencyConflictException(before.Code);
        await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
        {
            ProgramId = programId,
            Kind = "terminated",
            HappenedAt = tx.Now,
            Title = $"{before.Code} terminated permanently",
            Body = next.TerminationReason
        });
        await AuditWriter.AppendAsync(tx, actor, "program.terminated", $"program {before.Code}", new { next.TerminationReason });
        await tx.RaiseAsync(new ProgramScopeChanged(programId), actor);
        tx.Touch("programs", $"program:{programId}");
        return (record with { State = next }).ToFacts();
    }

    /// <summary>
    /// Marks safeguards as broken by an incident; those of other programs, or broken already, are passed over. Answers the promises that it
    /// broke.
    /// </summary>
    public async Task<IReadOnlyList<string>> BreakSafeguardsAsync(UnitOfWork tx, Guid programId, IReadOnlyCollection<Guid> safeguardIds,
        Guid incidentId, string incidentCode, Actor actor)
    {
        var broken = new List<string>();
        foreach (var safeguard in (await SafeguardStore.OfProgramAsync(tx, programId)).Select(s => s.State)
            .Where(s => safeguardIds.Contains(s.Id)))
        {
            if (SafeguardRules.Decide(safeguard, new BreakSafeguard(incidentId, incidentCode, actor.Id), tx.Now)
                is not { IsOk: true, Value: { Events.Count: > 0 } accepted }) continue;
            if (await SafeguardStore.UpdateAsync(tx, safeguard, accepted.Next)) broken.Add(safeguard.Text);
        }
        if (broken.Count == 0) return broken;
        var list = string.Join("; ", broken);
        // On the program's story without the incident's code: whether the reader may know of the incident is not decided here.
        await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
        {
            ProgramId = programId,
            Kind = "safeguard",
            HappenedAt = tx.Now,
            Title = broken.Count == 1 ? "Safeguard broken" : $"{broken.Count} safeguards broken",
            Body = list
        });
        await AuditWriter.AppendAsync(tx, actor, "safeguard.broken", $"incident {incidentCode}", new { Promises = broken });
        tx.Touch("programs", $"program:{programId}");
        return broken;
    }
}
