using System.Text.Json;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Protocol;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Gate;

/// <summary>A batch at the gate: the key that submitted it, the program, and the batch's metadata.</summary>
internal sealed record SubmittedBatch(KnownKey Key, ProgramFacts Program, GateBatchBody Body, ReadPermits Permits)
{
    public Guid CollectorId => Permits.CollectorId;
    public string Digest { get; } = Body.Digest!;
}

/// <summary>Decides whether a batch is admitted. The decision is durable before it is returned, and the same for the same batch.</summary>
internal sealed class CheckBatchHandler(Db db, ProgramCodes codes, SwitchSnapshots snapshots, GatePermits permits,
    GateEvidence evidence, HubTokens tokens)
{
    public async Task<Result<GateAnswer>> HandleAsync(KnownKey key, GateBatchBody sent, CancellationToken ct)
    {
        var body = sent.Normalised();
        if (body.Check() is { } invalid) return invalid;
        if (await codes.FindAsync(body.Program!, ct) is not { } programId || !key.Reaches(programId))
            return Refusal.NotFound("The program");
        var submitted = new SubmittedBatch(key, (await snapshots.GetAsync(programId)).Program, body, permits.Read(body));
        var entry = await db.WriteAsync<GateEntry>(tx => JudgeAsync(tx, submitted), ct: ct);
        return entry.IsOk ? Answer(submitted.Program.Code, entry.Value) : entry.Refusal!;
    }

    private async Task<Result<GateEntry>> JudgeAsync(UnitOfWork tx, SubmittedBatch submitted)
    {
        // The sequence is checked first: on SQL Server it makes a concurrent request for the same batch wait for the first decision.
        var isReused = await GateStore.IsReusedAsync(tx, submitted);
        if (isReused && await GateStore.FindAsync(tx, submitted) is { } before) return before;
        var (verdict, epoch) = await VerdictAsync(tx, submitted);
        // Evidence of a violation is kept although its sequence was used before; any other batch with a used sequence is refused.
        if (isReused && verdict.Class != BatchClass.C) verdict = GateVerdict.Refused(GateReason.SequenceReused);
        if (verdict.Class == BatchClass.D)
        {
            await GateRefusals.CountAsync(tx, submitted, verdict.Reason);
            return GateEntry.Refused(verdict.Reason);
        }
        var entry = GateEntry.Of(OrderedId.Next(tx.Now), submitted, verdict, epoch, tx.Now);
        if (!isReused) await GateStore.AddRangeAsync(tx, submitted, entry);
        if (verdict.Class is not null) await evidence.HoldAsync(tx, submitted, entry, verdict);
        return entry;
    }

    private static async Task<(GateVerdict Verdict, long Epoch)> VerdictAsync(UnitOfWork tx, SubmittedBatch submitted)
    {
        var (spans, fault) = (submitted.Permits.Spans, submitted.Permits.Fault);
        if (spans.Count == 0) return (GateVerdict.Refused(fault!.Value), 0);
        if (await CollectorReader.BucketAsync(tx, submitted.CollectorId) is not { } bucket)
            return (GateVerdict.Refused(GateReason.PermitInvalid), 0);
        var oldest = spans.Min(s => s.Permit.Epoch);
        if (await EpochHistory.FromAsync(tx, submitted.Program.Id, oldest) is not { } history)
            return (GateVerdict.Refused(GateReason.PermitInvalid), 0);
        var batch = new GateBatch(bucket, spans);
        IReadOnlyList<AcknowledgedStop> acks = [];
        // A stop matters only where something was ever forbidden, or is not in the permit.
        if (history.Epochs.Any(e => spans.Any(s => s.Categories.Any(c => !e.Allows(c, s.Permit.Region, bucket)))))
        {
            acks = await StopAcks.LatestAsync(tx, submitted.CollectorId, submitted.Program.Id);
            // The stop before the oldest permit: the collector was ordered to leave a category out, and got a narrower permit.
            if (acks.FirstOrDefault(a => a.Epoch <= oldest) is { } told
                && await EpochHistory.FromAsync(tx, submitted.Program.Id, told.Epoch) is { } longer) history = longer;
        }
        var verdict = GateRules.Judge(batch, history, acks, submitted.Program.GracePeriod, tx.Now);
        if (fault is { } wrong && verdict.Class != BatchClass.C) verdict = GateVerdict.Refused(wrong);
        return (verdict, history.Current.Epoch);
    }

    private GateAnswer Answer(string program, GateEntry e)
    {
        var action = e.Class is null ? "store" : e.Class == BatchClass.D ? "refuse" : e.Disposition is { } decided
            ? ActionOf(decided) : "hold";
        return new(e.Class, e.Reason, action, e.Class == BatchClass.D ? null : e.BatchId, e.PauseIds,
            action == "store" ? Admissions.Sign(tokens, program, e) : null);
    }

    private static string ActionOf(Disposition decided) => decided switch
    {
        Disposition.Admit => "store",
        Disposition.Seal => "seal",
        Disposition.Purge => "purge",
    };
}

/// <summary>Signed admissions: the storing service verifies them before it stores.</summary>
internal static class Admissions
{
    /// <summary>The admission of a batch. Repeated requests return the same <c>jti</c> and claims.</summary>
    public static string Sign(HubTokens tokens, string program, GateEntry e) =>
        tokens.Sign(TokenTypes.Admission, w => Write(w, program, e));

    private static void Write(Utf8JsonWriter w, string program, GateEntry e)
    {
        w.WriteString("sub", e.CollectorId.ToString());
        w.WriteString("aud", program);
        w.WriteString("jti", e.BatchId.ToString("N"));
        w.WriteNumber("iat", e.At.ToUnixTimeSeconds());
        w.WriteNumber("epoch", e.Epoch);
        w.WriteString("digest", e.Digest);
        w.WriteNumber("firstSequence", e.FirstSequence);
        w.WriteNumber("lastSequence", e.LastSequence);
    }
}
