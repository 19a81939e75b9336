using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Features.Pauses;

/// <summary>A pause with its program, its stop and what the viewer may know of its cause.</summary>
internal sealed record StopPage(PauseFacts Pause, ProgramFacts Program, PauseWhy Why, StopCounts Counts, StopShape Shape, IReadOnlyList<OutstandingRow>? Outstanding);

/// <summary>What the API and the pages ask about pauses.</summary>
internal sealed class PauseQueries(Db db, ProgramReader programs, PauseCauses causes)
{
    private const int MostOutstanding = 100;
    private const int CurvePoints = 120;

    public Task<Result<Page<PauseView>>> OfProgramAsync(string code, string? cursor, int? limit, Actor viewer, CancellationToken ct = default) =>
        db.ReadAsync<Result<Page<PauseView>>>(
            async sql =>
            {
                if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
                if (await programs.FindByCodeAsync(sql, code) is not { } program) return Refusal.NotFound("The program");
                var before = Cursor.DecodeTimeAndId(cursor);
                if (before.Refusal is { } bad) return bad;
                var size = Cursor.Limit(limit);
                if (size.Refusal is { } wrong) return wrong;
                var rows = await PauseStore.OfProgramAsync(sql, program.Id, before.Value, size.Value + 1);
                var why = await causes.OfAsync(sql, rows, viewer);
                var expired = await StopStore.ExpiredAsync(sql, rows.Select(p => p.Id));
                return Page<PauseFacts>.Of(rows, size.Value, p => [p.State.Placed.At, p.Id]).Map(p => PauseView.Of(p, program.Code, why(p), expired.TryGetValue(p.Id, out var at) ? at : null));
            },
            ct);

    /// <summary>The stop report. Collectors are named only for those who may see them.</summary>
    public Task<Result<StopPage>> StopAsync(Guid pauseId, Actor viewer, CancellationToken ct = default) => db.ReadAsync<Result<StopPage>>(
        async sql =>
        {
            if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
            if (await PauseStore.FindAsync(sql, pauseId) is not { } pause) return Refusal.NotFound("The pause");
            var program = await programs.FindAsync(sql, pause.ProgramId) ?? throw new InvalidOperationException("The pause's program does not exist.");
            var why = (await causes.OfAsync(sql, [pause], viewer))(pause);
            var counts = (await StopStore.CountsAsync(sql, [pauseId])).GetValueOrDefault(pauseId) ?? StopCounts.None(pauseId);
            var named = AccessTable.Allows(viewer, Act.ReadCollectors, program.Relation(viewer)) && pause.Status == PauseStatus.InForce;
            var outstanding = named ? await StopStore.OutstandingAsync(sql, pauseId, MostOutstanding) : null;
            return new StopPage(pause, program, why, counts, await StopStore.ShapeAsync(sql, pauseId, BucketMs(pause)), outstanding);
        },
        ct);

    public static StopReportView ToView(StopPage page)
    {
        var fullStop = page.Pause.FullyStoppedAt;
        long total = 0;
        return new(
            PauseView.Of(page.Pause, page.Program.Code, page.Why, page.Shape.ExpiredAt), page.Counts.Population, page.Counts.Confirmed, page.Counts.Assured, page.Counts.Pending, page.Counts.Violating,
            page.Shape.Idle, page.Shape.Revoked, page.Pause.State.GuaranteedAt, fullStop, (fullStop - page.Pause.State.InForce?.At)?.TotalSeconds,
            [.. page.Shape.Curve.Select(c => new CurveView(c.After.TotalSeconds, total += c.Stopped))],
            page.Outstanding is null ? null : [.. page.Outstanding.Select(o => new OutstandingView(o.InstanceName, o.HeardAt, o.PermitExp, o.ViolatedAt is null ? StopProof.Pending : StopProof.Violating))], page.Shape.ExpiredAt, page.Shape.ProofsSha256);
    }

    // The curve ends at the guarantee, in at most 120 steps of at least a tenth of a second.
    internal static int BucketMs(PauseFacts pause)
    {
        var span = pause.State.GuaranteedAt - pause.State.InForce?.At ?? TimeSpan.Zero;
        return Math.Max(100, (int)(span.TotalMilliseconds / CurvePoints));
    }
}
