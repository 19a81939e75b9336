using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>What the hub announces of a program.</summary>
/// <param name="ClosedBelow">Permits of an older epoch than this may be void.</param>
/// <param name="SpreadMs">Over how much time collectors are to spread their renewals.</param>
internal sealed record SwitchEvent(string Program, long Epoch, long ClosedBelow, long SpreadMs)
{
    public TimeSpan Spread => TimeSpan.FromMilliseconds(Math.Clamp(SpreadMs, 0, 60_000));
}

/// <summary>
/// Listens to the hub's events. It is a shortcut only: without it the next renewal brings the same. A lost connection is made again after a
/// random time that doubles at most (exponential, full jitter), so that a fleet that lost its hub together does not come back together.
/// </summary>
internal sealed class EventListener(HttpClient http, CollectorOptions options, CollectorIdentity identity,
    Action<SwitchEvent> heard, Action<string> say)
{
    /// <summary>The hub sends something every 10 s.</summary>
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
                if (failures == 0) say($"no events for now: {(e is OperationCanceledException ? "the hub fell silent" : e.Message)}");
            }
            failures = Stopwatch.GetElapsedTime(started) > Settled ? 0 : failures + 1;
            await Task.Delay(Retry(failures, Random.Shared.NextDouble()), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How long to wait after so many failures in a row.</summary>
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
            throw new HttpRequestException("The events are of another content type.");
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
            if (filled == buffer.Length) throw new HttpRequestException("The events hold a line that is too long.");
        }
    }

    /// <summary>Takes one line; answers the kind of the event that it belongs to.</summary>
    private string Line(string line, string kind)
    {
        if (line.Length == 0) return "";
        if (line.StartsWith("event:", StringComparison.Ordinal)) return line[6..].Trim();
        if (kind == "switch" && line.StartsWith("data:", StringComparison.Ordinal) && JsonSerializer.Deserialize<SwitchEvent>(
            line.AsSpan(5), Wire.Json) is { Program: not null } told) heard(told);
        return kind;
    }
}
