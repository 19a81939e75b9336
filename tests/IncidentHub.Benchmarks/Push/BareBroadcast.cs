using System.Net;
using System.Net.Sockets;

namespace IncidentHub.Benchmarks.Push;

/// <summary>
/// The baseline of the push: a process with plain sockets that sends the same bytes to each in turn when a line is written to
/// it.
/// </summary>
internal static class BareBroadcast
{
    public const string Command = "bare-broadcast";

    public static int Serve(int connections)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        var sockets = new List<Socket>(connections);
        while (sockets.Count < connections)
        {
            var socket = listener.Accept();
            socket.NoDelay = true;
            sockets.Add(socket);
        }
        Console.WriteLine("all there");
        while (Console.ReadLine() is { } line)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n\n");
            foreach (var socket in sockets) socket.Send(bytes);
        }
        return 0;
    }
}
