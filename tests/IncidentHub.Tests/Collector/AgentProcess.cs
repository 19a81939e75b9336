using System.Diagnostics;
using System.Text.Json;

namespace IncidentHub.Tests.Collector;

/// <summary>The real sample agent in its own process.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-agent-").FullName;
    private readonly List<string> _said = [];
    private Process? _process;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AgentProcess() { }

    public static AgentProcess Start(string hub, string key, string program = "MCI")
    {
        var agent = new AgentProcess();
        agent.Run(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "incidenthub-agent.dll"), .. agent.Options(hub, key, program), "--batch",
            "5"]);
        return agent;
    }

    /// <summary>Another sample with the same options and output.</summary>
    public static AgentProcess StartOther(string command, string script, string hub, string key, string program = "MCI")
    {
        var agent = new AgentProcess();
        agent.Run(command, [script, .. agent.Options(hub, key, program)]);
        return agent;
    }

    /// <summary>The length of its output: a position to wait from.</summary>
    public int Mark { get { lock (_said) return _said.Count; } }

    /// <summary>Waits for output with this text after <paramref name="mark"/>.</summary>
    public async Task<string> PrintsAsync(string text, int mark = 0)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_said)
            {
                if (_said.Skip(mark).FirstOrDefault(s => s.Contains(text, StringComparison.Ordinal)) is { } found) return found;
                more = _more.Task;
            }
            try { await more.WaitAsync(patience.Token); }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(
                    $"The agent did not say “{text}”. It said:\n{string.Join('\n', _said)}");
            }
        }
    }

    /// <summary>When the written events were captured, on the suspend-proof clock of this machine, in milliseconds.</summary>
    public IReadOnlyList<long> WrittenAt() =>
        [.. Directory.EnumerateFiles(Path.Combine(_folder, "out"), "*.ndjson").SelectMany(File.ReadAllLines)
            .Select(l => JsonElement.Parse(l).GetProperty("bootMs").GetInt64()).Order()];

    public Task SignalAsync(string signal) => SignalAsync(signal, _process!.Id);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Options(string hub, string key, string program) =>
        ["--hub", hub, "--key", key, "--program", program, "--state", Path.Combine(_folder, "state"), "--out", Path.Combine(_folder, "out"),
            "--name", "ws-22081", "--rate", "200"];

    private void Run(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        TaskCompletionSource more;
        lock (_said)
        {
            _said.Add(line);
            (more, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        more.SetResult();
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
