using System.Diagnostics;
using System.Globalization;

namespace IncidentHub.Benchmarks.Ofrep;

/// <summary>
/// A separate PostgreSQL server for the peer: a new data folder in the system's temporary folder, a loopback port, the default settings.
/// PostgreSQL refuses to run as root; in that case it runs as the account that its package created.
/// </summary>
internal sealed class PostgresFolder : IAsyncDisposable
{
    private const string Account = "postgres";
    private readonly string _programs, _folder;

    private PostgresFolder(string programs, string folder, int port) => (_programs, _folder, Port) = (programs, folder, port);

    public int Port { get; }

    /// <summary>The folder of the newest version's executables on Debian; null if there is none.</summary>
    public static string? Installed() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>Starts a server with an empty database owned by <paramref name="user"/>, without a password.</summary>
    public static async Task<PostgresFolder> StartAsync(string programs, int port, string user, string database)
    {
        var folder = (await RunAsync("mktemp", "-d", "-t", "incidenthub-bench-peer-XXXXXX")).Trim();
        var server = new PostgresFolder(programs, folder, port);
        try
        {
            await RunAsync(Path.Combine(programs, "initdb"), "-D", server.Data, "-A", "trust", "-U", user);
            var number = port.ToString(CultureInfo.InvariantCulture);
            await RunAsync(Path.Combine(programs, "pg_ctl"), "start", "-w", "-D", server.Data, "-l", Path.Combine(folder, "log"), "-o",
                $"-h 127.0.0.1 -p {number} -k {folder}");
            await RunAsync(Path.Combine(programs, "createdb"), "-h", "127.0.0.1", "-p", number, "-U", user, database);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await RunAsync(Path.Combine(_programs, "pg_ctl"), "stop", "-w", "-m", "immediate", "-D", Data);
        await RunAsync("rm", "-r", _folder);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        string[] all = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", program,
            .. arguments] : [program, .. arguments];
        using var process =
            Process.Start(new ProcessStartInfo(all[0], all[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/"
            })!;
        // The server outlives pg_ctl and keeps its output open: only the exit of the process is awaited, and its output is read only if
        // needed.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {await process.StandardError.ReadToEndAsync()}");
        return program == "mktemp" ? await process.StandardOutput.ReadToEndAsync() : "";
    }
}
