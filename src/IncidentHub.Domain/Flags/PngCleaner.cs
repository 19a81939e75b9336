using System.Buffers.Binary;
using System.Text;

namespace IncidentHub.Domain.Flags;

/// <summary>
/// Writes a PNG picture anew (ISO/IEC 15948) from the chunks that are needed to show it. Texts, times, EXIF and chunks of other programs
/// are dropped, as is everything after the end of the picture.
/// </summary>
internal static class PngCleaner
{
    private const int HeaderLength = 13;

    // At most once each, before the image data.
    private static readonly string[] Single = ["PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs"];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Null where the file is not a whole picture, or has a chunk that is needed to show it and is not known here.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        using var whole = new MemoryStream(file.Length);
        whole.Write(Signature);
        var seen = new HashSet<string>();
        for (var at = Signature.Length; TryReadChunk(file, ref at, out var type, out var data, out var chunk);)
        {
            // The header is the first chunk.
            if (seen.Count == 0 != (type == "IHDR")) return null;
            switch (type)
            {
                case "IHDR":
                    if (!IsHeader(data)) return null;
                    break;
                case "IEND":
                    if (!data.IsEmpty || !seen.Contains("IDAT")) return null;
                    whole.Write(chunk);
                    return whole.ToArray();
                case "IDAT":
                    break;
                default:
                    if (!Single.Contains(type))
                    {
                        // An upper-case first letter: the picture cannot be shown without it.
                        if (char.IsAsciiLetterUpper(type[0])) return null;
                        continue;
                    }
                    if (seen.Contains("IDAT") || seen.Contains(type)) return null;
                    break;
            }
            seen.Add(type);
            whole.Write(chunk);
        }
        return null;
    }

    // False at the end of the file, and where no whole chunk stands. Its checksum is over type and data.
    private static bool TryReadChunk(
        ReadOnlySpan<byte> file, ref int at, out string type, out ReadOnlySpan<byte> data, out ReadOnlySpan<byte> chunk)
    {
        type = "";
        data = chunk = default;
        var rest = file[at..];
        if (rest.Length < 12) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12) return false;
        chunk = rest[..((int)length + 12)];
        foreach (var letter in chunk.Slice(4, 4))
            if (!char.IsAsciiLetter((char)letter)) return false;
        type = Encoding.ASCII.GetString(chunk.Slice(4, 4));
        data = chunk.Slice(8, (int)length);
        at += chunk.Length;
        return Crc(chunk.Slice(4, (int)length + 4)) == BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]);
    }

    private static bool IsHeader(ReadOnlySpan<byte> data) => data.Length == HeaderLength
        && BinaryPrimitives.ReadInt32BigEndian(data) > 0 && BinaryPrimitives.ReadInt32BigEndian(data[4..]) > 0;

    /// <summary>The checksum of a chunk (CRC-32 of ISO 3309).</summary>
    internal static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data) crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint CrcOf(uint n)
    {
        for (var bit = 0; bit < 8; bit++) n = (n & 1) == 0 ? n >> 1 : 0xEDB88320 ^ (n >> 1);
        return n;
    }
}
