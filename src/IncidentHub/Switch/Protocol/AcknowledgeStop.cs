using IncidentHub.Platform.Tokens;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Catalog.Programs;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Takes signed acknowledgements and answers signed receipts. A refusal is audited, unless an acknowledgement of the same epoch was
/// already taken.
/// </summary>
internal sealed class AcknowledgeStopHandler(Db db, ProgramCodes codes, StopBatcher batcher, HubTokens tokens)
{
    /// <summary>The receipt. The same bytes return the same receipt.</summary>
    public async Task<Result<string>> HandleAsync(KnownCollector collector, string? ack, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(ack) || ack.Length > HubTokens.MaxLength)
            return Refusal.Invalid("ack", $"A signed acknowledgement of at most {HubTokens.MaxLength} characters.");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ack)));
        var taken = await TakeAsync(collector, ack, digest, ct);
        if (taken.Refusal is { Code: not "already_taken" } why) await RecordAsync(collector, digest, why);
        return taken;
    }

    private async Task<Result<string>> TakeAsync(KnownCollector collector, string ack, string digest, CancellationToken ct)
    {
        if (HubTokens.Verify(ack, TokenTypes.Ack, collector.Key) is not { } claims)
            return Refusal.Invalid("ack", "This is not an acknowledgement (typ ih-ack+jwt) signed by this collector's key.");
        var programId = claims.Text("aud") is { } code ? await codes.FindAsync(code, ct) : null;
        var enrolment = programId is { } known ? collector.Programs.GetValueOrDefault(known) : null;
        var evidence = StopClaims.Read(claims, Permit(claims.Text("permit"), enrolment), collector.Id);
        if (evidence.Refusal is { } bad) return bad;
        if (enrolment is null) return Refusal.NotAllowed("other_program", "This collector is not enrolled for that program.");
        return await batcher.TakeAsync(new StopCall(collector, programId!.Value, evidence.Value, ack, digest), ct);
    }

    // The holder of a withdrawn key could forge a permit, but not the collector's own signature around it: for a collector's
    // acknowledgement of its own stop that is sufficient.
    private JsonElement? Permit(string? permit, Enrolment? enrolment) => enrolment?.IsLast(permit) == true
        ? HubTokens.Read(permit!) : tokens.Verify(permit, TokenTypes.Permit, evenWithdrawn: true);

    private Task RecordAsync(KnownCollector collector, string digest, Refusal why) => db.WriteAsync<Done>(async tx =>
    {
        await tx.RecordAsync(collector.Actor, ProtocolHistory.StopRefused(collector, digest, why));
        return default(Done);
    });
}

/// <summary>The claims of an acknowledgement, checked against the permit that it refers to.</summary>
internal sealed record StopClaims(string ProgramCode, long Epoch, long PermitEpoch, TimeSpan PermitLife,
    TimeSpan? LastCollected, long ItemsBuffered)
{
    private const long MaxItems = 1L << 53;
    private static readonly long MaxOffsetMs = (long)TimeSpan.FromDays(400).TotalMilliseconds;

    /// <param name="given">The claims of the enclosed permit; null where the hub did not sign it.</param>
    public static Result<StopClaims> Read(JsonElement claims, JsonElement? given, Guid collectorId)
    {
        if (claims.Text("sub") != collectorId.ToString())
            return Refusal.NotAllowed("other_collector", "This acknowledgement is another collector's.");
        if (given is not { } permit) return Refusal.Invalid("permit", "Send the last permit along, as the hub signed it.");
        if (permit.Text("sub") != collectorId.ToString() || permit.Text("aud") != claims.Text("aud") || permit.Text(
            "jti") != claims.Text("jti"))
            return Refusal.NotAllowed("other_permit", "That permit was given to another collector, or for another program.");
        if (claims.Number("epoch") is not { } epoch || claims.Text("aud") is not { } program)
            return Refusal.Invalid("ack", "It needs aud and epoch.");

        var (stopped, last, buffered, sequence) = (claims.Number("stoppedAtOffsetMs"), claims.Number("lastCollectedOffsetMs"),
            claims.Number("itemsBuffered"), claims.Number("lastSequence"));
        var check = new Validation()
            .Check(stopped is >= 0 && stopped <= MaxOffsetMs, "stoppedAtOffsetMs", "Milliseconds from the permit's beginning to the stop.")
            .Check(last is null || (last >= 0 && last <= stopped), "lastCollectedOffsetMs",
                "Milliseconds from the permit's beginning to the last item; not after the stop.")
            .Check(buffered is >= 0 and <= MaxItems, "itemsBuffered", "How many items wait in the buffer, at most 2^53.")
            .Check(sequence is >= 0 and <= MaxItems, "lastSequence", "How many items were collected, at most 2^53.")
            .Check(claims.Text("bufferDigest") is null or { Length: 64 }, "bufferDigest", "SHA-256 in hex.");
        if (check.ToRefusal() is { } invalid) return invalid;
        var life = TimeSpan.FromSeconds(permit.Number("exp")!.Value - permit.Number("iat")!.Value);
        return new StopClaims(program, epoch, permit.Number("epoch")!.Value, life, last is { } l ? TimeSpan.FromMilliseconds(l) : null,
            buffered!.Value);
    }
}
