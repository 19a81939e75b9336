using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace IncidentHub.Benchmarks.Support;

/// <summary>The real hub in a separate process, on a database file of the benchmark.</summary>
internal sealed partial class HubUnderTest : IAsyncDisposable
{
    private readonly Process _process;

    private HubUnderTest(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public static async Task<HubUnderTest> StartAsync(string databaseFile, params (string Name, string Value)[] settings)
    {
        var process = Process.Start(Start(databaseFile, [], settings))!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                _ = PassOnErrorsAsync(process);
                return new HubUnderTest(process, new Uri(found.Groups[1].Value));
            }
            if (process.HasExited) break;
        }
        throw new InvalidOperationException("The hub did not start.");
    }

    /// <summary>Runs a command of the executable on this database.</summary>
    public static async Task<(int Code, string Said)> CommandAsync(string databaseFile, params string[] command)
    {
        using var process = Process.Start(Start(databaseFile, command))!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    private static ProcessStartInfo Start(string databaseFile, string[] command, params (string Name, string Value)[] settings)
    {
        var folder = Path.GetDirectoryName(databaseFile)!;
        var start = new ProcessStartInfo("dotnet", [HubAssembly(), .. command])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__IncidentHub"] = $"Data Source={databaseFile}";
        start.Environment["Keys__MasterKeyFile"] = Path.Combine(folder, "master.key");
        // The open pages of a benchmark are all of one person.
        start.Environment["Circuits__PerPerson"] = "100000";
        start.Environment["Demo__Load"] = "false";
        start.Environment["Demo__Collectors"] = "0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }

    private static async Task PassOnErrorsAsync(Process process)
    {
        var after = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("fail:", StringComparison.Ordinal)) after = 6;
            if (after-- > 0) Console.Error.WriteLine($"   hub: {line}");
        }
    }

    /// <summary>A client signed in as a sample account, and its cookie.</summary>
    public async Task<(HttpClient Client, string Cookie)> AsAsync(string account)
    {
        var cookies = new CookieContainer();
        var client =
            new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, MaxConnectionsPerServer = 512 })
            {
                BaseAddress = Address,
                Timeout = TimeSpan.FromMinutes(2)
            };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return (client, cookies.GetCookieHeader(Address));
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The repository's root folder, searched upwards from this program's folder.</summary>
    public static string Repository
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "IncidentHub.sln")))
                root = root.Parent ?? throw new InvalidOperationException("The repository was not found.");
            return root.FullName;
        }
    }

    // The hub's own output folder, in the build configuration of this program: it contains the static files' manifest.
    private static string HubAssembly()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository, "src/IncidentHub/bin", own.Parent!.Name, own.Name, "incidenthub.dll");
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
