using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentHub.Collector;

/// <summary>Runs the collector with a host: it starts and stops with the recorder's process.</summary>
public static partial class CollectorHosting
{
    /// <summary>
    /// Adds a <see cref="CollectorClient"/>, started and stopped by the host, and the <see cref="ICollectionGate"/> of each program under
    /// the program's code as its key.
    /// </summary>
    public static IServiceCollection AddIncidentHubCollector(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton(_ => new CollectorClient(options));
        services.AddSingleton<IHostedService, Runner>();
        foreach (var program in options.Programs)
            services.AddKeyedSingleton(program, (s, _) => s.GetRequiredService<CollectorClient>().Gate(program));
        return services;
    }

    private sealed partial class Runner(CollectorClient client, ILogger<CollectorClient> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            client.Message += LogSaid;
            return client.StartAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => client.StopAsync(cancellationToken);

        [LoggerMessage(LogLevel.Information, "{Text}")]
        private partial void LogSaid(string text);
    }
}
