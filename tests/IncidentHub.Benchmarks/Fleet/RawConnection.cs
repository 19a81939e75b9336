using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IncidentHub.Benchmarks.Fleet;

/// <summary>
/// One keep-alive HTTP/1.1 connection with minimal work in the client, which shares the cores with the measured process.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[8 * 1024];
    private int _filled;

    /// <param name="source">The last byte of the local loopback address: each has its own ports.</param>
    public static async Task<RawConnection> OpenAsync(Uri address, int source = 1)
    {
        var connection = new RawConnection();
        connection._socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)source]), 0));
        await connection._socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        return connection;
    }

    /// <summary>A request template; the body is filled in by <see cref="Request(string, string, string)"/>.</summary>
    public static byte[] Request(string path, string bearer, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {bearer}\r\nContent-Type: application/json\r\nContent-Length: "
            + $"{Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Sends a request and returns status and body. The body is valid until the next call.</summary>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> AskAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        _filled = 0;
        while (true)
        {
            if (Parse(out var status, out var body)) return (status, body);
            if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
            if (read == 0) throw new IOException("The hub closed the connection.");
            _filled += read;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => new(_socket.SendAsync(bytes).AsTask());

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _socket.ReceiveAsync(buffer);

    public void Dispose() => _socket.Dispose();

    // Content-Length, or the chunks that Kestrel writes for JSON of unknown length.
    private bool Parse(out int status, out ReadOnlyMemory<byte> body)
    {
        (status, body) = (0, default);
        var all = _buffer.AsSpan(0, _filled);
        var end = all.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        status = (all[9] - '0') * 100 + (all[10] - '0') * 10 + all[11] - '0';
        var head = all[..end];
        var start = end + 4;
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            var length = 0;
            for (var n = at + 16; n < head.Length && head[n] is >= (byte)'0' and <= (byte)'9'; n++) length = length * 10 + head[n] - '0';
            if (_filled - start < length) return false;
            body = _buffer.AsMemory(start, length);
            return true;
        }
        if (!all.EndsWith("0\r\n\r\n"u8)) return false;
        // A short response is one chunk; several chunks are joined in place.
        var to = start;
        for (var from = start; ;)
        {
            var size = 0;
            for (; all[from] != (byte)'\r'; from++) size = size * 16 + Convert.ToInt32(((char)all[from]).ToString(), 16);
            from += 2;
            if (size == 0) break;
            all.Slice(from, size).CopyTo(all[to..]);
            to += size;
            from += size + 2;
        }
        body = _buffer.AsMemory(start, to - start);
        return true;
    }
}
