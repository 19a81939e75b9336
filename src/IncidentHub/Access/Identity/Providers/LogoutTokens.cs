using System.Text.Json;
using IncidentHub.Platform.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IncidentHub.Access.Identity;

/// <summary>What a provider says of a sign-out. At least one of subject and session is there.</summary>
internal sealed record ProviderLogout(string Issuer, string? Subject, string? Session, string TokenHash);

/// <summary>Validates logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6).</summary>
internal sealed class LogoutTokens(ProviderDiscovery discovery, TimeProvider clock)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int Longest = 16 * 1024;

    /// <summary>A token that says how old it is says so truly; an older one may be a copy whose digest is no longer kept.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Null: not a logout token of the provider for this hub.</summary>
    public async Task<ProviderLogout?> ValidateAsync(ProviderSettings provider, string token)
    {
        if (token.Length is 0 or > Longest) return null;
        var parameters = ProviderTokens.Parameters(provider, clock);
        parameters.ValidAudience = provider.ClientId;
        parameters.ConfigurationManager = discovery.Of(provider);
        // Some providers give it no type; a type of other tokens is refused.
        parameters.TypeValidator = (type, _, _) => type is null or "" or "logout+jwt" or "application/logout+jwt" or "JWT"
            ? type : throw new SecurityTokenInvalidTypeException("Not the type of a logout token.");
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, parameters);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return null;

        var now = clock.GetUtcNow().UtcDateTime;
        if (!jwt.TryGetPayloadValue<JsonElement>("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var happened) || happened.ValueKind != JsonValueKind.Object) return null;
        if (jwt.TryGetPayloadValue<object>("nonce", out _)) return null;
        if (!jwt.TryGetPayloadValue<long>("iat", out _) || jwt.IssuedAt < now - MaxAge || jwt.IssuedAt > now + ProviderTokens.ClockSkew)
            return null;
        if (!jwt.TryGetPayloadValue<string>("jti", out var jti) || string.IsNullOrEmpty(jti)) return null;
        var subject = jwt.TryGetPayloadValue<string>("sub", out var sub) && sub.Length > 0 ? sub : null;
        var session = jwt.TryGetPayloadValue<string>("sid", out var sid) && sid.Length > 0 ? sid : null;
        return subject is null && session is null
            ? null : new(jwt.Issuer, subject, session, Secrets.Hash($"{jwt.Issuer}\n{jti}"));
    }
}
