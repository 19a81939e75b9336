using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Incidents;

/// <summary>Refuses a redaction under a legal hold: of the thing itself, or of anything that has a copy.</summary>
internal sealed class RedactionHolds(IIncidentHolds holds, IEnumerable<ISharedThings> shared, IPurgeGuard guard)
{
    public async Task<Refusal?> OfTargetAsync(UnitOfWork tx, RedactionTarget target, Actor actor)
    {
        foreach (var id in target.Incidents)
        {
            if ((await holds.OfIncidentAsync(tx, id)).Any(h => h.Stands)) return Held("the incident");
        }
        return target is { Incidents.Count: 0, ProgramId: { } program } && await guard.FindHoldAsync(tx, actor, program) is not null
            ? Held("the program") : null;

        Refusal Held(string what) => Refusal.NotAllowed("legal_hold", $"A legal hold covers {what}: nothing of {target.Label} is removed. "
            + "Privacy and counsel release holds; redact afterwards.");
    }

    /// <summary>Copies may stand in what several incidents share, and in records of the audit log about several.</summary>
    public async Task<Refusal?> OfCopiesAsync(UnitOfWork tx, RedactionTarget target, IReadOnlyCollection<StoredRow> rows,
        IReadOnlyCollection<RecordedAct> acts)
    {
        HashSet<Guid> held = [.. target.Incidents, .. rows.Select(r => Guid.Parse(r.Key)), .. rows.SelectMany(r => r.Subjects),
            .. acts.SelectMany(a => a.Subjects)];
        foreach (var things in shared) held.UnionWith(await things.IncidentsOfAsync(tx, held));
        return !await holds.CoverAnyAsync(tx, held) ? null
            : Refusal.NotAllowed("legal_hold", $"A legal hold covers another incident, in whose records this text of {target.Label} "
                + "stands, too: nothing is removed. Privacy and counsel release holds; redact afterwards.");
    }
}
