using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Platform.Keys;

/// <summary>Random 256-bit secrets. Only a hash is kept: there is nothing to guess, so a plain SHA-256 is enough.</summary>
internal static class Secrets
{
    private const string Scheme = "Bearer ";

    /// <param name="prefix">Tells what kind of secret it is: a scanner finds leaked ones.</param>
    public static string Make(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>
    /// What follows <c>Authorization: Bearer</c>, else what <c>X-API-Key</c> holds, where it has the prefix and a length that such
    /// a secret can have.
    /// </summary>
    public static string? Shown(HttpRequest request, string prefix)
    {
        var header = request.Headers.Authorization.ToString();
        var secret = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim() : request.Headers["X-API-Key"].ToString().Trim();
        return secret.Length is > 20 and < 100 && secret.StartsWith(prefix, StringComparison.Ordinal) ? secret : null;
    }
}
