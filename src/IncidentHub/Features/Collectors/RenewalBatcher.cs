using System.Text.Json;
using System.Threading.Channels;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Collectors;

/// <summary>One collector's renewal for one of its programs.</summary>
internal sealed record RenewalAsk(KnownCollector Collector, Guid ProgramId, Enrolment Enrolment, long EpochSeen, long LastSequence);

/// <summary>What was recorded, and may now be signed and sent.</summary>
/// <param name="Permit">Null where nothing may be collected.</param>
internal sealed record Renewal(RenewalAsk Ask, SwitchSnapshot Switch, GrantedPermit? Permit);

internal sealed record GrantedPermit(string Jti, DateTimeOffset Iat, DateTimeOffset Exp, IReadOnlyList<string> Categories);

/// <summary>
/// Renewals that arrive together share one transaction: one update of each program's switch, one of the lease rows. A permit leaves only after the commit,
/// and only if the program's epoch was still the one that it was judged by: a pause that committed before is never overtaken.
/// </summary>
internal sealed class RenewalBatcher(Db db, SwitchSnapshots snapshots) : BackgroundService
{
    private const int MostTogether = 512;
    private const int Attempts = 5;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(20_000);

    private sealed record Waiting(IReadOnlyList<RenewalAsk> Asks, TaskCompletionSource<IReadOnlyList<Renewal>> Done);

    /// <summary>Records renewals of one collector's programs; answers after they are durable.</summary>
    public async Task<IReadOnlyList<Renewal>> RenewAsync(IReadOnlyList<RenewalAsk> asks, CancellationToken ct)
    {
        var waiting = new Waiting(asks, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(waiting, ct);
        return await waiting.Done.Task.WaitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(MostTogether);
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MostTogether && _queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            try
            {
                var renewals = await RecordAsync(batch.SelectMany(w => w.Asks).ToList());
                var at = 0;
                foreach (var waiting in batch)
                {
                    waiting.Done.TrySetResult(renewals.GetRange(at, waiting.Asks.Count));
                    at += waiting.Asks.Count;
                }
            }
            catch (Exception e)
            {
                foreach (var waiting in batch) waiting.Done.TrySetException(e);
            }
            batch.Clear();
        }
    }

    private async Task<List<Renewal>> RecordAsync(List<RenewalAsk> asks)
    {
        for (var attempt = 1; ; attempt++)
        {
            var switches = new Dictionary<Guid, SwitchSnapshot>();
            foreach (var ask in asks)
            {
                if (!switches.ContainsKey(ask.ProgramId)) switches[ask.ProgramId] = await snapshots.GetAsync(ask.ProgramId);
            }
            var stale = new List<Guid>();
            var written = await db.WriteAsync<List<Renewal>>(tx => WriteAsync(tx, asks, switches, stale));
            if (written.IsOk) return written.Value;
            foreach (var programId in stale) snapshots.Drop(programId);
            if (attempt == Attempts) throw new InvalidOperationException("The epoch kept changing while permits were renewed.");
        }
    }

    private static async Task<Result<List<Renewal>>> WriteAsync(UnitOfWork tx, List<RenewalAsk> asks, Dictionary<Guid, SwitchSnapshot> switches, List<Guid> stale)
    {
        var renewals = asks.ConvertAll(ask => Judge(ask, switches[ask.ProgramId], tx.Now));
        foreach (var program in renewals.GroupBy(r => r.Ask.ProgramId))
        {
            var epoch = switches[program.Key].Epoch;
            var exp = program.Max(r => r.Permit?.Exp);
            var current = exp is { } until ? await ProgramSwitch.RenewAsync(tx, program.Key, epoch, until) : await ProgramSwitch.EpochAsync(tx, program.Key) == epoch;
            if (!current) stale.Add(program.Key);
        }
        if (stale.Count > 0) return Refusal.Stale("The epoch changed.");
        await tx.ExecuteAsync("CollectorProgram_Renew", new { Rows = JsonSerializer.Serialize(renewals.Select(Row)), tx.Now });
        return renewals;
    }

    private static Renewal Judge(RenewalAsk ask, SwitchSnapshot at, DateTimeOffset now)
    {
        var allowed = at.Allowed(ask.Enrolment, ask.Collector.Bucket);
        if (allowed.Count == 0) return new(ask, at, null);
        var (iat, exp) = Guarantee.PermitTimes(now, at.Program.Ttl);
        return new(ask, at, new GrantedPermit(Guid.CreateVersion7(now).ToString("N"), iat, exp, allowed));
    }

    private static object Row(Renewal r) => new
    {
        c = r.Ask.Collector.Id, p = r.Ask.ProgramId, jti = r.Permit?.Jti,
        iat = r.Permit is null ? null : DapperSetup.TimeText(r.Permit.Iat), exp = r.Permit is null ? null : DapperSetup.TimeText(r.Permit.Exp),
        epoch = r.Switch.Epoch, permitted = r.Permit is null ? null : Names.Join(r.Permit.Categories), seen = r.Ask.EpochSeen, seq = r.Ask.LastSequence,
    };
}
