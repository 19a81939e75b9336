using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Incidents in the database. A save writes what differs between two states, and nothing where the version has moved on.</summary>
internal static class IncidentStore
{
    private const int MaxWhat = 400;

    /// <summary>
    /// The incident that the viewer may see under this code, or null: the same for what is not there and what is not for them.
    /// </summary>
    public static async Task<IncidentRecord?> LoadVisibleAsync(ISql sql, Actor viewer, string code) =>
        IncidentCode.TryNormalise(code, out var known) ? await FillAsync(
            sql, await sql.FirstOrDefaultAsync<IncidentRow>("Incident_FindVisible", Visibility.Of(viewer, new { Code = known }))) : null;

    public static async Task<IncidentRecord?> LoadAsync(ISql sql, Guid id) =>
        await FillAsync(sql, await sql.FirstOrDefaultAsync<IncidentRow>("Incident_Find", new { Id = id }));

    private static async Task<IncidentRecord?> FillAsync(ISql sql, IncidentRow? row)
    {
        if (row is null) return null;
        var of = new { row.Id };
        var state = new IncidentState
        {
            Id = row.Id,
            Code = row.Code,
            Title = row.Title,
            Summary = row.Summary,
            Sev = (Sev)row.Sev,
            Status = Enum.Parse<IncidentStatus>(row.Status),
            Confidentiality = Enum.Parse<Confidentiality>(row.Confidentiality),
            MergedIntoId = row.MergedIntoId,
            Version = row.Version,
            Moments = new OnceMoments
            {
                ExposureStarted = row.ExposureStartedAt,
                Detected = row.DetectedAt,
                Flagged = row.FlaggedAt,
                Acknowledged = row.AcknowledgedAt,
                Declared = row.DeclaredAt,
                Closed = row.ClosedAt,
            },
            Cycles = [.. (await sql.QueryAsync<CycleRow>("IncidentCycle_List", of)).Select(r => r.ToCycle())],
            SevChanges = [.. (await sql.QueryAsync<SevChangeRow>("IncidentSevChange_List", of)).Select(r => r.ToChange())],
            Assessments = [.. (await sql.QueryAsync<AssessmentRow>("IncidentAssessment_List", of)).Select(r => r.ToAssessment())],
            People = [.. (await sql.QueryAsync<PersonRow>("IncidentPerson_List", of)).Select(r => r.ToHolder())],
            Exposures = [.. (await sql.QueryAsync<ExposureRow>("Exposure_List", of)).Select(r => r.ToExposure())],
            Involvements = [.. (await sql.QueryAsync<InvolvementRow>("IncidentProgram_List", of)).Select(r => r.ToInvolvement())],
        };
        return new()
        {
            State = state,
            DeclaredSev = (Sev)row.DeclaredSev,
            FlagId = row.FlagId,
            LastUpdateAt = row.LastUpdateAt,
            UpdateDueAt = row.UpdateDueAt,
            ChangedAt = row.ChangedAt,
            ChangedBy = row.ChangedBy,
            ChangedWhat = row.ChangedWhat,
        };
    }

    /// <param name="number">Of an open incident; null for a restricted one.</param>
    public static async Task InsertAsync(UnitOfWork tx, IncidentState state, int? number, Guid? flagId,
        DateTimeOffset? updateDueAt, Actor actor)
    {
        await tx.ExecuteAsync("Incident_Insert", Row(state, null, updateDueAt, tx.Now, actor, "declared", 0, number, flagId));
        await tx.ExecuteAsync("IncidentCycle_Insert", state.Cycles.Select(c => CycleArgs(state.Id, c)));
        if (state.People.Count > 0) await tx.ExecuteAsync("IncidentPerson_Insert", state.People.Select(p => PersonArgs(state.Id, p)));
        if (state.Exposures.Count > 0)
            await tx.ExecuteAsync("Exposure_Insert", state.Exposures.Select((e, i) => ExposureArgs(state.Id, e, i)));
        if (state.Involvements.Count > 0)
            await tx.ExecuteAsync("IncidentProgram_Insert", state.Involvements.Select((l, i) => InvolvementArgs(state.Id, l, i)));
        await InsertWordsAsync(tx, state);
    }

    /// <summary>Writes a cycle over what was read of it.</summary>
    public static async Task SaveCycleAsync(UnitOfWork tx, Guid incident, Cycle was, Cycle next)
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

    /// <summary>Writes what changed. False: somebody else was faster, and nothing was written.</summary>
    public static async Task<bool> SaveAsync(UnitOfWork tx, IncidentState before, IncidentState after, DateTimeOffset? lastUpdateAt,
        DateTimeOffset? updateDueAt, Actor actor, string what)
    {
        if (await tx.ExecuteAsync("Incident_Update", Row(after, lastUpdateAt, updateDueAt, tx.Now, actor, what, before.Version, null,
            null)) == 0) return false;

        foreach (var cycle in after.Cycles)
        {
            var old = before.Cycles.FirstOrDefault(c => c.Number == cycle.Number);
            if (old is null) await tx.ExecuteAsync("IncidentCycle_Insert", CycleArgs(after.Id, cycle));
            else if (old != cycle) await SaveCycleAsync(tx, after.Id, old, cycle);
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
        foreach (var gone in before.People.Where(p => !Has(after, p)))
            await tx.ExecuteAsync("IncidentPerson_Delete", PersonArgs(after.Id, gone));
        foreach (var added in after.People.Where(p => !Has(before, p)))
            await tx.ExecuteAsync("IncidentPerson_Insert", PersonArgs(after.Id, added));
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
        if (!Words(before).SetEquals(Words(after)))
        {
            await tx.ExecuteAsync("IncidentWord_Delete", new { IncidentId = after.Id });
            await InsertWordsAsync(tx, after);
        }
        return true;
    }

    private static bool Has(IncidentState state, RoleHolder holder) =>
        state.People.Any(p => p.Role == holder.Role && p.PersonId == holder.PersonId);

    private static HashSet<string> Words(IncidentState state) =>
        SearchWords.Of(state.Code, state.Title, string.Join(' ', state.Involvements.Where(i => i.IsActive).Select(i => i.ProgramCode)),
            state.Summary);

    private static Task InsertWordsAsync(UnitOfWork tx, IncidentState state) =>
        tx.ExecuteAsync("IncidentWord_Insert", new { IncidentId = state.Id, Words = JsonSerializer.Serialize(Words(state)) });

    private static object Row(
        IncidentState s, DateTimeOffset? lastUpdateAt, DateTimeOffset? updateDueAt, DateTimeOffset now, Actor actor, string what,
            int expectedVersion, int? number, Guid? flagId) => new
            {
                s.Id,
                s.Code,
                Number = number,
                s.Title,
                s.Summary,
                Sev = (int)s.Sev,
                Status = s.Status.ToString(),
                s.IsOpen,
                Confidentiality = s.Confidentiality.ToString(),
                s.MergedIntoId,
                FlagId = flagId,
                Cycle = s.Current.Number,
                Programs =
            string.Join(' ', s.Involvements.Where(i => i.IsActive).Select(i => i.ProgramCode)),
                ExposureStartedAt = s.Moments.ExposureStarted,
                DetectedAt = s.Moments.Detected,
                FlaggedAt = s.Moments.Flagged,
                AcknowledgedAt = s.Moments.Acknowledged,
                DeclaredAt = s.Moments.Declared,
                ClosedAt = s.Moments.Closed,
                LastUpdateAt = lastUpdateAt,
                UpdateDueAt = updateDueAt,
                s.Version,
                ChangedAt = now,
                ChangedBy = actor.Name,
                ChangedWhat = what.Length <= MaxWhat
            ? what : what[..(MaxWhat - 1)] + "…",
                ExpectedVersion = expectedVersion,
            };

    private static object CycleArgs(Guid incident, Cycle c) => new
    {
        IncidentId = incident,
        c.Number,
        c.PolicyVersion,
        c.Reason,
        OpenedAt = c.Opened,
        PauseOrderedAt = c.PauseOrdered,
        CollectionStoppedAt = c.CollectionStopped,
        ContainedAt = c.Contained,
        ResolvedAt = c.Resolved,
    };

    private static object AssessmentArgs(Guid incident, SeverityAssessment a, int ordinal) => new
    {
        IncidentId = incident,
        Ordinal = ordinal,
        a.Cycle,
        Identifiability = a.Inputs.Identifiability?.ToString(),
        Confidentiality = a.Inputs.Confidentiality?.ToString(),
        Integrity = a.Inputs.Integrity.ToString(),
        Availability = a.Inputs.Availability.ToString(),
        a.Inputs.Malicious,
        a.Inputs.ContextAdjustment,
        a.Reason,
        AssessedAt = a.At,
        AssessedBy = a.By,
    };

    private static object PersonArgs(Guid incident, RoleHolder p) => new { IncidentId = incident, Role = p.Role.ToString(), p.PersonId };

    private static object InvolvementArgs(Guid incident, ProgramInvolvement l, int ordinal) =>
        new { IncidentId = incident, l.ProgramId, l.ProgramCode, Ordinal = ordinal, Kind = l.Kind.ToString(), l.Note, l.WithdrawnReason };

    private static object ExposureArgs(Guid incident, Exposure e, int ordinal) => new
    {
        e.Id,
        IncidentId = incident,
        e.DatasetId,
        e.DatasetName,
        Ordinal = ordinal,
        Categories = string.Join(' ', e.Categories),
        PromisedScope = e.Promised?.Scope.ToString(),
        PromisedName = e.Promised?.Name,
        ActualScope = e.Actual?.Scope.ToString(),
        ActualName = e.Actual?.Name,
        ExposedFrom = e.From,
        ExposedUntil = e.Until,
        Encrypted = e.Encrypted.ToString(),
        e.Records,
        e.Subjects,
        RecipientsKnown = e.RecipientsKnown.ToString(),
        EvidenceOfAccess = e.Evidence.ToString(),
        e.Note,
        e.WithdrawnReason,
    };
}
