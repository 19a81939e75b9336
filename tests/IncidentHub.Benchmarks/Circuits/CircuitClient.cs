using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace IncidentHub.Benchmarks.Circuits;

/// <summary>
/// The client side of one interactive page, without a browser: reads the page's component markers, opens the circuit, requests the
/// components and acknowledges render batches. Source of the protocol: ASP.NET Core's client script.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private long _renderedBytes;
    private byte[]? _wanted;
    private TaskCompletionSource<long>? _seen;

    /// <summary>Bytes of render batches received: evidence that the page has rendered.</summary>
    public long RenderedBytes => Interlocked.Read(ref _renderedBytes);

    /// <summary>Completes when the connection has ended.</summary>
    public Task Closed => _reading;

    /// <summary>When a render batch contains this text, as a timestamp. Unchanged parts of the page are not sent again.</summary>
    public Task<long> SeesAsync(string text)
    {
        _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _wanted, Encoding.UTF8.GetBytes(text));
        return _seen.Task;
    }

    /// <summary>Opens <paramref name="path"/> and returns when the server has rendered something.</summary>
    public static async Task<CircuitClient> OpenAsync(HttpClient http, string cookie, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var html = await answer.Content.ReadAsStringAsync();
        var markers = Marker().Matches(html).Select(m => m.Groups[1].Value)
            .Where(m => m.Contains("\"type\":\"server\"", StringComparison.Ordinal)).ToList();
        if (markers.Count == 0) throw new InvalidOperationException($"{path} has no interactive component.");
        var client = new CircuitClient();
        await client.StartAsync(http.BaseAddress!, cookie, path, markers);
        return client;
    }

    private async Task StartAsync(Uri address, string cookie, string path, List<string> markers)
    {
        _socket.Options.SetRequestHeader("Cookie", cookie);
        await _socket.ConnectAsync(new Uri($"ws://{address.Authority}/_blazor"), _stop.Token);
        await SendTextAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");
        await ReceiveFrameAsync();
        _reading = Task.Run(ReadAsync);
        await InvokeAsync("StartCircuit", "1", [address.ToString(), new Uri(address, path).ToString(), "[]", ""]);
        var operations = markers.Select((m, n) => $$"""{"type":"add","ssrComponentId":{{n + 1}},"marker":{{m}}}""");
        await InvokeAsync("UpdateRootComponents", null, [$$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", ""]);
        await _rendered.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var frame = await ReceiveFrameAsync();
                for (var at = 0; at < frame.Length;)
                {
                    var length = ReadVarInt(frame, ref at);
                    await HandleAsync(frame.AsMemory(at, length));
                    at += length;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            _rendered.TrySetException(e);
        }
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        var reader = new PackReader(message);
        var size = reader.ArrayLength();
        if (reader.Integer() != 1 || size < 5) return; // only invocations are relevant
        reader.Skip();
        reader.Skip();
        var target = reader.Text();
        reader.ArrayLength();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.Integer();
                var rendered = reader.Binary();
                Interlocked.Add(ref _renderedBytes, rendered.Length);
                if (Volatile.Read(ref _wanted) is { } wanted && rendered.Span.IndexOf(wanted) >= 0)
                    _seen!.TrySetResult(System.Diagnostics.Stopwatch.GetTimestamp());
                await InvokeAsync("OnRenderCompleted", null, [batch, null]);
                if (RenderedBytes > 2000) _rendered.TrySetResult();
                break;
            case "JS.BeginInvokeJS":
                var task = reader.Integer();
                await InvokeAsync("EndInvokeJSFromDotNet", null, [task, true, $"[{task},true,null]"]);
                break;
            case "JS.Error":
                _rendered.TrySetException(new InvalidOperationException(reader.Text()));
                break;
        }
    }

    private async Task InvokeAsync(string method, string? invocationId, object?[] arguments)
    {
        var body = new PackWriter();
        body.Array(6);
        body.Integer(1);
        body.Map(0);
        body.Text(invocationId);
        body.Text(method);
        body.Array(arguments.Length);
        foreach (var argument in arguments) body.Value(argument);
        body.Array(0);
        var packed = body.ToArray();
        var framed = new List<byte>(packed.Length + 5);
        for (var n = packed.Length; ; n >>= 7)
        {
            framed.Add((byte)(n > 127 ? n & 127 | 128 : n));
            if (n <= 127) break;
        }
        framed.AddRange(packed);
        await SendAsync(framed.ToArray(), WebSocketMessageType.Binary);
    }

    private readonly SemaphoreSlim _sending = new(1);

    private async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(bytes, type, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    private async Task<byte[]> ReceiveFrameAsync()
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            if (received.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The server closed the circuit.");
            frame.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return frame.ToArray();
    }

    private static int ReadVarInt(byte[] bytes, ref int at)
    {
        var (value, shift) = (0, 0);
        while (true)
        {
            var part = bytes[at++];
            value |= (part & 127) << shift;
            if (part < 128) return value;
            shift += 7;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _reading;
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();
}
