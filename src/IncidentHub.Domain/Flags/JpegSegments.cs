namespace IncidentHub.Domain.Flags;

/// <summary>
/// The parts of a JPEG picture that are needed to show it, each of the length that its content says: in a part of another length something
/// else could stand.
/// </summary>
internal static class JpegSegments
{
    public const byte Dht = 0xC4, Dac = 0xCC, Sos = 0xDA, Dqt = 0xDB, Dnl = 0xDC, Dri = 0xDD;

    /// <summary>Whether it is the header of a frame (SOF0 to SOF15).</summary>
    public static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (Dht or 0xC8 or Dac);

    public static bool IsValid(byte marker, ReadOnlySpan<byte> data) => marker switch
    {
        Dqt => AreTables(data, first => first is < 0x20 && (first & 15) < 4, (_, first) => first < 16 ? 64 : 128),
        Dht => AreTables(data, first => first is < 0x20 && (first & 15) < 4, HuffmanLength),
        Dac => data.Length > 0 && data.Length % 2 == 0,
        Dri or Dnl => data.Length == 2,
        // The number of components, and three bytes of each in a frame, two in a scan.
        Sos => data is [> 0 and <= 4 and var n, ..] && data.Length == 4 + (2 * n),
        _ => data is [_, _, _, _, _, > 0 and var n, ..] && data.Length == 6 + (3 * n) && (data[3] | data[4]) != 0,
    };

    private delegate int TableLength(ReadOnlySpan<byte> afterFirst, byte first);

    private static bool AreTables(ReadOnlySpan<byte> data, Func<byte, bool> isFirst, TableLength length)
    {
        if (data.IsEmpty) return false;
        while (!data.IsEmpty)
        {
            if (!isFirst(data[0])) return false;
            var table = length(data[1..], data[0]);
            if (table < 0 || table > data.Length - 1) return false;
            data = data[(table + 1)..];
        }
        return true;
    }

    // Sixteen numbers of codes, then as many values; -1 where they are not whole.
    private static int HuffmanLength(ReadOnlySpan<byte> table, byte first)
    {
        if (table.Length < 16) return -1;
        var values = 0;
        foreach (var count in table[..16]) values += count;
        return 16 + values;
    }
}
