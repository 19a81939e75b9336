using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Platform.Keys;

/// <summary>Random 256-bit secrets. Only a hash is stored: they cannot be guessed, so a plain SHA-256 is sufficient.</summary>
internal static class Secrets
{
    private const string Scheme = "Bearer ";

    /// <param name="prefix">Identifies the kind of secret, so that secret scanners detect leaked ones.</param>
    public static string Make(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>
    /// The value of <c>Authorization: Bearer</c>, else of <c>X-API-Key</c>, where it has the prefix and a plausible length.
    /// </summary>
    public static string? Shown(HttpRequest request, string prefix)
    {
        var header = request.Headers.Authorization.ToString();
        var secret = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim() : request.Headers["X-API-Key"].ToString().Trim();
        return secret.Length is > 20 and < 100 && secret.StartsWith(prefix, StringComparison.Ordinal) ? secret : null;
    }
}
