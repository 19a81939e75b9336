using System.Security.Claims;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace IncidentHub.Access.Identity;

/// <summary>A machine that presented a valid access token of a provider.</summary>
internal sealed record MachineClient(string Provider, MachineSettings Settings, DateTimeOffset ExpiresAt);

/// <summary>
/// Published: finds the machine client whose access token a request presents. A token is validated by the framework's handler once and
/// then remembered by its digest until it expires.
/// </summary>
internal sealed class MachineTokens
{
    private const string Bearer = "Bearer ";
    private const int Longest = 8 * 1024;

    // As RFC 9068 names it, and as providers name it that came before.
    private static readonly string[] ClientClaims = ["client_id", "azp", "appid"];
    private readonly TimeProvider _clock;
    private readonly ReadCache<string, MachineClient> _kept;
    private readonly Dictionary<string, ProviderSettings> _byIssuer;

    public MachineTokens(IOptions<ProvidersSettings> providers, TimeProvider clock)
    {
        _clock = clock;
        _kept = new(clock, TimeSpan.FromMinutes(1));
        _byIssuer = providers.Value.Providers.Where(p => p.Machines.Count > 0).ToDictionary(p => p.Authority.TrimEnd('/'));
    }

    /// <summary>Null: no such token, or one that is not valid or of a client that is not configured.</summary>
    public async ValueTask<MachineClient?> FindAsync(HttpContext http)
    {
        if (_byIssuer.Count == 0 || TokenOf(http.Request) is not { } token) return null;
        var client = await _kept.GetAsync(Secrets.Hash(token), (_, _) => ValidateAsync(http, token), http.RequestAborted);
        return client is not null && client.ExpiresAt > _clock.GetUtcNow() ? client : null;
    }

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.Length < Longest && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && header.AsSpan().Count('.') == 2 ? header[Bearer.Length..].Trim() : null;
    }

    private async Task<MachineClient?> ValidateAsync(HttpContext http, string token)
    {
        if (ProviderOf(token) is not { } provider) return null;
        var result = await http.AuthenticateAsync(provider.MachineScheme);
        if (result.Principal is not { } machine || result.Properties?.ExpiresUtc is not { } expires) return null;
        var id = ClientClaims.Select(c => machine.FindFirstValue(c)).FirstOrDefault(v => v is not null);
        var audiences = machine.FindAll("aud").Select(c => c.Value).ToList();
        var settings = provider.Machines.Find(m => m.ClientId == id && audiences.Contains(m.Audience));
        if (settings is null) return null;
        // Tokens are replaced every few minutes or hours: those that expired are dropped when a new one comes.
        var now = _clock.GetUtcNow();
        _kept.Forget(c => c.ExpiresAt <= now);
        return new(provider.Name, settings, expires);
    }

    // By what the token says of itself, which is only validated afterwards.
    private ProviderSettings? ProviderOf(string token)
    {
        try
        {
            return _byIssuer.GetValueOrDefault(new JsonWebToken(token).Issuer.TrimEnd('/'));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
