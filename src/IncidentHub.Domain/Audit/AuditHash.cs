using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// What the hashes of the audit log cover. Described in docs/audit-format.md for verifying an export with other software.
/// </summary>
internal static class AuditHash
{
    private const string Version = "incidenthub-audit-1";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string OfPayload(string salt, string payload) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(salt), .. StrictUtf8.GetBytes(payload)]));

    public static string OfEntry(AuditEntry entry)
    {
        var hash = new CanonicalHash();
        return hash.Text(Version)
            .Number(entry.Sequence)
            .Time(entry.At)
            .Id(entry.ActorId)
            .Text(entry.ActorName)
            .Text(entry.ActorKind.ToString())
            .Text(entry.Act)
            .Text(entry.Subject)
            .Text(entry.PayloadDigest)
            .Text(entry.PreviousHash)
            .Hex();
    }

    /// <summary>Lower case only: two spellings of one value would be a change that no hash detects.</summary>
    public static bool IsHex(string? text, int bytes) =>
        text is not null && text.Length == bytes * 2 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
