using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Telemetry;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>One collector's renewal for one of its programs.</summary>
internal sealed record RenewalCall(KnownCollector Collector, Guid ProgramId, Enrolment Enrolment, long EpochSeen, long LastSequence);

/// <summary>A recorded renewal, which may now be signed and sent.</summary>
/// <param name="Permit">Null where nothing may be collected.</param>
internal sealed record Renewal(RenewalCall Call, SwitchSnapshot Switch, GrantedPermit? Permit);

internal sealed record GrantedPermit(string Jti, DateTimeOffset Iat, DateTimeOffset Exp, IReadOnlyList<string> Categories);

/// <summary>
/// Batches renewals that arrive together into one transaction: one update of each program's switch, one of the lease rows. A permit is sent
/// only after the commit, and only if the program's epoch was still the one under which it was evaluated: a pause that committed earlier is
/// never overtaken.
/// </summary>
internal sealed class RenewalBatcher : BackgroundService
{
    private const int MaxBatchSize = 512;
    private const int Attempts = 5;
    private readonly Db _db;
    private readonly SwitchSnapshots _snapshots;
    private readonly StopPopulation _population;
    private readonly CollectorsAhead _ahead;
    private readonly RequestBatcher<IReadOnlyList<RenewalCall>, IReadOnlyList<Renewal>> _batcher;

    public RenewalBatcher(Db db, SwitchSnapshots snapshots, StopPopulation population, CollectorsAhead ahead)
    {
        (_db, _snapshots, _population, _ahead) = (db, snapshots, population, ahead);
        _batcher = new(MaxBatchSize, RecordAsync);
    }

    /// <summary>Records renewals of one collector's programs; returns after they are durable.</summary>
    public Task<IReadOnlyList<Renewal>> RenewAsync(IReadOnlyList<RenewalCall> calls, CancellationToken ct) => _batcher.SendAsync(calls, ct);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _batcher.RunAsync(stoppingToken);

    private async Task<IReadOnlyList<IReadOnlyList<Renewal>>> RecordAsync(IReadOnlyList<IReadOnlyList<RenewalCall>> groups)
    {
        var renewals = await RecordAsync(groups.SelectMany(g => g).ToList());
        var at = 0;
        return [.. groups.Select(g => renewals.GetRange((at += g.Count) - g.Count, g.Count))];
    }

    private async Task<List<Renewal>> RecordAsync(List<RenewalCall> calls)
    {
        for (var attempt = 1; ; attempt++)
        {
            var switches = new Dictionary<Guid, SwitchSnapshot>();
            foreach (var call in calls)
            {
                if (!switches.ContainsKey(call.ProgramId)) switches[call.ProgramId] = await _snapshots.GetAsync(call.ProgramId);
            }
            if (switches.Values.Where(s => s.IsPopulationPending).Select(s => s.Program.Id).ToList() is { Count: > 0 } uncounted)
            {
                await _population.CountedAsync(uncounted);
                uncounted.ForEach(_snapshots.Drop);
            }
            var stale = new List<Guid>();
            var written = await _db.WriteAsync<List<Renewal>>(tx => WriteAsync(tx, calls, switches, stale));
            if (written.IsOk)
            {
                var granted = written.Value.Count(r => r.Permit is not null);
                HubMetrics.Renewed(granted, written.Value.Count - granted);
                return written.Value;
            }
            foreach (var programId in stale) _snapshots.Drop(programId);
            if (attempt == Attempts) throw new InvalidOperationException("The epoch kept changing while permits were renewed.");
        }
    }

    private async Task<Result<List<Renewal>>> WriteAsync(
        UnitOfWork tx, List<RenewalCall> calls, Dictionary<Guid, SwitchSnapshot> switches, List<Guid> stale)
    {
        var renewals = calls.ConvertAll(call => Judge(call, switches[call.ProgramId], tx.Now));
        foreach (var program in renewals.GroupBy(r => r.Call.ProgramId))
        {
            var epoch = switches[program.Key].Epoch;
            var exp = program.Max(r => r.Permit?.Exp);
            var current = exp is { } until
                ? await ProgramSwitch.RenewAsync(tx, program.Key, epoch, until) : await ProgramSwitch.EpochAsync(tx, program.Key) == epoch;
            if (!current) stale.Add(program.Key);
        }
        if (stale.Count > 0) return Refusal.Stale("The epoch changed.");
        await tx.ExecuteAsync("CollectorProgram_Renew", new { Rows = JsonSerializer.Serialize(renewals.Select(Row)), tx.Now });
        foreach (var programId in renewals.Where(r => EpochTrust.IsAhead(r.Call.EpochSeen, r.Switch.Epoch)).Select(r => r.Call.ProgramId)
            .Distinct()) _ahead.Seen(tx, programId);
        return renewals;
    }

    private static Renewal Judge(RenewalCall call, SwitchSnapshot at, DateTimeOffset now)
    {
        var allowed = at.Allowed(call.Enrolment, call.Collector.Bucket);
        if (allowed.Count == 0) return new(call, at, null);
        var (iat, exp) = Guarantee.PermitTimes(now, at.Program.Ttl);
        return new(call, at, new GrantedPermit(OrderedId.Next(now).ToString("N"), iat, exp, allowed));
    }

    private static object Row(Renewal r) => new
    {
        c = r.Call.Collector.Id,
        p = r.Call.ProgramId,
        jti = r.Permit?.Jti,
        iat = r.Permit is null ? null : DapperSetup.TimeText(r.Permit.Iat),
        exp = r.Permit is null
            ? null : DapperSetup.TimeText(r.Permit.Exp),
        epoch = r.Switch.Epoch,
        permitted = r.Permit is null ? null : Names.Join(r.Permit.Categories),
        seen = r.Call.EpochSeen,
        seq = r.Call.LastSequence,
    };
}
