using System.Text.Json;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>An acknowledgement with valid signatures.</summary>
internal sealed record StopCall(KnownCollector Collector, Guid ProgramId, StopClaims Claims, string Token, string Digest)
{
    /// <summary>One acknowledgement confirms all of these.</summary>
    public (Guid, Guid, long) Key => (Collector.Id, ProgramId, Claims.Epoch);
}

/// <summary>
/// Records acknowledgements that arrive together in one transaction: after a pause thousands arrive at once. Their receipts are prepared
/// and signed before it, outside of the writer; the transaction commits only if the data is still as it was read.
/// </summary>
internal sealed class StopBatcher : BackgroundService
{
    private const int MaxBatchSize = 256;
    private const int Attempts = 5;
    private readonly Db _db;
    private readonly StopProofs _proofs;
    private readonly StopPopulation _population;
    private readonly HubTokens _tokens;
    private readonly TimeProvider _clock;
    private readonly RequestBatcher<StopCall, Result<string>> _batcher;

    public StopBatcher(Db db, StopProofs proofs, StopPopulation population, HubTokens tokens, TimeProvider clock)
    {
        (_db, _proofs, _population, _tokens, _clock) = (db, proofs, population, tokens, clock);
        _batcher = new(MaxBatchSize, RecordAsync);
    }

    /// <summary>The receipt, once it is durable.</summary>
    public Task<Result<string>> TakeAsync(StopCall call, CancellationToken ct) => _batcher.SendAsync(call, ct);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _batcher.RunAsync(stoppingToken);

    private async Task<IReadOnlyList<Result<string>>> RecordAsync(IReadOnlyList<StopCall> calls)
    {
        // The pauses that they acknowledge were announced before they were sent: no pause that they could confirm can begin after this.
        await _population.CountedAsync([.. calls.Select(a => a.ProgramId).Distinct()]);
        for (var attempt = 1; ; attempt++)
        {
            var judged = await _db.ReadAsync(sql => JudgeAsync(sql, calls));
            if (judged.Receipts.Count == 0 || (await _db.WriteAsync<Done>(tx => WriteAsync(tx, judged))).IsOk) return judged.Results;
            if (attempt == Attempts) throw new InvalidOperationException("The switch kept changing while acknowledgements were recorded.");
        }
    }

    private async Task<JudgedStops> JudgeAsync(ISql sql, IReadOnlyList<StopCall> calls)
    {
        var results = new Result<string>[calls.Count];
        var taken = (await sql.QueryAsync<TakenRow>("StopAck_Taken", new { Rows = Keys(calls) }))
            .ToDictionary(t => (t.CollectorId, t.ProgramId, t.Epoch));
        var epochs = await EpochsAsync(sql, calls);
        var fresh = new Dictionary<(Guid, Guid, long), int>();
        for (var n = 0; n < calls.Count; n++)
        {
            var call = calls[n];
            if (taken.TryGetValue(call.Key, out var before)) results[n] = before.Digest == call.Digest ? before.Receipt : Taken;
            else if (call.Claims.Epoch > epochs.GetValueOrDefault(call.ProgramId, 1) || call.Claims.PermitEpoch >= call.Claims.Epoch)
                results[n] = Refusal.NotAllowed("other_epoch", "That permit cannot support a stop of that epoch.");
            else fresh.TryAdd(call.Key, n);
        }
        var first = fresh.Values.ToList();
        var stops = first.ConvertAll(n => calls[n]).ConvertAll(a =>
            new ConfirmedStop(a.Collector.Id, a.ProgramId, a.Claims.Epoch, a.Claims.LastCollected - a.Claims.PermitLife, a.Digest));
        var waiting = await StopProofs.WaitingAsync(sql, stops);
        var receipts = new List<SignedReceipt>(first.Count);
        for (var i = 0; i < first.Count; i++)
        {
            var (n, call) = (first[i], calls[first[i]]);
            var pauses = waiting[i].Select(w => w.PauseId).ToList();
            // An older epoch is accepted only where a pause of that epoch still waits for it; otherwise it is a replay.
            if (pauses.Count == 0 && call.Claims.Epoch != epochs.GetValueOrDefault(call.ProgramId, 1))
            {
                results[n] = Refusal.NotAllowed("other_epoch", "This collector is not pending for any pause of that epoch.");
                continue;
            }
            var receipt = _tokens.Sign(TokenTypes.Receipt, w => Write(w, call, pauses, _clock.GetUtcNow()));
            results[n] = receipt;
            receipts.Add(new(call, pauses, receipt));
        }
        // The same acknowledgement twice in one batch: the same result as for a repeated one.
        for (var n = 0; n < calls.Count; n++)
        {
            if (results[n] is not null) continue;
            var same = fresh[calls[n].Key];
            results[n] = calls[same].Digest == calls[n].Digest ? results[same] : Taken;
        }
        return new(results, receipts, epochs, stops, waiting);
    }

    private async Task<Result<Done>> WriteAsync(UnitOfWork tx, JudgedStops judged)
    {
        var epochs = await EpochsAsync(tx, judged.Receipts.Select(r => r.Call));
        if (epochs.Any(e => judged.Epochs.GetValueOrDefault(e.Key, 1) != e.Value) || !await _proofs.ConfirmAsync(
            tx, judged.Stops, judged.Waiting))
            return Refusal.Stale("The switch changed.");
        await tx.ExecuteAsync("StopAck_Insert", new { Rows = JsonSerializer.Serialize(judged.Receipts.Select(Row)), tx.Now });
        foreach (var r in judged.Receipts)
            await tx.RecordAsync(r.Call.Collector.Actor, ProtocolHistory.StopAcknowledged(r.Call, r.Pauses));
        return default(Done);
    }

    private static async Task<IReadOnlyDictionary<Guid, long>> EpochsAsync(ISql sql, IEnumerable<StopCall> calls) =>
        (await ProgramSwitch.EpochsAsync(sql, [.. calls.Select(a => a.ProgramId).Distinct()])).ToDictionary(e => e.ProgramId, e => e.Epoch);

    private static readonly Refusal Taken = Refusal.NotAllowed(
        "already_taken", "An acknowledgement of this epoch was received already. The first one counts.");

    private static string Keys(IEnumerable<StopCall> calls) =>
        JsonSerializer.Serialize(calls.Select(a => new { c = a.Collector.Id, p = a.ProgramId, e = a.Claims.Epoch }));

    private static object Row(SignedReceipt r) =>
        new { d = r.Call.Digest, c = r.Call.Collector.Id, p = r.Call.ProgramId, e = r.Call.Claims.Epoch, t = r.Call.Token, r = r.Receipt };

    private static void Write(Utf8JsonWriter w, StopCall call, IReadOnlyList<Guid> pauses, DateTimeOffset now)
    {
        w.WriteString("sub", call.Collector.Id.ToString());
        w.WriteString("aud", call.Claims.ProgramCode);
        w.WriteNumber("epoch", call.Claims.Epoch);
        w.WriteString("ackSha256", call.Digest);
        w.WriteString("receivedAt", now);
        w.WriteStartArray("pauseIds");
        foreach (var pause in pauses) w.WriteStringValue(pause.ToString());
        w.WriteEndArray();
    }

    private sealed record SignedReceipt(StopCall Call, IReadOnlyList<Guid> Pauses, string Receipt);

    /// <summary>The prepared results of a batch, and the data that they are based on.</summary>
    /// <param name="Receipts">Receipts that are recorded now; the other results require no write.</param>
    private sealed record JudgedStops(
        IReadOnlyList<Result<string>> Results, List<SignedReceipt> Receipts, IReadOnlyDictionary<Guid, long> Epochs,
        IReadOnlyList<ConfirmedStop> Stops, ILookup<int, WaitingStop> Waiting);

    private sealed record TakenRow
    {
        public required string Digest { get; init; }
        public required Guid CollectorId { get; init; }
        public required Guid ProgramId { get; init; }
        public required long Epoch { get; init; }
        public required string Receipt { get; init; }
    }
}
