using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace IncidentHub.Tests.Support;

/// <summary>Pictures, written part by part, so that a test can put anything into them.</summary>
internal static class Pictures
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Jfif => [.. "JFIF\0"u8, 1, 2, 0, 0, 72, 0, 72, 0, 0];

    /// <summary>A picture of one pixel with more in front of its tables: <c>Jpeg(Segment(0xE1, …))</c>.</summary>
    public static byte[] Jpeg(params byte[][] more) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, Jfif), .. more.SelectMany(m => m), .. Segment(0xDB, [0, .. new byte[64]]),
        .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]), .. Segment(0xC4, [0, .. new byte[16]]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9,
    ];

    public static byte[] Segment(byte marker, ReadOnlySpan<byte> data)
    {
        var segment = new byte[data.Length + 4];
        (segment[0], segment[1]) = (0xFF, marker);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(data.Length + 2));
        data.CopyTo(segment.AsSpan(4));
        return segment;
    }

    /// <summary>EXIF with an orientation, a camera and a place.</summary>
    public static byte[] Exif(int orientation, bool little = false)
    {
        byte[] tiff = [.. little ? "II*\0"u8 : "MM\0*"u8, .. UInt32(8), .. UInt16(3), .. Entry(0x010F, 2, 6, 60), .. Entry(0x0112, 3, 1, 0),
            .. Entry(0x8825, 4, 1, 50), .. UInt32(0), .. "MaxCam GPS 52.5200N 13.4050E"u8];
        var value = 8 + 2 + 12 + 8;
        if (little) BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(value), (ushort)orientation);
        else BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(value), (ushort)orientation);
        return Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]);

        byte[] UInt16(int n) => little ? [(byte)n, (byte)(n >> 8)] : [(byte)(n >> 8), (byte)n];
        byte[] UInt32(int n) => little ? [.. UInt16(n), 0, 0] : [0, 0, .. UInt16(n)];
        byte[] Entry(int tag, int type, int count, int at) => [.. UInt16(tag), .. UInt16(type), .. UInt32(count), .. UInt32(at)];
    }

    /// <summary>A picture of one pixel with more before its data: <c>Png(Chunk("tEXt", …))</c>.</summary>
    public static byte[] Png(params byte[][] more) =>
        [.. Signature, .. Header, .. more.SelectMany(m => m), .. Chunk("IDAT", Zlib([0, 0])), .. Chunk("IEND", [])];

    public static byte[] Header => Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);

    public static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(checkedPart));
        return [.. length, .. checkedPart, .. crc];
    }

    /// <summary>The types of the chunks of a picture.</summary>
    public static List<string> Chunks(byte[] png)
    {
        var types = new List<string>();
        for (var at = Signature.Length; at < png.Length; at += BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) + 12)
            types.Add(Encoding.ASCII.GetString(png, at + 4, 4));
        return types;
    }

    /// <summary>The markers of a picture up to its first scan.</summary>
    public static List<byte> Segments(byte[] jpeg)
    {
        var markers = new List<byte>();
        for (var at = 2; markers.Count == 0 || markers[^1] != 0xDA; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2)))
            markers.Add(jpeg[at + 1]);
        return markers;
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }

    private static byte[] Zlib(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        return packed.ToArray();
    }
}
