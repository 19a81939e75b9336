using System.Text;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>Messages between a page and the hub, for tests that hold some of them back.</summary>
internal static class WebSocketFrames
{
    public static bool Holds(this IWebSocketFrame frame, string text) =>
        frame.Binary is { } bytes && bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    public static void Forward(this IWebSocketRoute to, IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes) to.Send(bytes);
        else to.Send(frame.Text!);
    }
}
