using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>A provider on loopback that gives whatever token the test wants it to.</summary>
internal sealed class FalseProvider : IAsyncDisposable
{
    public const string ClientId = "hub", LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "good" };

    private FalseProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    /// <summary>The ID token that the next code gives.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>Codes that were exchanged: the second time is refused.</summary>
    public HashSet<string> Used { get; } = [];

    /// <summary>The configuration of a hub that has this provider.</summary>
    public Dictionary<string, string> Settings() => new()
    {
        ["Identity:Providers:0:Name"] = "corp",
        ["Identity:Providers:0:Authority"] = Issuer,
        ["Identity:Providers:0:ClientId"] = ClientId,
        ["Identity:Providers:0:ClientSecret"] = "secret",
    };

    public static async Task<FalseProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new FalseProvider(app);
        app.Map("/.well-known/openid-configuration", () => Json(new
        {
            issuer = provider.Issuer,
            authorization_endpoint = provider.Issuer + "/authorize",
            token_endpoint = provider.Issuer + "/token",
            jwks_uri = provider.Issuer + "/jwks",
        }));
        app.Map("/jwks", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(provider._key.Rsa.ExportParameters(false)));
            return Json(new { keys = new[] { new { kty = "RSA", kid = "good", use = "sig", alg = "RS256", n = key.N, e = key.E } } });
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var code = (await request.ReadFormAsync())["code"].ToString();
            if (!provider.Used.Add(code)) return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
            return Json(new { access_token = "opaque", token_type = "Bearer", expires_in = 60, id_token = provider.IdToken });
        });
        await app.StartAsync();
        return provider;
    }

    /// <summary>A token of this provider.</summary>
    public string Sign(Dictionary<string, object> claims, SecurityKey? key = null, string type = "JWT", string algorithm = "RS256") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            TokenType = type,
            SigningCredentials = new SigningCredentials(key ?? _key, algorithm),
        });

    /// <summary>A token with the algorithm «none».</summary>
    public static string Unsigned(Dictionary<string, object> claims) =>
        $"{Part(new { alg = "none", typ = "JWT" })}.{Part(claims)}.";

    /// <summary>The claims of a right ID token.</summary>
    public Dictionary<string, object> Claims(DateTimeOffset now, string nonce) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = ClientId,
        ["sub"] = "subject-1",
        ["sid"] = "session-1",
        ["nonce"] = nonce,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["preferred_username"] = "somebody",
    };

    /// <summary>The claims of a right logout token.</summary>
    public Dictionary<string, object> LogoutClaims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = ClientId,
        ["sub"] = "subject-1",
        ["sid"] = "session-1",
        ["jti"] = Guid.CreateVersion7().ToString(),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(2).ToUnixTimeSeconds(),
        ["events"] = new Dictionary<string, object> { [LogoutEvent] = new Dictionary<string, object>() },
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private static IResult Json(object value) => Results.Text(JsonSerializer.Serialize(value), "application/json");

    private static string Part(object value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value)));
}
