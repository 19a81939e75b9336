using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// The canonical encoding that a row's hash covers. Each field is preceded by its length, so that no two different rows
/// encode alike: numbers as 8 bytes big-endian, text as UTF-8, an absent digest as length −1. Described in docs/audit-format.md
/// for whoever wants to verify an export with a program of their own.
/// </summary>
internal static class AuditHash
{
    private const string Version = "incidenthub-audit-1";

    // Text that is not valid Unicode would be encoded alike by replacement: it throws instead.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string OfPayload(string salt, string payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(salt));
        hash.AppendData(Utf8.GetBytes(payload));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string OfEntry(AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, Version);
        AppendNumber(hash, entry.Sequence);
        AppendNumber(hash, entry.At.UtcTicks);
        AppendText(hash, entry.ActorId.ToString("D"));
        AppendText(hash, entry.ActorName);
        AppendText(hash, entry.ActorKind.ToString());
        AppendText(hash, entry.Act);
        AppendText(hash, entry.Subject);
        AppendText(hash, entry.PayloadDigest);
        AppendText(hash, entry.PreviousHash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Lower case only: two spellings of one value would be a change that no hash notices.</summary>
    public static bool IsHex(string? text, int bytes) =>
        text is not null && text.Length == bytes * 2 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static void AppendText(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            AppendLength(hash, -1);
            return;
        }
        var bytes = Utf8.GetBytes(text);
        AppendLength(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendNumber(IncrementalHash hash, long number)
    {
        AppendLength(hash, sizeof(long));
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void AppendLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
