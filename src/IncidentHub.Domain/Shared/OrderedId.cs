using System.Security.Cryptography;

namespace IncidentHub.Domain;

/// <summary>
/// Ids of rows: version 7 of RFC 9562, with a counter of this process (its section 6.2, method 1), so that what was made one after the
/// other sorts so, also within one instant, as lists by time and id do. Of no use as a secret.
/// </summary>
/// <remarks>
/// After the milliseconds come 26 bits that are this process's own, the counter (32 bits) and 16 random bits. SQL Server compares the last
/// six bytes first: there, too, the counter decides among rows of one instant. Two processes of one instant sort as they please.
/// </remarks>
public static class OrderedId
{
    private static readonly uint Process = (uint)RandomNumberGenerator.GetInt32(1 << 26);
    private static uint s_last;

    /// <param name="now">The caller's time: rows of the past sort by their own time.</param>
    public static Guid Next(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++) id[i] = (byte)(milliseconds >> (40 - (8 * i)));
        id[6] = (byte)(0x70 | (Process >> 22));
        id[7] = (byte)(Process >> 14);
        id[8] = (byte)(0x80 | ((Process >> 8) & 0x3F));
        id[9] = (byte)Process;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(id[10..], Interlocked.Increment(ref s_last));
        RandomNumberGenerator.Fill(id[14..]);
        return new Guid(id, bigEndian: true);
    }
}
