using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// What the hashes of the audit log cover. Described in docs/audit-format.md for verifying an export with other software.
/// </summary>
internal static class AuditHash
{
    private const string Version1 = "incidenthub-audit-1", Version2 = "incidenthub-audit-2";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string OfPayload(string salt, string payload) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(salt), .. StrictUtf8.GetBytes(payload)]));

    public static string OfSubject(string salt, string subject, string? about) =>
        new CanonicalHash().Text(salt).Text(subject).Text(about).Hex();

    public static string OfEntry(AuditEntry entry) => new CanonicalHash()
        .Text(entry.HashVersion == 1 ? Version1 : Version2)
        .Number(entry.Sequence)
        .Time(entry.At)
        .Id(entry.ActorId)
        .Text(entry.ActorName)
        .Text(entry.ActorKind.ToString())
        .Text(entry.Act)
        .Text(entry.HashVersion == 1 ? entry.Subject : entry.SubjectDigest)
        .Text(entry.PayloadDigest)
        .Text(entry.PreviousHash)
        .Hex();

    /// <summary>Lower case only: two spellings of one value would be a change that no hash detects.</summary>
    public static bool IsHex(string? text, int bytes) =>
        text is not null && text.Length == bytes * 2 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
