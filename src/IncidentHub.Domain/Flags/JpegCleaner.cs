using System.Buffers.Binary;
using static IncidentHub.Domain.Flags.JpegSegments;

namespace IncidentHub.Domain.Flags;

/// <summary>
/// Writes a JPEG picture anew (ITU-T T.81) from its tables, frames and scans, with a JFIF header without a thumbnail, the colour transform
/// of Adobe and the colour profile. Of EXIF only the orientation is kept, in a block of its own; all else is dropped, as is everything
/// after the end of the picture.
/// </summary>
internal static class JpegCleaner
{
    private const byte Soi = 0xD8, Eoi = 0xD9, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE;
    private const int JfifLength = 14, AdobeLength = 12;

    public static bool Is(ReadOnlySpan<byte> file) => file is [0xFF, Soi, 0xFF, ..];

    /// <summary>Null where the file is not a whole picture.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        var body = new MemoryStream(file.Length);
        byte[]? jfif = null;
        int orientation = 0, at = 2;
        bool hasFrame = false, hasScan = false;
        while (Marker(file, ref at) is { } marker)
        {
            if (marker == Eoi) return hasScan ? Whole(jfif, orientation, body) : null;
            if (!TryReadSegment(file, ref at, out var data)) return null;
            switch (marker)
            {
                case App0:
                    if (data.Length >= JfifLength && data.StartsWith("JFIF\0"u8)) jfif ??= WithoutThumbnail(data);
                    break;
                case App1:
                    if (orientation == 0) orientation = ExifOrientation.Read(data);
                    break;
                case App2:
                    if (data.StartsWith("ICC_PROFILE\0"u8)) Write(body, marker, data);
                    break;
                case App14:
                    if (data.Length >= AdobeLength && data.StartsWith("Adobe"u8)) Write(body, marker, data[..AdobeLength]);
                    break;
                case Sos:
                    if (!hasFrame || !JpegSegments.IsValid(marker, data)) return null;
                    hasScan = true;
                    Write(body, marker, data);
                    if (!TryCopyScan(file, ref at, body)) return null;
                    break;
                case Dqt or Dht or Dac or Dri or Dnl or (>= 0xC0 and <= 0xCF and not 0xC8):
                    if (!JpegSegments.IsValid(marker, data)) return null;
                    hasFrame |= JpegSegments.IsFrame(marker);
                    Write(body, marker, data);
                    break;
                // Restart markers and the like stand only in a scan.
                case < 0xC0 or (>= 0xD0 and <= Soi):
                    return null;
                default:
                    break;
            }
        }
        return null;
    }

    // Null at the end of the file, and where no marker stands.
    private static byte? Marker(ReadOnlySpan<byte> file, ref int at)
    {
        if (at >= file.Length || file[at] != 0xFF) return null;
        // A marker may be preceded by any number of fill bytes.
        while (at < file.Length && file[at] == 0xFF) at++;
        return at < file.Length ? file[at++] : null;
    }

    private static bool TryReadSegment(ReadOnlySpan<byte> file, ref int at, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (file.Length - at < 2) return false;
        // The length counts its own two bytes.
        int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        if (length < 2 || length > file.Length - at) return false;
        data = file.Slice(at + 2, length - 2);
        at += length;
        return true;
    }

    // Up to the next marker that is not a restart. An FF in the data is followed by 00.
    private static bool TryCopyScan(ReadOnlySpan<byte> file, ref int at, MemoryStream to)
    {
        var start = at;
        while (at < file.Length - 1)
        {
            var next = file[at..].IndexOf((byte)0xFF);
            if (next < 0) return false;
            at += next;
            if (at == file.Length - 1) return false;
            if (file[at + 1] is 0 or (>= 0xD0 and <= 0xD7))
            {
                at += 2;
                continue;
            }
            to.Write(file[start..at]);
            return true;
        }
        return false;
    }

    // A thumbnail may show what was cut off in the picture.
    private static byte[] WithoutThumbnail(ReadOnlySpan<byte> jfif)
    {
        var kept = jfif[..JfifLength].ToArray();
        kept[12] = kept[13] = 0;
        return kept;
    }

    private static byte[] Whole(byte[]? jfif, int orientation, MemoryStream body)
    {
        using var whole = new MemoryStream((int)body.Length + 64);
        whole.Write([0xFF, Soi]);
        if (jfif is not null) Write(whole, App0, jfif);
        if (orientation > 1) Write(whole, App1, ExifOrientation.Write(orientation));
        body.WriteTo(whole);
        whole.Write([0xFF, Eoi]);
        return whole.ToArray();
    }

    private static void Write(MemoryStream to, byte marker, ReadOnlySpan<byte> data)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(data.Length + 2));
        to.Write(head);
        to.Write(data);
    }
}
