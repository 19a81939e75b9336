using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>This incident is the same as another: that one goes on, with the links of both and the more severe level.</summary>
/// <param name="Into">Code of the incident that goes on.</param>
internal sealed record MergeIncident(string Code, string Into, string Reason, int? ExpectedVersion);

/// <summary>Answers the survivor.</summary>
internal sealed class MergeIncidentHandler(Db db, IncidentWork work, PausePolicy pauses)
{
    public Task<Result<IncidentChanged>> HandleAsync(MergeIncident c, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<IncidentChanged>(
        async tx =>
        {
            var merged = await IncidentWork.OpenAsync(tx, c.Code, c.ExpectedVersion, Act.ChangeIncident, actor);
            if (!merged.IsOk) return merged.Refusal!;
            if (await IncidentStore.LoadVisibleAsync(tx, actor, c.Into) is not { } survivor)
                return Refusal.Invalid("into", "There is no such incident. Give its code, such as INC-123.");
            var gone = await work.ApplyAsync(tx, merged.Value, new IncidentCommand.MergeInto(survivor.State, c.Reason), actor);
            if (!gone.IsOk) return gone.Refusal!;
            // The standing pauses follow before the survivor's policy runs, so that it finds them and places no second ones.
            await pauses.MoveAsync(tx, merged.Value.State, survivor.State, actor);
            var next = await work.ApplyAsync(tx, survivor, new IncidentCommand.Absorb(merged.Value.State), actor);
            return next.IsOk ? IncidentChanged.Of(next.Value) : next.Refusal!;
        },
        ct: ct);
}
