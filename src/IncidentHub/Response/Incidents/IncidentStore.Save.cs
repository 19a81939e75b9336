using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentStore
{
    /// <param name="number">Of an open incident; null for a restricted one.</param>
    public static async Task InsertAsync(UnitOfWork tx, IncidentState state, int? number, Guid? flagId,
        DateTimeOffset? updateDueAt, Actor actor)
    {
        await tx.ExecuteAsync("Incident_Insert", Row(state, null, updateDueAt, ChangeNote.Of(tx.Now, actor.Name, "declared"), 0,
            number, flagId));
        await tx.ExecuteAsync("IncidentCycle_Insert", state.Cycles.Select(c => CycleArgs(state.Id, c)));
        if (state.AdviceHistory.Count > 0)
            await tx.ExecuteAsync("IncidentAdvice_Insert", state.AdviceHistory.Select((a, i) => AdviceArgs(state.Id, a, i)));
        if (state.People.Count > 0)
            await tx.ExecuteAsync("IncidentPerson_Insert", state.People.Select(p => PersonArgs(state.Id, p, tx.Now)));
        if (state.Exposures.Count > 0)
            await tx.ExecuteAsync("Exposure_Insert", state.Exposures.Select((e, i) => ExposureArgs(state.Id, e, i)));
        if (state.Involvements.Count > 0)
            await tx.ExecuteAsync("IncidentProgram_Insert", state.Involvements.Select((l, i) => InvolvementArgs(state.Id, l, i)));
        await InsertWordsAsync(tx, state);
        await RecordRevisionAsync(tx, state.Id, [.. state.Exposures.Select(e => e.Id), .. state.Involvements.Select(l => l.ProgramId)]);
    }

    /// <summary>Updates a cycle if it has not changed since it was read.</summary>
    public static async Task SaveCycleAsync(UnitOfWork tx, Guid incident, Cycle was, Cycle next)
    {
        await UpdateCycleAsync(tx, incident, was, next);
        await tx.ExecuteAsync("IncidentCycleRevision_Insert",
            new { IncidentId = incident, next.Number, RecordedAt = tx.Now, RevisionId = OrderedId.Next(tx.Now) });
    }

    private static async Task UpdateCycleAsync(UnitOfWork tx, Guid incident, Cycle was, Cycle next)
    {
        var saved = await tx.ExecuteAsync("IncidentCycle_Update", new
        {
            IncidentId = incident,
            next.Number,
            OpenedAt = next.Opened,
            PauseOrderedAt = next.PauseOrdered,
            CollectionStoppedAt = next.CollectionStopped,
            ContainedAt = next.Contained,
            ResolvedAt = next.Resolved,
            WasOpenedAt = was.Opened,
            WasPauseOrderedAt = was.PauseOrdered,
            WasCollectionStoppedAt = was.CollectionStopped,
            WasContainedAt = was.Contained,
            WasResolvedAt = was.Resolved,
        });
        if (saved == 0) throw new ConcurrencyConflictException($"Cycle {next.Number} of an incident");
    }

    /// <summary>Writes the differences. False: another change was saved first, and nothing was written.</summary>
    public static async Task<bool> SaveAsync(UnitOfWork tx, IncidentState before, IncidentState after, DateTimeOffset? lastUpdateAt,
        DateTimeOffset? updateDueAt, Actor actor, string what)
    {
        var row = Row(after, lastUpdateAt, updateDueAt, ChangeNote.Of(tx.Now, actor.Name, what), before.Version, null, null);
        if (await tx.ExecuteAsync("Incident_Update", row) == 0) return false;

        foreach (var cycle in after.Cycles)
        {
            var old = before.Cycles.FirstOrDefault(c => c.Number == cycle.Number);
            if (old is null) await tx.ExecuteAsync("IncidentCycle_Insert", CycleArgs(after.Id, cycle));
            else if (old != cycle) await UpdateCycleAsync(tx, after.Id, old, cycle);
        }
        for (var i = before.SevChanges.Count; i < after.SevChanges.Count; i++)
        {
            var c = after.SevChanges[i];
            await tx.ExecuteAsync("IncidentSevChange_Insert",
                new
                {
                    IncidentId = after.Id,
                    Ordinal = i,
                    c.Cycle,
                    FromSev = (int)c.From,
                    ToSev = (int)c.To,
                    c.Reason,
                    ChangedAt = c.At,
                    ChangedBy = c.By
                });
        }
        for (var i = before.Assessments.Count; i < after.Assessments.Count; i++)
            await tx.ExecuteAsync("IncidentAssessment_Insert", AssessmentArgs(after.Id, after.Assessments[i], i));
        for (var i = before.AdviceHistory.Count; i < after.AdviceHistory.Count; i++)
            await tx.ExecuteAsync("IncidentAdvice_Insert", AdviceArgs(after.Id, after.AdviceHistory[i], i));
        foreach (var gone in before.People.Where(p => !Has(after, p)))
            await tx.ExecuteAsync("IncidentPerson_Delete", PersonArgs(after.Id, gone, tx.Now));
        foreach (var added in after.People.Where(p => !Has(before, p)))
            await tx.ExecuteAsync("IncidentPerson_Insert", PersonArgs(after.Id, added, tx.Now));
        for (var i = 0; i < after.Exposures.Count; i++)
        {
            var old = before.Exposures.FirstOrDefault(e => e.Id == after.Exposures[i].Id);
            if (old != after.Exposures[i])
                await tx.ExecuteAsync(old is null ? "Exposure_Insert" : "Exposure_Update", ExposureArgs(after.Id, after.Exposures[i], i));
        }
        for (var i = 0; i < after.Involvements.Count; i++)
        {
            var old = before.Involvements.FirstOrDefault(l => l.ProgramId == after.Involvements[i].ProgramId);
            if (old != after.Involvements[i])
                await tx.ExecuteAsync(old is null ? "IncidentProgram_Insert" : "IncidentProgram_Update",
                InvolvementArgs(after.Id, after.Involvements[i], i));
        }
        for (var i = before.SetAside.Count; i < after.SetAside.Count; i++)
            await tx.ExecuteAsync("IncidentSetAside_Insert", SetAsideArgs(after.Id, after.SetAside[i], i));
        await RecordRevisionAsync(tx, after.Id, [.. after.Exposures.Except(before.Exposures).Select(e => e.Id),
            .. after.Involvements.Except(before.Involvements).Select(l => l.ProgramId)]);
        if (!Words(before).SetEquals(Words(after)))
        {
            await tx.ExecuteAsync("IncidentWord_Delete", new { IncidentId = after.Id });
            await InsertWordsAsync(tx, after);
        }
        return true;
    }
}
