using System.Net;
using System.Net.Sockets;
using System.Text;
using IncidentHub.Collector;

namespace IncidentHub.Tests.Collector;

/// <summary>Malicious servers over real sockets: the library limits what it accepts from them, and its gate stays closed.</summary>
public sealed class BadHubTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("incidenthub-badhub-").FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private long _taken;

    public BadHubTests()
    {
        _listener.Start();
        // A registered collector, so that its first call is the one with the malicious response.
        using var identity = CollectorIdentity.Load(_state);
        identity.Registered(Guid.Empty, "ihc_secret");
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    public static TheoryData<string, string> Answers => new()
    {
        { "endless", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{" },
        { "endless and chunked", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" },
        { "endless headers", "HTTP/1.1 200 OK\r\nX-Long: " },
        { "a redirect", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\n\r\n" },
        { "a page", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>" },
        { "null", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\nnull" },
        { "no HTTP", "SSH-2.0-OpenSSH_9.9\r\n" },
        { "nothing", "" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_malicious_response_to_a_renewal_is_abandoned_within_limits(string kind, string answer)
    {
        _ = ServeAsync(answer, flood: kind.StartsWith("endless", StringComparison.Ordinal));
        await using var client = new CollectorClient(Options);
        await Assert.ThrowsAnyAsync<Exception>(() => client.RenewAsync(default).WaitAsync(TimeSpan.FromSeconds(30)));
        // With what the sockets hold.
        Assert.True(Volatile.Read(ref _taken) < 32 * 1024 * 1024, $"{kind}: it took {_taken:N0} bytes");
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", true, "too long")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", true, "unexpected content type")]
    [InlineData("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", false, "500")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: switch\ndata: [1,2\n\n", false, "")]
    public async Task A_malicious_event_stream_is_abandoned_and_retried_later(string answer, bool flood, string said)
    {
        _ = ServeAsync(answer, flood);
        using var identity = CollectorIdentity.Load(_state);
        using var http = HubConnection.ClientOver(null);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Only the last one ends by the time limit.
        var options = Options with { CallTimeout = said.Length > 0 ? TimeSpan.FromMinutes(1) : Options.CallTimeout };
        var listener = new EventListener(http, options, identity, e =>
            told.TrySetException(new InvalidOperationException($"It believed {e}.")), text =>
        {
            if (text.StartsWith("no events", StringComparison.Ordinal)) told.TrySetResult(text);
        });
        var running = listener.RunAsync(_end.Token);
        Assert.Contains(said, await told.Task.WaitAsync(TimeSpan.FromMinutes(2)), StringComparison.Ordinal);
        Assert.False(running.IsCompleted);
    }

    private CollectorOptions Options => new()
    {
        Hub = new Uri($"http://{_listener.LocalEndpoint}/"),
        Programs = ["MCI"],
        StateFolder = _state,
        InstanceName = "ws-1",
        HostPseudonym = "h",
        CallTimeout = TimeSpan.FromSeconds(2),
    };

    private async Task ServeAsync(string answer, bool flood)
    {
        while (!_end.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            try
            {
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[1], 1, cancellationToken: _end.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _end.Token);
                var more = Encoding.ASCII.GetBytes(answer.Contains("chunked", StringComparison.Ordinal) ? "2000\r\n"
                    + new string('x', 0x2000) + "\r\n" : new string('x', 8192));
                while (flood)
                {
                    await stream.WriteAsync(more, _end.Token);
                    Interlocked.Add(ref _taken, more.Length);
                }
                if (answer.Length == 0) await Task.Delay(Timeout.Infinite, _end.Token);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // It gave up.
            }
        }
    }
}
