using IncidentHub.Platform.Tokens;
using System.Text.Json;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Protocol;

namespace IncidentHub.Switch.Gate;

/// <summary>The permits of a batch, verified.</summary>
/// <param name="Spans">What was collected under permits that the hub issued to this collector for this program.</param>
/// <param name="Fault">The fault of the first invalid permit; null where all are valid.</param>
internal sealed record ReadPermits(Guid CollectorId, IReadOnlyList<CollectedSpan> Spans, GateReason? Fault);

internal sealed class GatePermits(HubTokens tokens)
{
    public ReadPermits Read(GateBatchBody batch)
    {
        var (owner, spans) = (batch.Collector, new List<CollectedSpan>());
        GateReason? fault = batch.Permits is { Count: > 0 } ? null : GateReason.PermitMissing;
        foreach (var given in batch.Permits ?? [])
        {
            if (tokens.Verify(given!.Permit, TokenTypes.Permit) is not { } claims || !Guid.TryParse(claims.Text("sub"), out var subject)
                || PermitOf(claims) is not { } permit)
            {
                fault ??= given.Permit is null ? GateReason.PermitMissing : GateReason.PermitInvalid;
                continue;
            }
            owner ??= subject;
            if (subject != owner || claims.Text("aud") != batch.Program)
            {
                fault ??= GateReason.PermitForeign;
                continue;
            }
            spans.Add(new(
                permit, TimeSpan.FromMilliseconds(given.StartOffsetMs!.Value), TimeSpan.FromMilliseconds(given.EndOffsetMs!.Value),
                    [.. (given.Categories ?? batch.Categories)!.Select(c => c!)]));
        }
        return new(owner ?? Guid.Empty, spans, fault);
    }

    private static GatePermit? PermitOf(JsonElement claims) =>
        claims.Text("jti") is { } jti && claims.Number("iat") is { } iat && claims.Number("exp") is { } exp
            && claims.Number("epoch") is { } epoch
        && claims.TryGetProperty("categories", out var categories) && categories.ValueKind == JsonValueKind.Array
            ? new(jti, DateTimeOffset.FromUnixTimeSeconds(iat), TimeSpan.FromSeconds(exp - iat), epoch,
                [.. categories.EnumerateArray().Select(c => c.GetString()!)], claims.Text("region"))
            : null;
}
