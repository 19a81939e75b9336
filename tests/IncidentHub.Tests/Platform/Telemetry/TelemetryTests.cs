using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Telemetry;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace IncidentHub.Tests.Platform.Telemetry;

public sealed partial class TelemetryTests
{
    private const string Secret = "Transcriptions readable by everybody";

    [Fact]
    public async Task Prometheus_reads_the_figures_of_the_switch_and_no_label_names_a_record()
    {
        var port = FreePort();
        await using var world = await SwitchWorld.StartAsync(new TestHub
        {
            Settings = new Dictionary<string, string> { ["Telemetry:PrometheusPort"] = $"{port}" },
        });
        await StopOnceAsync(world);
        using var prometheus = new HttpClient();
        var text = await prometheus.GetStringAsync($"http://localhost:{port}/metrics");

        foreach (var series in (string[])
        [
            "incidenthub_permit_renewals_total{", "incidenthub_db_commit_duration_seconds_bucket{", "incidenthub_db_commit_size_bucket{",
            "incidenthub_pause_stop_duration_seconds_count", "incidenthub_push_fanout_duration_seconds_count",
            "incidenthub_refusals_total{", "incidenthub_jobs_waiting{", "incidenthub_jobs_failed",
        ]) Assert.Contains(series, text, StringComparison.Ordinal);
        var own = text.Split('\n').Where(l => l.StartsWith("incidenthub_", StringComparison.Ordinal)).ToList();
        Assert.All(own.SelectMany(l => Label().Matches(l)), label => Assert.True(label.Groups[1].Value switch
        {
            "lane" => label.Groups[2].Value is "normal" or "pause",
            "result" => label.Groups[2].Value is "granted" or "withheld",
            "queue" => label.Groups[2].Value is "default" or "long",
            "code" => Code().IsMatch(label.Groups[2].Value),
            "le" or "otel_scope_name" or "otel_scope_version" or "otel_scope_schema_url" => true,
            _ => false,
        }, label.Value));
        foreach (var record in (string[])["MCI", "INC-1", Secret, "responder", "ws-1"])
            Assert.DoesNotContain(record, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_trace_has_the_template_of_a_route_and_not_what_was_asked_for()
    {
        using var receiver = new OtlpReceiver();
        var world = await SwitchWorld.StartAsync(new TestHub
        {
            Settings = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
        });
        await using (world)
        {
            await StopOnceAsync(world);
            await world.Responder.GetAsync("/api/v1/incidents/INC-1?q=whom-somebody-looked-for");
            Assert.True(world.Hub.Services.GetRequiredService<TracerProvider>().ForceFlush(30_000));
            Assert.True(world.Hub.Services.GetRequiredService<MeterProvider>().ForceFlush(30_000));
        }
        var sent = await receiver.AllAsync();
        Assert.Contains("api/v1/incidents/{code}", sent, StringComparison.Ordinal);
        Assert.Contains("incidenthub.permit.renewals", sent, StringComparison.Ordinal);
        foreach (var told in (string[])["INC-1", "whom-somebody-looked-for", Secret])
            Assert.DoesNotContain(told, sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_keeps_no_message_of_an_error()
    {
        using var span = new Activity("db");
        span.SetStatus(ActivityStatusCode.Error, $"The duplicate key value is ({Secret}).");
        using var scrubber = new TraceScrubber();
        scrubber.OnEnd(span);
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
    }

    [Fact]
    public async Task Readiness_says_what_is_wrong()
    {
        var evidence = Directory.CreateTempSubdirectory("incidenthub-evidence-").FullName;
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Evidence:Path"] = evidence } };
        using var probe = hub.CreateClient();
        // This hub runs no jobs.
        var jobs = "\njobs: No node works on background jobs (Jobs:Run): nothing expires, reminders and imports wait.";
        Assert.Equal((HttpStatusCode.OK, "Degraded" + jobs), await AskAsync());

        Directory.Delete(evidence, recursive: true);
        await File.WriteAllTextAsync(evidence, "A file where the folder was.");
        var (status, text) = await AskAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\nevidence: No files can be written to the folder of evidence (Evidence:Path).", text, StringComparison.Ordinal);
        File.Delete(evidence);

        if (TestEngine.Current != IncidentHub.Platform.Database.Engine.Sqlite) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(hub.DatabaseFile)!, "hub.db*")
            .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            await File.WriteAllTextAsync(file, new string('x', 8192));
        (status, text) = await AskAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("Unhealthy\n", text, StringComparison.Ordinal);
        Assert.Contains("\ndatabase: The database does not answer.", text, StringComparison.Ordinal);

        async Task<(HttpStatusCode, string)> AskAsync()
        {
            using var answer = await probe.GetAsync("/readyz");
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>A collector renews and stops; an incident is declared; a request is refused.</summary>
    private static async Task StopOnceAsync(SwitchWorld world)
    {
        var collector = await world.CollectorAsync("US");
        var permit = (await collector.AskAsync()).Token!;
        await world.Responder.MakeAsync("/api/v1/incidents",
            new { title = Secret, sev = 2, programs = new[] { new { program = "MCI", kind = "Source" } } });
        await world.Hub.CountedAsync();
        world.Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        var stop = (await collector.AskAsync()).Stop!.Value;
        ApiCalls.AssertOk(await collector.StopAsync(collector.Ack(permit, stop.GetProperty("epoch").GetInt64())));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Responder.SendAsync(HttpMethod.Get, "/api/v1/incidents/INC-99")).Status);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("([a-z_]+)=\"([^\"]*)\"")]
    private static partial Regex Label();

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex Code();

    /// <summary>Takes what is sent to it over OTLP, and answers each request.</summary>
    private sealed class OtlpReceiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly StringBuilder _received = new();
        private readonly Task _loop;

        public OtlpReceiver()
        {
            Address = $"http://127.0.0.1:{FreePort()}";
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _loop = Task.Run(LoopAsync);
        }

        public string Address { get; }

        /// <summary>Everything received until now. The texts in it are readable; the rest is not.</summary>
        public async Task<string> AllAsync()
        {
            _listener.Stop();
            await _loop;
            return _received.ToString();
        }

        public void Dispose() => _listener.Close();

        private async Task LoopAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                _received.Append(await reader.ReadToEndAsync());
                context.Response.Close();
            }
        }
    }
}
