using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Pauses;

/// <summary>A pause with its program, its stop and the visible part of its cause.</summary>
internal sealed record StopPage(PauseFacts Pause, ProgramFacts Program, PauseWhy Why, StopCounts Counts, StopShape Shape,
    IReadOnlyList<PendingCollectorRow>? PendingCollectors);

/// <summary>The queries of pauses for the API and the pages.</summary>
internal sealed class PauseQueries(Db db, ProgramReader programs, PauseCauses causes, StopPopulation population)
{
    private const int MaxPendingCollectors = 100;
    private const int CurvePoints = 120;

    public Task<Result<Page<PauseView>>> OfProgramAsync(string code, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default) =>
        db.ReadAsync<Result<Page<PauseView>>>(
            async sql =>
            {
                if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
                if (await programs.FindByCodeAsync(sql, code) is not { } program) return Refusal.NotFound("The program");
                var before = Cursor.DecodeTimeAndId("pauses", cursor);
                if (before.Refusal is { } bad) return bad;
                var size = Cursor.Limit(limit);
                if (size.Refusal is { } wrong) return wrong;
                var rows = await ExistingAsync(sql, program, before.Value, size.Value + 1, viewer);
                var why = await causes.OfAsync(sql, rows.Select(p => p.State), viewer);
                var expired = await StopStore.ExpiredAsync(sql, rows.Select(p => p.Id));
                return Page<PauseFacts>.Of(rows, size.Value, "pauses", p => [p.State.Placed.At, p.Id])
                    .Map(p => PauseView.Of(p, program.Code, why(p.State), expired.TryGetValue(p.Id, out var at) ? at : null));
            },
            ct);

    /// <summary>A pause without the progress of its stop, so that the command's response does not wait for the counts.</summary>
    public Task<Result<StopReportView>> OrderedAsync(Guid pauseId, Actor viewer, CancellationToken ct = default) =>
        db.ReadAsync<Result<StopReportView>>(
        async sql =>
        {
            if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
            if (await FindAsync(sql, pauseId, viewer) is not var (pause, program, why)) return Refusal.NotFound("The pause");
            return StopReportView.Uncounted(PauseView.Of(pause, program.Code, why, null));
        },
        ct);

    /// <summary>The stop report. Collectors are named only for viewers who may see them.</summary>
    public async Task<Result<StopPage>> StopAsync(Guid pauseId, Actor viewer, CancellationToken ct = default)
    {
        while (true)
        {
            var page = await db.ReadAsync(sql => StopAsync(sql, pauseId, viewer), ct);
            if (!page.IsOk || !page.Value.Pause.IsPopulationPending) return page;
            await population.CountedAsync([page.Value.Program.Id], ct);
        }
    }

    /// <summary>
    /// A page of the collectors of a pause without a proof yet. They identify people at work: visible to the owner's operators only.
    /// </summary>
    public Task<Result<Page<PendingCollector>>> PendingAsync(
        Guid pauseId, string? cursor, int limit, Actor viewer, CancellationToken ct = default) =>
        db.ReadAsync<Result<Page<PendingCollector>>>(
        async sql =>
        {
            if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } blind) return blind;
            if (await PauseStore.FindAsync(sql, pauseId) is not { Status: PauseStatus.Active } pause) return Refusal.NotFound("The pause");
            var program = await programs.FindAsync(sql, pause.ProgramId)
                ?? throw new InvalidOperationException("The pause's program does not exist.");
            if (AccessTable.Deny(viewer, Act.ReadCollectors, program.Relation(viewer)) is { } denied) return denied;
            var after = Cursor.DecodeTimeAndId("pending-collectors", cursor);
            if (after.Refusal is { } bad) return bad;
            return (await StopStore.ListPendingPageAsync(sql, pauseId, after.Value, limit)).Map(o => o.ToView(pause));
        },
        ct);

    /// <summary>A pause that exists for the viewer, or null.</summary>
    private async Task<(PauseFacts Pause, ProgramFacts Program, PauseWhy Why)?> FindAsync(ISql sql, Guid pauseId, Actor viewer)
    {
        if (await PauseStore.FindAsync(sql, pauseId) is not { } pause) return null;
        var program = await programs.FindAsync(sql, pause.ProgramId)
            ?? throw new InvalidOperationException("The pause's program does not exist.");
        var why = (await causes.OfAsync(sql, [pause.State], viewer))(pause.State);
        return why.Exists(pause.State, viewer, program.Relation(viewer)) ? (pause, program, why) : null;
    }

    // Pauses that do not exist for the viewer leave no gap: further rows are read until the page is full.
    private async Task<IReadOnlyList<PauseFacts>> ExistingAsync(
        ISql sql, ProgramFacts program, (DateTimeOffset At, Guid Id)? before, int limit, Actor viewer)
    {
        var shown = new List<PauseFacts>();
        while (true)
        {
            var rows = await PauseStore.OfProgramAsync(sql, program.Id, before, limit);
            var exists = await causes.ExistAsync(sql, rows.Select(p => p.State), program, viewer);
            shown.AddRange(rows.Where(p => exists(p.State)));
            if (rows.Count < limit || shown.Count >= limit) return shown.Count > limit ? shown[..limit] : shown;
            before = (rows[^1].State.Placed.At, rows[^1].Id);
        }
    }

    private async Task<Result<StopPage>> StopAsync(ISql sql, Guid pauseId, Actor viewer)
    {
        if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
        if (await FindAsync(sql, pauseId, viewer) is not var (pause, program, why)) return Refusal.NotFound("The pause");
        var counts = (await StopStore.CountsAsync(sql, [pauseId])).GetValueOrDefault(pauseId) ?? StopCounts.None(pauseId);
        pause = pause.AsOf(counts);
        var named = AccessTable.Allows(viewer, Act.ReadCollectors, program.Relation(viewer)) && pause.Status == PauseStatus.Active;
        var outstanding = named ? await StopStore.ListPendingAsync(sql, pauseId, MaxPendingCollectors) : null;
        return new StopPage(pause, program, why, counts, await StopStore.ShapeAsync(sql, pauseId, BucketMs(pause)), outstanding);
    }

    public static StopReportView ToView(StopPage page)
    {
        var fullStop = page.Pause.FullyStoppedAt;
        long total = 0;
        return StopReportView.Uncounted(PauseView.Of(page.Pause, page.Program.Code, page.Why, page.Shape.ExpiredAt)) with
        {
            Population = page.Counts.Population,
            Confirmed = page.Counts.Confirmed,
            Assured = page.Counts.Assured,
            Pending = page.Counts.Pending,
            Violating = page.Counts.Violating,
            Idle = page.Shape.Idle,
            Revoked = page.Shape.Revoked,
            FullStopAt = fullStop,
            TimeToFullStopSeconds = (fullStop - page.Pause.State.Activated?.At)?.TotalSeconds,
            Curve = [.. page.Shape.Curve.Select(c => new CurveView(c.After.TotalSeconds, total += c.Stopped))],
            PendingCollectors = page.PendingCollectors is null
                ? null : [
                .. page.PendingCollectors.Select(o =>
                new PendingCollectorView(o.InstanceName, o.HeardAt, o.PermitExp,
                o.ViolatedAt is null ? StopProof.Pending : StopProof.Violating))],
            RowsExpiredAt = page.Shape.ExpiredAt,
            ProofsSha256 = page.Shape.ProofsSha256,
        };
    }

    // The curve ends at the guaranteed stop time, in at most 120 steps of at least a tenth of a second.
    internal static int BucketMs(PauseFacts pause)
    {
        var span = pause.State.GuaranteedAt - pause.State.Activated?.At ?? TimeSpan.Zero;
        return Math.Max(100, (int)(span.TotalMilliseconds / CurvePoints));
    }
}
