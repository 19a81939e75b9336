using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>A change of a program, as announced by the hub.</summary>
/// <param name="ClosedBelow">Permits of an older epoch than this may be void.</param>
/// <param name="SpreadMs">The time over which collectors spread their renewals, in milliseconds.</param>
internal sealed record SwitchEvent(string Program, long Epoch, long ClosedBelow, long SpreadMs)
{
    public TimeSpan Spread => TimeSpan.FromMilliseconds(Math.Clamp(SpreadMs, 0, 60_000));
}

/// <summary>
/// Listens to the hub's events. An optimisation only: without it the next renewal has the same effect. A lost connection is reopened with
/// exponential back-off and full jitter, so that collectors that lost the hub together do not reconnect together.
/// </summary>
internal sealed class EventListener(HttpClient http, CollectorOptions options, CollectorIdentity identity,
    Action<SwitchEvent> heard, Action<string> say)
{
    /// <summary>The hub sends a heartbeat every 10 s.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2), MaxRetry = TimeSpan.FromSeconds(30),
        Settled = TimeSpan.FromSeconds(30);
    private const int MaxLine = 4 * 1024;

    public async Task RunAsync(CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                if (identity.Secret is { } secret) await ListenAsync(secret, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (failures == 0) say($"no events: {(e is OperationCanceledException ? "no heartbeat of the hub" : e.Message)}");
            }
            failures = Stopwatch.GetElapsedTime(started) > Settled ? 0 : failures + 1;
            await Task.Delay(Retry(failures, Random.Shared.NextDouble()), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The back-off after a number of consecutive failures.</summary>
    /// <param name="chance">From 0 to 1.</param>
    internal static TimeSpan Retry(int failures, double chance) =>
        Math.Min(FirstRetry.TotalSeconds * Math.Pow(2, Math.Max(0, failures - 1)), MaxRetry.TotalSeconds) * TimeSpan.FromSeconds(chance);

    private async Task ListenAsync(string secret, CancellationToken ct)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(options.CallTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Hub, "api/v1/collectors/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)response.StatusCode} from the events", null, response.StatusCode);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            throw new HttpRequestException("The event stream has an unexpected content type.");
        say("listening to the hub's events");
        await using var stream = await response.Content.ReadAsStreamAsync(silence.Token);
        await ReadAsync(stream, silence);
    }

    private async Task ReadAsync(Stream stream, CancellationTokenSource silence)
    {
        var buffer = new byte[MaxLine];
        var (filled, kind) = (0, "");
        while (true)
        {
            silence.CancelAfter(Silence);
            var read = await stream.ReadAsync(buffer.AsMemory(filled), silence.Token);
            if (read == 0) return;
            filled += read;
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
                kind = Line(Encoding.UTF8.GetString(buffer, start, end).TrimEnd('\r'), kind);
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length) throw new HttpRequestException("A line of the event stream is too long.");
        }
    }

    /// <summary>Parses one line; returns the kind of its event.</summary>
    private string Line(string line, string kind)
    {
        if (line.Length == 0) return "";
        if (line.StartsWith("event:", StringComparison.Ordinal)) return line[6..].Trim();
        if (kind == "switch" && line.StartsWith("data:", StringComparison.Ordinal) && JsonSerializer.Deserialize<SwitchEvent>(
            line.AsSpan(5), Wire.Json) is { Program: not null } told) heard(told);
        return kind;
    }
}
