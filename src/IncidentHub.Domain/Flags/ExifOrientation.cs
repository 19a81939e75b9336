using System.Buffers.Binary;

namespace IncidentHub.Domain.Flags;

/// <summary>
/// How a picture is to be turned (EXIF tag 0x0112): 1 as it is, 2 to 8 turned or mirrored. It tells how the camera was held and nothing
/// else, and without it the picture lies on its side.
/// </summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112, Short = 3, Head = 6;

    private static ReadOnlySpan<byte> Identifier => "Exif\0\0"u8;

    /// <summary>0 where there is none that can be read.</summary>
    public static int Read(ReadOnlySpan<byte> app1)
    {
        if (!app1.StartsWith(Identifier)) return 0;
        var tiff = app1[Head..];
        if (tiff.Length < 8) return 0;
        bool little;
        if (tiff.StartsWith("II*\0"u8)) little = true;
        else if (tiff.StartsWith("MM\0*"u8)) little = false;
        else return 0;
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2) return 0;
        var entries = tiff[(int)directory..];
        var count = UInt16(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (UInt16(entries, little) != Tag || UInt16(entries[2..], little) != Short) continue;
            return UInt16(entries[8..], little) is >= 1 and <= 8 and var value ? value : 0;
        }
        return 0;
    }

    /// <summary>A block that holds the orientation alone.</summary>
    public static byte[] Write(int orientation) =>
    [
        .. Identifier, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, Tag >> 8, Tag & 0xFF, 0, Short, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static ushort UInt16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
}
