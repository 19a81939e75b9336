using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

internal sealed partial class IncidentCommands
{
    /// <summary>
    /// Merges this incident into another, which keeps the links of both and the more severe level. Returns the other one.
    /// </summary>
    /// <param name="into">Code of the surviving incident.</param>
    public async Task<Result<IncidentRecord>> MergeAsync(string code, string into, string reason, int? expectedVersion, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<IncidentRecord>(
            async tx =>
            {
                var merged = await OpenAsync(tx, code, OfReaders, expectedVersion, actor);
                if (!merged.IsOk) return merged;
                if (await LoadAsync(tx, into, actor) is not { } survivor)
                    return Refusal.Invalid("into", "There is no such incident. Give its code, such as INC-123.");
                var gone = await ApplyAsync(tx, merged.Value, new IncidentCommand.MergeInto(survivor.State, reason), actor);
                if (!gone.IsOk) return gone;
                // The open pauses are moved before the policy runs for the surviving incident, so that it places no duplicates.
                await pauses.MoveAsync(tx, merged.Value.State, survivor.State);
                // Called explicitly, for the order of locks: pauses are written before decisions and legal holds everywhere.
                await tx.RaiseAsync(
                    new IncidentMergedInto(merged.Value.State.Id, merged.Value.State.Code, survivor.State.Id, survivor.State.Code), actor);
                return await ApplyAsync(tx, survivor, new IncidentCommand.Absorb(merged.Value.State), actor);
            },
            ct: ct);
    }
}
