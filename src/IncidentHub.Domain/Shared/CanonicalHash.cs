using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain;

/// <summary>
/// SHA-256 over fields, each preceded by its length in 4 bytes big-endian, so that two different lists of fields never have the same
/// encoding: numbers as 8 bytes big-endian, text as UTF-8, an absent field as length −1. The result is lower-case hex. The fields are
/// collected and hashed at once: a call of the hash function for each of them costs more than all of their bytes.
/// </summary>
public sealed class CanonicalHash
{
    // Invalid Unicode throws EncoderFallbackException: replacement would encode different texts alike.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _fields = new(512);

    public CanonicalHash Text(string? text)
    {
        if (text is null) return Length(-1);
        Length(Utf8.GetByteCount(text));
        Utf8.GetBytes(text, _fields);
        return this;
    }

    public CanonicalHash Number(long number)
    {
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_fields.GetSpan(sizeof(long)), number);
        _fields.Advance(sizeof(long));
        return this;
    }

    /// <summary>The instant, in units of 100 ns since 0001-01-01 UTC.</summary>
    public CanonicalHash Time(DateTimeOffset? time) => time is { } t ? Number(t.UtcTicks) : Length(-1);

    public CanonicalHash Id(Guid? id) => Text(id?.ToString("D"));

    /// <summary>The number of items, then each item.</summary>
    public CanonicalHash Each<T>(IReadOnlyCollection<T> items, Action<CanonicalHash, T> write)
    {
        Number(items.Count);
        foreach (var item in items) write(this, item);
        return this;
    }

    public string Hex() => Convert.ToHexStringLower(SHA256.HashData(_fields.WrittenSpan));

    private CanonicalHash Length(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_fields.GetSpan(sizeof(int)), length);
        _fields.Advance(sizeof(int));
        return this;
    }
}
