using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IncidentHub.Platform.Telemetry;

/// <summary>Configuration section <c>Telemetry</c>. OTLP has its own variables: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and others.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>The port at which Prometheus reads the metrics, at <c>/metrics</c>; 0: none.</summary>
    public int PrometheusPort { get; set; }

    /// <summary>The address that the port is bound to: a name or address of this machine, or <c>+</c> for all of them.</summary>
    public string PrometheusHost { get; set; } = "localhost";
}

/// <summary>
/// Metrics for Prometheus on a port of their own, and metrics and traces over OTLP. Nothing is collected where neither is configured. The
/// metrics' port asks for no key: it is bound to this machine unless it is configured otherwise, and no figure names a record.
/// </summary>
internal static class TelemetryModule
{
    private static readonly string[] Meters =
    [
        HubMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components.Server.Circuits",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration("Telemetry")
            .Validate(o => o.PrometheusPort is >= 0 and <= 65535, "Telemetry:PrometheusPort is a port, or 0 for none.")
            .Validate(o => o.PrometheusHost is { Length: > 0 }, "Telemetry:PrometheusHost is a name or an address of this machine.")
            .ValidateOnStart();
        var options = builder.Configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new();
        var (sendsMetrics, sendsTraces) = (Sends(builder.Configuration, "METRICS"), Sends(builder.Configuration, "TRACES"));
        if (!sendsMetrics && !sendsTraces && options.PrometheusPort == 0) return;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource =>
        {
            if (string.IsNullOrEmpty(builder.Configuration["OTEL_SERVICE_NAME"]))
                resource.AddService("incidenthub", serviceVersion: typeof(TelemetryModule).Assembly.GetName().Version?.ToString());
        });
        if (sendsMetrics || options.PrometheusPort > 0) builder.Services.AddHostedService<JobMetrics>();
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddRuntimeInstrumentation();
            if (options.PrometheusPort > 0)
            {
                metrics.AddPrometheusHttpListener(listener =>
                    (listener.Host, listener.Port) = (options.PrometheusHost, options.PrometheusPort));
            }
            if (sendsMetrics) metrics.AddOtlpExporter();
        });
        if (!sendsTraces) return;
        telemetry.WithTracing(traces => traces
            .AddAspNetCoreInstrumentation(o => o.Filter = http => http.Request.Path != "/healthz" && http.Request.Path != "/readyz")
            .AddHttpClientInstrumentation()
            .AddSqlClientInstrumentation()
            .AddProcessor<TraceScrubber>()
            .AddOtlpExporter());
    }

    // One address for all signals, or one of its own.
    private static bool Sends(IConfiguration configuration, string signal) =>
        configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 }
        || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 };
}
