using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using IncidentHub.Tests.Platform.Http;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Fuzz;

/// <summary>
/// Random requests over the whole API, made from its OpenAPI document, by every kind of caller at once. INCIDENTHUB_FUZZ is their number,
/// INCIDENTHUB_FUZZ_SEED the seed.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Workers = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentDictionary<string, int> _reached = [];
    private readonly ConcurrentDictionary<(string Key, string Account), int> _keys = [];

    [Fact]
    public async Task Random_requests_never_fail_and_never_tell_one_caller_what_is_anothers()
    {
        var (count, seed) = (Number("INCIDENTHUB_FUZZ", 2_000), Number("INCIDENTHUB_FUZZ_SEED", 20261128));
        await using var hub = new TestHub
        {
            Demo = true,
            // Their own tests cover the limits; here every request is to be answered.
            Settings = new Dictionary<string, string> { ["Keys:FailuresPerAddress"] = "100000000", ["Ofrep:PerSecond"] = "1000000" },
        };
        var callers = new FuzzCallers(hub);
        await callers.MakeAsync();
        var document = await OpenApiDocument.ReadAsync(await hub.AsAsync("administrator"));
        var requests = new FuzzRequest(document, new FuzzValues(document, callers.Known));
        using var client = new HttpClient(hub.Server.CreateHandler()) { BaseAddress = new Uri("http://localhost"), Timeout = Limit };
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var n = worker; n < count && _faults.Count < 50; n += Workers)
            {
                var random = new Random(unchecked(seed * 1_000_003 + n));
                await SendAsync(client, callers, requests, random, n);
            }
        })));
        var answers = string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"));
        Say($"Fuzz: seed {seed}, {_statuses.Values.Sum()} requests in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, "
            + $"{callers.All.Count} callers, {requests.Operations} operations, {_reached.Count} of them accepted one. {answers}. "
            + $"{_faults.Count} faults.");
        Assert.True(_faults.IsEmpty, string.Join("\n\n", _faults.Take(20)));
        // It is of no use where nothing gets through.
        Assert.True(_reached.Count > requests.Operations / (count < 20_000 ? 4 : 2),
            $"{_reached.Count} of {requests.Operations}: {answers}");
    }

    private async Task SendAsync(HttpClient client, FuzzCallers callers, FuzzRequest requests, Random random, int n)
    {
        var caller = callers.All[random.Next(callers.All.Count)];
        var (request, operation) = requests.Next(random);
        using var _ = request;
        caller.Sign(request);
        if (Key(caller, request) is { } key) _keys.AddOrUpdate(key, 1, (_, c) => c + 1);
        var what = $"#{n} {caller.Name}: {request.Method} {request.RequestUri} ({operation})";
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var status = (int)answer.StatusCode;
            _statuses.AddOrUpdate(status, 1, (_, c) => c + 1);
            if (status == 401 && caller.Header == "Cookie") await callers.SignInAgainAsync(caller);
            if (status is >= 200 and < 300) _reached.AddOrUpdate(operation, 1, (_, c) => c + 1);
            // A stream has no end.
            if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream") return;
            var body = await answer.Content.ReadAsStringAsync();
            if (Fault(callers, caller, request, answer, body) is { } fault)
                _faults.Enqueue($"{what}: {status} {fault}\n{await SentAsync(request)}\n{Start(body)}");
        }
        catch (Exception e)
        {
            _faults.Enqueue($"{what}: {e.GetType().Name} {e.Message}\n{await SentAsync(request)}\n{e.StackTrace}");
        }
    }

    private string? Fault(FuzzCallers callers, FuzzCaller caller, HttpRequestMessage request, HttpResponseMessage answer, string body)
    {
        if ((int)answer.StatusCode >= 500) return "it failed";
        if (body.Contains("   at IncidentHub", StringComparison.Ordinal) || body.Contains("   at System.", StringComparison.Ordinal)
            || body.Contains("   at Microsoft.", StringComparison.Ordinal) || body.Contains("Exception:", StringComparison.Ordinal))
            return "a stack trace";
        if ((int)answer.StatusCode is >= 400 && body.Length > 0
            && answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json" or "text/html"))
            return "a refusal without problem details";
        foreach (var marker in callers.Markers)
        {
            if (body.Contains(marker.Text, StringComparison.Ordinal) && !(caller.Account is { } reader && marker.Readers.Contains(reader)))
                return $"what only {string.Join(", ", marker.Readers)} may read";
        }
        foreach (var other in callers.All.ToArray())
        {
            if (other.Secret is { Length: > 40 } secret && body.Contains(secret.Split('=', 2)[^1], StringComparison.Ordinal))
                return $"the secret of {other.Name}";
        }
        // What is replayed was sent by the same person before.
        return answer.Headers.Contains("Idempotency-Replayed") && Key(caller, request) is { } key && _keys[key] < 2
            ? "a replay of another caller's request" : null;
    }

    private static (string Key, string Account)? Key(FuzzCaller caller, HttpRequestMessage request) =>
        caller.Account is { } account && request.Headers.TryGetValues("Idempotency-Key", out var keys)
            ? (string.Join(',', keys), account) : null;

    private static async Task<string> SentAsync(HttpRequestMessage request)
    {
        var headers = string.Join("; ", request.Headers.Where(h => h.Key is not ("Cookie" or "Authorization"))
            .Select(h => $"{h.Key}: {h.Value.First()}"));
        var body = request.Content is null ? "" : Start(System.Text.Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync()));
        return $"{headers} {request.Content?.Headers.ContentType} {body}";
    }

    private static string Start(string text) => text.Length > 1500 ? text[..1500] + "…" : text;

    private void Say(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
