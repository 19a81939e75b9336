using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IncidentHub.Tests.Faults;

/// <summary>A message as transmitted.</summary>
/// <param name="Path">Of a request; for a response, its status.</param>
/// <param name="IsEndless">An event stream: only its head was read.</param>
internal sealed record WireMessage(byte[] Bytes, string Path, bool IsEndless);

/// <summary>Reads HTTP/1.1 messages from a stream, one by one, as bytes.</summary>
internal sealed class MessageReader(NetworkStream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>The next message; null where the peer has closed the connection.</summary>
    public async Task<WireMessage?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            if (Length(out var head, out var endless) is { } length && length <= _filled)
            {
                var bytes = _buffer[..length];
                Buffer.BlockCopy(_buffer, length, _buffer, 0, _filled -= length);
                return new WireMessage(bytes, head.Split(' ')[1], endless);
            }
            if (_filled == _buffer.Length) throw new IOException("The message is longer than any of the protocol.");
            var read = await stream.ReadAsync(_buffer.AsMemory(_filled), ct);
            if (read == 0) return null;
            _filled += read;
        }
    }

    /// <summary>The data after the head of an endless response.</summary>
    public async Task CopyToAsync(Stream to, CancellationToken ct)
    {
        await to.WriteAsync(_buffer.AsMemory(0, _filled), ct);
        _filled = 0;
        await stream.CopyToAsync(to, ct);
    }

    // The length of the first message in the buffer; null while it is unknown.
    private int? Length(out string head, out bool endless)
    {
        (head, endless) = ("", false);
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        head = Encoding.ASCII.GetString(_buffer, 0, end);
        endless = Header(head, "Content-Type")?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
        var at = end + 4;
        if (endless) return at;
        if (Header(head, "Content-Length") is { } length) return at + int.Parse(length, CultureInfo.InvariantCulture);
        return Header(head, "Transfer-Encoding") is null ? at : Chunks(at);
    }

    private int? Chunks(int at)
    {
        while (true)
        {
            var line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8);
            if (line < 0) return null;
            var size = int.Parse(Encoding.ASCII.GetString(_buffer, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2 + size + 2;
            if (at > _filled) return null;
            if (size == 0) return at;
        }
    }

    private static string? Header(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
