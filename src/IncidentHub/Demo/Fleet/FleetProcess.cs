using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IncidentHub.Demo.Fleet;

/// <summary>
/// Runs the sample collectors in a separate process, started when the hub listens. That process ends when its standard input is closed: the
/// operating system closes it when the hub ends, also when the hub is killed.
/// </summary>
internal sealed class FleetProcess(FleetPlanner planner, IServer server, IHostApplicationLifetime life, ILogger<FleetProcess> log)
    : BackgroundService
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var started = life.ApplicationStarted.Register(listening.SetResult);
            await listening.Task.WaitAsync(stoppingToken);
            if (Address() is not { } hub || await planner.PlanAsync(hub, stoppingToken) is not { } plan) return;
            await RunAsync(plan, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning(e, "The sample collectors could not be started");
        }
    }

    private async Task RunAsync(FleetPlan plan, CancellationToken ct)
    {
        using var process = Process.Start(Command()) ?? throw new InvalidOperationException("The process did not start.");
        var lastWords = "";
        process.OutputDataReceived += (_, e) => Log(LogLevel.Information, e.Data);
        process.ErrorDataReceived += (_, e) => Log(LogLevel.Debug, lastWords = e.Data ?? lastWords);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            // On a machine with few cores the hub has priority.
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(plan));
            await process.WaitForExitAsync(ct);
            log.LogWarning("The sample collectors ended with exit code {Code}. {LastWords}", process.ExitCode, lastWords);
        }
        finally
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(ExitTimeout)) process.Kill();
        }
    }

    private void Log(LogLevel level, string? line)
    {
        if (!string.IsNullOrEmpty(line)) log.Log(level, "{Line}", line);
    }

    /// <summary>This executable with another command.</summary>
    private static ProcessStartInfo Command()
    {
        var own = Environment.ProcessPath ?? "dotnet";
        // Either the shared dotnet host or the application's own executable.
        var isHost = Path.GetFileNameWithoutExtension(own) == "dotnet";
        IReadOnlyList<string> arguments = isHost ? [typeof(FleetProcess).Assembly.Location, FleetCommand.Verb] : [FleetCommand.Verb];
        var start = new ProcessStartInfo(own, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A small process needs neither a heap for each core nor concurrent garbage collection.
        (start.Environment["DOTNET_gcServer"], start.Environment["DOTNET_gcConcurrent"]) = ("0", "0");
        return start;
    }

    /// <summary>The local address of the hub; null if it does not listen, as in tests.</summary>
    private Uri? Address() => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Select(BindingAddress.Parse)
        .OrderBy(a => a.Scheme == Uri.UriSchemeHttp ? 0 : 1)
        .Select(a => new UriBuilder(a.Scheme, a.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : a.Host, a.Port).Uri)
        .FirstOrDefault();
}
