using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain;

/// <summary>
/// SHA-256 over fields, each preceded by its length in 4 bytes big-endian, so that two different lists of fields never have the same
/// encoding: numbers as 8 bytes big-endian, text as UTF-8, an absent field as length −1. The result is lower-case hex.
/// </summary>
public sealed class CanonicalHash : IDisposable
{
    // Invalid Unicode throws EncoderFallbackException: replacement would encode different texts alike.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CanonicalHash Text(string? text)
    {
        if (text is null) return Length(-1);
        var bytes = Utf8.GetBytes(text);
        Length(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    public CanonicalHash Number(long number)
    {
        Length(sizeof(long));
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        _hash.AppendData(bytes);
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

    public string Hex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private CanonicalHash Length(int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        _hash.AppendData(bytes);
        return this;
    }
}
