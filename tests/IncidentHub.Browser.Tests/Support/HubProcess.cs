using System.Diagnostics;
using System.Reflection;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>
/// The real hub in a separate process, on a free port with its own database. It can be killed and restarted on the same data.
/// </summary>
public sealed class HubProcess : IAsyncDisposable
{
    private static readonly string Dll = typeof(HubProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "HubPath").Value!;

    /// <summary>An identity provider that is configured and does not answer: for pages that only name it.</summary>
    public static readonly IReadOnlyList<(string Name, string Value)> WithProvider =
    [
        ("Identity__Providers__0__Name", "corp"), ("Identity__Providers__0__Title", "Corp"),
        ("Identity__Providers__0__Authority", "http://127.0.0.1:9"), ("Identity__Providers__0__ClientId", "hub"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder;
    private readonly bool _ownsFolder, _demo;
    private readonly IReadOnlyList<(string Name, string Value)> _settings;
    private readonly List<string> _log = [];
    private Process? _process;

    private HubProcess(bool demo, IReadOnlyList<(string Name, string Value)> settings, string? folder = null)
    {
        (_demo, _settings, _ownsFolder) = (demo, settings, folder is null);
        _folder = folder ?? Directory.CreateTempSubdirectory("incidenthub-browser-").FullName;
    }

    /// <summary>The address it listens on; the same after a restart.</summary>
    public string Url { get; private set; } = "http://127.0.0.1:0";

    public string DatabaseFile => Path.Combine(_folder, "hub.db");

    /// <summary>The id of the running process.</summary>
    public int Id => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its log at warning level or above, and its last output if it failed.</summary>
    public IReadOnlyList<string> Log { get { lock (_log) return [.. _log]; } }

    /// <param name="demo">Whether the demo story is loaded.</param>
    /// <param name="settings">As environment variables: <c>Ofrep__PerSecond</c>.</param>
    public static async Task<HubProcess> StartAsync(bool demo = false, params IReadOnlyList<(string Name, string Value)> settings)
    {
        var hub = new HubProcess(demo, settings);
        try
        {
            await hub.StartAgainAsync();
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Starts another process on the same data and port while this one runs: the task completes when it listens. Its log can be read
    /// meanwhile.
    /// </summary>
    public (HubProcess Hub, Task Listening) StartBeside(params IReadOnlyList<(string Name, string Value)> settings)
    {
        var other = new HubProcess(_demo, [.. _settings, .. settings], _folder) { Url = Url };
        return (other, other.StartAgainAsync());
    }

    /// <summary>A hub that is not started, with a folder of its own and the master key and the port of this one: another machine.</summary>
    public HubProcess Elsewhere()
    {
        var other = new HubProcess(_demo, _settings) { Url = Url };
        File.Copy(Path.Combine(_folder, "master.key"), Path.Combine(other._folder, "master.key"));
        return other;
    }

    /// <summary>A hub that is not started, whose data are in a folder of the test.</summary>
    public static HubProcess In(string folder, params IReadOnlyList<(string Name, string Value)> settings) => new(false, settings, folder);

    /// <summary>Runs a command of the executable with the configuration of this hub, which may be running.</summary>
    public async Task<(int Code, string Output)> RunAsync(params IReadOnlyList<string> command)
    {
        using var process = Process.Start(Start(command)) ?? throw new InvalidOperationException("The command did not start.");
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync())
                .WaitAsync(Patience);
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Concat(output));
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Waits until it has ended; returns the exit code.</summary>
    public async Task<int> ExitedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    private ProcessStartInfo Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. command])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = Url;
        // A fault of an open page says in the browser what it is.
        start.Environment["ASPNETCORE_DETAILEDERRORS"] = "true";
        start.Environment["Database__Provider"] = "Sqlite";
        start.Environment["ConnectionStrings__IncidentHub"] = $"Data Source={DatabaseFile}";
        start.Environment["Keys__MasterKeyFile"] = Path.Combine(_folder, "master.key");
        start.Environment["Evidence__Path"] = Path.Combine(_folder, "evidence");
        start.Environment["Demo__Load"] = _demo ? "true" : "false";
        // Sample collectors are off by default.
        start.Environment["Demo__Collectors"] = "0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        return start;
    }

    /// <summary>Starts on the same data and port.</summary>
    public async Task StartAgainAsync()
    {
        var process = Process.Start(Start([])) ?? throw new InvalidOperationException("The hub did not start.");
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(object _, DataReceivedEventArgs e)
        {
            if (e.Data is null) return;
            lock (_log) _log.Add(e.Data);
            // The log is JSON outside Development.
            if (e.Data.Split("Now listening on: ") is [_, var rest, ..]) listening.TrySetResult(rest.Split('"')[0].Trim());
        }
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            // Also waits until its output is read to the end.
            if (!listening.Task.IsCompleted) process.WaitForExit();
            listening.TrySetException(new InvalidOperationException("The hub ended at start:\n" + string.Join('\n', Log)));
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        Url = await listening.Task.WaitAsync(Patience);
    }

    /// <summary>SIGTERM, as a service manager stops it; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>SIGKILL: no graceful shutdown, no flush.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (!_ownsFolder) return;
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A file is still open; the operating system clears the temporary folder.
        }
    }
}
