using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>Types of the signed tokens, so that none can be used in place of another.</summary>
internal static class TokenTypes
{
    public const string Permit = "ih-permit+jwt", Stop = "ih-stop+jwt", Ack = "ih-ack+jwt", Receipt = "ih-receipt+jwt",
        Enrol = "ih-enrol+jwt";
}

internal sealed record PublicKey(string Kty, string Crv, string X, string Y);
internal sealed record ChallengeAnswer(string Challenge);
internal sealed record RegisterRequest(string InstanceName, string HostPseudonym, string Version, PublicKey PublicKey, string Proof);
internal sealed record RegisterAnswer(Guid CollectorId, string Secret);
internal sealed record RenewRequest(string Nonce, IReadOnlyList<RenewProgram> Programs);
internal sealed record RenewProgram(string Code, long EpochSeen, long LastSequence);
internal sealed record RenewAnswer(string Nonce, double NextRenewSeconds, IReadOnlyList<RenewedProgram> Programs);
internal sealed record RenewedProgram(string Code, long Epoch, string? Permit, string? Stop, string? Refused);
internal sealed record StopRequest(string Ack);
internal sealed record StopAnswer(string Receipt);
internal sealed record Jwk(string Kid, string Crv, string X, string Y);
internal sealed record JwkSet(IReadOnlyList<Jwk> Keys);

internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
