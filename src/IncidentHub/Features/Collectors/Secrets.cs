using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Features.Collectors;

/// <summary>Random 256-bit secrets. Only a hash is kept: there is nothing to guess, so a plain SHA-256 is enough.</summary>
internal static class Secrets
{
    /// <summary>An enrolment key begins so: a scanner finds leaked ones.</summary>
    public const string EnrolmentPrefix = "ihe_";

    public const string CollectorPrefix = "ihc_";

    public static string Make(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>What follows <c>Authorization: Bearer</c>, where it has the prefix and a length that such a secret can have.</summary>
    public static string? Bearer(HttpRequest request, string prefix)
    {
        var header = request.Headers.Authorization.ToString();
        const string scheme = "Bearer ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var secret = header[scheme.Length..].Trim();
        return secret.Length is > 20 and < 100 && secret.StartsWith(prefix, StringComparison.Ordinal) ? secret : null;
    }
}
