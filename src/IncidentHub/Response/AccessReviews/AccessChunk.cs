using System.IO.Compression;
using System.Text;

namespace IncidentHub.Response.AccessReviews;

/// <summary>One access of somebody outside of the audience.</summary>
/// <param name="Account">Its number.</param>
/// <param name="Row">The number of the record in the log.</param>
internal sealed record StoredAccess(int Account, DateTimeOffset At, long Row, string Object, string Action);

/// <summary>Accesses as they are stored: each some bytes, compressed together.</summary>
internal sealed class AccessChunk
{
    // A longer text is cut: the row is in the log.
    private const int MaxText = 2_000;
    private readonly MemoryStream _buffer = new();
    private readonly BinaryWriter _writer;

    public AccessChunk() => _writer = new(_buffer);

    public int Count { get; private set; }

    public int Length => (int)_buffer.Length;

    public void Add(int account, long ticks, long row, ReadOnlySpan<byte> about, ReadOnlySpan<byte> action)
    {
        Count++;
        _writer.Write7BitEncodedInt(account);
        _writer.Write(ticks);
        _writer.Write7BitEncodedInt64(row);
        Write(about);
        Write(action);
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxText)];
        _writer.Write7BitEncodedInt(text.Length);
        _writer.Write(text);
    }

    /// <summary>The content as text; empty afterwards.</summary>
    public string Take()
    {
        _writer.Flush();
        var text = Compact.Write(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length));
        _buffer.SetLength(0);
        Count = 0;
        return text;
    }

    public static IEnumerable<StoredAccess> Read(string data, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(Compact.Read(data)));
        for (var i = 0; i < count; i++)
        {
            var (account, ticks, row) = (reader.Read7BitEncodedInt(), reader.ReadInt64(), reader.Read7BitEncodedInt64());
            var about = Encoding.UTF8.GetString(reader.ReadBytes(reader.Read7BitEncodedInt()));
            var action = Encoding.UTF8.GetString(reader.ReadBytes(reader.Read7BitEncodedInt()));
            yield return new(account, new(ticks, TimeSpan.Zero), row, about, action);
        }
    }
}

/// <summary>Compressed bytes as text.</summary>
internal static class Compact
{
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(bytes);
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    public static byte[] Read(string text)
    {
        using var stream = new ZLibStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
