using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace IncidentHub.Access.Identity;

/// <summary>What every token of a provider is checked for, whoever sends it: signature, issuer and time.</summary>
internal static class ProviderTokens
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    // Signatures by a key pair only: with a symmetric algorithm the client secret, or a published key taken for one, would sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static TokenValidationParameters Parameters(ProviderSettings provider, TimeProvider clock) => new()
    {
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidAlgorithms = Algorithms,
        ClockSkew = ClockSkew,
        NameClaimType = "name",
        // The authority that is configured, not what its discovery document says of itself.
        IssuerValidator = (issuer, _, _) => IsIssuer(provider, issuer)
            ? issuer : throw new SecurityTokenInvalidIssuerException("The token is of another issuer.") { InvalidIssuer = issuer },
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (expires is not { } end) throw new SecurityTokenNoExpirationException("The token never expires.");
            // The times of a token may be the least and the greatest that there are: only the clock is calculated with.
            if (now - ClockSkew >= end) throw new SecurityTokenExpiredException("The token has expired.") { Expires = end };
            if (notBefore is { } start && now + ClockSkew < start)
                throw new SecurityTokenNotYetValidException("The token is not valid yet.") { NotBefore = start };
            return true;
        },
    };

    /// <summary>With or without the last slash, in which providers differ.</summary>
    public static bool IsIssuer(ProviderSettings provider, string issuer) => issuer.TrimEnd('/') == provider.Authority.TrimEnd('/');

    /// <summary>The discovery document and the keys of a provider, cached and refreshed.</summary>
    public static ConfigurationManager<OpenIdConnectConfiguration> Discovery(ProviderSettings provider, HttpClient http) => new(
        provider.Authority.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = provider.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase) });
}
