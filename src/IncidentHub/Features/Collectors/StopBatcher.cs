using System.Text.Json;
using IncidentHub.Features.Audit;
using IncidentHub.Features.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Collectors;

/// <summary>An acknowledgement whose signatures hold.</summary>
internal sealed record StopAsk(KnownCollector Collector, Guid ProgramId, StopClaims Claims, string Token, string Digest)
{
    /// <summary>One acknowledgement counts for each.</summary>
    public (Guid, Guid, long) Key => (Collector.Id, ProgramId, Claims.Epoch);
}

/// <summary>Records acknowledgements that arrive together in one transaction: after a pause thousands come at once. Signatures were verified before, off the writer.</summary>
internal sealed class StopBatcher : BackgroundService
{
    // Each is signed for while the writer is held, 20 µs: together well under the 20 ms that anybody may hold it.
    private const int MostTogether = 256;
    private readonly Db _db;
    private readonly StopProofs _proofs;
    private readonly HubTokens _tokens;
    private readonly Together<StopAsk, Result<string>> _together;

    public StopBatcher(Db db, StopProofs proofs, HubTokens tokens)
    {
        (_db, _proofs, _tokens) = (db, proofs, tokens);
        _together = new(MostTogether, RecordAsync);
    }

    /// <summary>The receipt, after it is durable.</summary>
    public Task<Result<string>> TakeAsync(StopAsk ask, CancellationToken ct) => _together.AskAsync(ask, ct);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _together.RunAsync(stoppingToken);

    private async Task<IReadOnlyList<Result<string>>> RecordAsync(IReadOnlyList<StopAsk> asks) =>
        (await _db.WriteAsync<IReadOnlyList<Result<string>>>(async tx => await WriteAsync(tx, asks))).Value;

    private async Task<Result<string>[]> WriteAsync(UnitOfWork tx, IReadOnlyList<StopAsk> asks)
    {
        var answers = new Result<string>[asks.Count];
        var taken = (await tx.QueryAsync<TakenRow>("StopAck_Taken", new { Rows = Keys(asks) })).ToDictionary(t => (t.CollectorId, t.ProgramId, t.Epoch));
        var epochs = (await ProgramSwitch.EpochsAsync(tx, [.. asks.Select(a => a.ProgramId).Distinct()])).ToDictionary(e => e.ProgramId, e => e.Epoch);
        var fresh = new Dictionary<(Guid, Guid, long), int>();
        for (var n = 0; n < asks.Count; n++)
        {
            var ask = asks[n];
            if (taken.TryGetValue(ask.Key, out var before)) answers[n] = before.Digest == ask.Digest ? before.Receipt : Taken;
            else if (ask.Claims.Epoch > epochs.GetValueOrDefault(ask.ProgramId, 1) || ask.Claims.PermitEpoch >= ask.Claims.Epoch)
                answers[n] = Refusal.NotAllowed("other_epoch", "No stop of that epoch can rest on that permit.");
            else fresh.TryAdd(ask.Key, n);
        }
        var first = fresh.Values.ToList();
        var confirmed = await _proofs.ConfirmAsync(tx, first.ConvertAll(n => asks[n]).ConvertAll(a => new ConfirmedStop(a.Collector.Id, a.ProgramId, a.Claims.Epoch, a.Claims.LastCollected - a.Claims.PermitLife, a.Digest)));
        var rows = new List<object>(first.Count);
        var acts = new List<AuditAct>(first.Count);
        for (var i = 0; i < first.Count; i++)
        {
            var (n, ask) = (first[i], asks[first[i]]);
            // An older epoch is answered only where a pause of then still waits for it; otherwise it is a replay.
            if (confirmed[i].Count == 0 && ask.Claims.Epoch != epochs.GetValueOrDefault(ask.ProgramId, 1))
            {
                answers[n] = Refusal.NotAllowed("other_epoch", "No pause of that epoch waits for this collector.");
                continue;
            }
            var receipt = _tokens.Sign(TokenTypes.Receipt, w => Write(w, ask, confirmed[i], tx.Now));
            answers[n] = receipt;
            rows.Add(new { d = ask.Digest, c = ask.Collector.Id, p = ask.ProgramId, e = ask.Claims.Epoch, t = ask.Token, r = receipt });
            acts.Add(new(ask.Collector.Actor, "stop.acknowledged", $"program {ask.Claims.ProgramCode}", new { ask.Claims.Epoch, ask.Digest, Pauses = confirmed[i], ask.Claims.ItemsBuffered }));
            if (confirmed[i].Count > 0) tx.Touch(FleetTopic.Of(ask.ProgramId));
        }
        if (rows.Count > 0)
        {
            await tx.ExecuteAsync("StopAck_Insert", new { Rows = JsonSerializer.Serialize(rows), tx.Now });
            await AuditWriter.AppendAsync(tx, acts);
        }
        // The same acknowledgement twice in one group: answered like one that comes again later.
        for (var n = 0; n < asks.Count; n++)
        {
            if (answers[n] is null) answers[n] = asks[fresh[asks[n].Key]].Digest == asks[n].Digest ? answers[fresh[asks[n].Key]] : Taken;
        }
        return answers;
    }

    private static readonly Refusal Taken = Refusal.NotAllowed("already_taken", "An acknowledgement of this epoch was taken before; the first one counts.");

    private static string Keys(IEnumerable<StopAsk> asks) => JsonSerializer.Serialize(asks.Select(a => new { c = a.Collector.Id, p = a.ProgramId, e = a.Claims.Epoch }));

    private static void Write(Utf8JsonWriter w, StopAsk ask, IReadOnlyList<Guid> pauses, DateTimeOffset now)
    {
        w.WriteString("sub", ask.Collector.Id.ToString());
        w.WriteString("aud", ask.Claims.ProgramCode);
        w.WriteNumber("epoch", ask.Claims.Epoch);
        w.WriteString("ackSha256", ask.Digest);
        w.WriteString("receivedAt", now);
        w.WriteStartArray("pauseIds");
        foreach (var pause in pauses) w.WriteStringValue(pause.ToString());
        w.WriteEndArray();
    }

    private sealed record TakenRow
    {
        public required string Digest { get; init; }
        public required Guid CollectorId { get; init; }
        public required Guid ProgramId { get; init; }
        public required long Epoch { get; init; }
        public required string Receipt { get; init; }
    }
}
