using System.Security.Cryptography;

namespace IncidentHub.Domain;

/// <summary>
/// Ids of rows: version 7 of RFC 9562, with a counter of this process (its section 6.2, method 1), so that ids sort in the order of their
/// creation, also within one instant. Not secret.
/// </summary>
/// <remarks>
/// After the milliseconds come 26 bits that are this process's own. SQL Server compares the last six bytes first, and its tables are
/// clustered by these ids: they contain the time again, in steps of 17 minutes (24 bits), and the counter (24 bits). So new rows go to the
/// end of a table, also after a restart, and among rows of one instant the counter decides on both engines. The order between two processes
/// at one instant is arbitrary.
/// </remarks>
public static class OrderedId
{
    private const int CoarseTime = 20;
    private static readonly uint Process = (uint)RandomNumberGenerator.GetInt32(1 << 26);
    private static uint s_last;

    /// <param name="now">The caller's time: historical rows sort by their own time.</param>
    public static Guid Next(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++) id[i] = (byte)(milliseconds >> (40 - (8 * i)));
        id[6] = (byte)(0x70 | (Process >> 22));
        id[7] = (byte)(Process >> 14);
        id[8] = (byte)(0x80 | ((Process >> 8) & 0x3F));
        id[9] = (byte)Process;
        var last = ((ulong)(milliseconds >> CoarseTime) << 24) | (Interlocked.Increment(ref s_last) & 0xFFFFFF);
        for (var i = 0; i < 6; i++) id[10 + i] = (byte)(last >> (40 - (8 * i)));
        return new Guid(id, bigEndian: true);
    }
}
