using System.Security.Cryptography;
using IncidentHub.Domain.Audit;

namespace IncidentHub.Platform.Journal;

/// <summary>Salts of digests: whoever has the digest alone cannot find a short text by trying texts.</summary>
internal static class Salts
{
    /// <summary>A new one, in lower-case hex.</summary>
    public static string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(AuditChain.SaltBytes));
}
