using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace IncidentHub.Tests.Faults;

/// <summary>How a relay treats one exchange.</summary>
internal enum RelayAct
{
    Pass,

    /// <summary>The connection is cut before the request reaches the hub.</summary>
    CutBefore,

    /// <summary>The hub processes the request and responds; the connection is cut before the response arrives.</summary>
    CutAfter,

    /// <summary>The hub processes the request and responds; an earlier response is delivered instead.</summary>
    Replay,
}

/// <summary>
/// A relay between a collector and the hub, with a socket on each side, that injects faults. It parses only as much HTTP/1.1 as is needed
/// to find the end of a message.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _hub;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, List<byte[]>> _answers = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly ConcurrentBag<(string Call, RelayAct Act)> _done = [];

    private Relay(string hub) => _hub = new Uri(hub);

    /// <summary>The treatment of a call, by the last part of its path (<c>permits:renew</c>) and its count, starting from 1.</summary>
    public Func<string, int, RelayAct> Rule { get; set; } = (_, _) => RelayAct.Pass;

    /// <summary>Which of the recorded responses of a call is replayed, given their number.</summary>
    public Func<int, int> Which { get; set; } = count => count - 1;

    public Uri Url => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>The treated exchanges, in any order.</summary>
    public IReadOnlyCollection<(string Call, RelayAct Act)> Done => _done;

    public static Relay Before(string hub)
    {
        var relay = new Relay(hub);
        relay._listener.Start();
        _ = relay.AcceptAsync();
        return relay;
    }

    public ValueTask DisposeAsync()
    {
        _end.Cancel();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient collector)
    {
        using var near = collector;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_hub.Host, _hub.Port, _end.Token);
            var (asking, answering) = (new MessageReader(near.GetStream()), new MessageReader(far.GetStream()));
            while (await ExchangeAsync(near, far, asking, answering)) { }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side closed: close the other as well.
        }
    }

    private async Task<bool> ExchangeAsync(TcpClient near, TcpClient far, MessageReader asking, MessageReader answering)
    {
        if (await asking.ReadAsync(_end.Token) is not { } request) return false;
        var call = request.Path.Split('?')[0].Split('/')[^1];
        var act = Rule(call, _asked.AddOrUpdate(call, 1, (_, n) => n + 1));
        if (act == RelayAct.CutBefore) return Cut(near, call, act);

        await far.GetStream().WriteAsync(request.Bytes, _end.Token);
        if (await answering.ReadAsync(_end.Token) is not { } answer) return Cut(near, call, act);
        if (act == RelayAct.CutAfter) return Cut(near, call, act);
        var bytes = answer.Bytes;
        if (act == RelayAct.Replay)
        {
            var recorded = _answers[call];
            lock (recorded) bytes = recorded[Which(recorded.Count)];
        }
        else
        {
            var recorded = _answers.GetOrAdd(call, _ => []);
            lock (recorded) recorded.Add(bytes);
        }
        await near.GetStream().WriteAsync(bytes, _end.Token);
        _done.Add((call, act));
        // Events never end.
        if (answer.IsEndless) await answering.CopyToAsync(near.GetStream(), _end.Token);
        return !answer.IsEndless;
    }

    // A reset instead of an orderly shutdown, like a pulled cable.
    private bool Cut(TcpClient near, string call, RelayAct act)
    {
        _done.Add((call, act));
        near.Client.LingerState = new LingerOption(true, 0);
        near.Close();
        return false;
    }
}
