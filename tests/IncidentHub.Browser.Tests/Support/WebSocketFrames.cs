using System.Text;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>Messages between a page and the hub, for tests that hold some of them back.</summary>
internal static class WebSocketFrames
{
    public static bool Holds(this IWebSocketFrame frame, string text) => frame.Binary is { } bytes && bytes.Holds(text);

    public static bool Holds(this byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>The messages of a binary frame: as many as were ready. Each begins with its length, 7 bits a byte.</summary>
    public static IEnumerable<byte[]> Messages(this IWebSocketFrame frame)
    {
        var bytes = frame.Binary ?? [];
        for (var start = 0; start < bytes.Length;)
        {
            var (length, at, shift) = (0, start, 0);
            for (; bytes[at] >= 0x80; shift += 7) length |= (bytes[at++] & 0x7f) << shift;
            length |= bytes[at++] << shift;
            yield return bytes[start..(at + length)];
            start = at + length;
        }
    }

    public static void Forward(this IWebSocketRoute to, IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes) to.Send(bytes);
        else to.Send(frame.Text!);
    }
}
