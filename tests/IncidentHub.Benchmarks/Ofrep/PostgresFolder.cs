using System.Diagnostics;
using System.Globalization;

namespace IncidentHub.Benchmarks.Ofrep;

/// <summary>
/// A PostgreSQL of its own for the peer: a new data folder in the system's temporary folder, a loopback port, the settings that it comes
/// with. It refuses to run as root; there it runs as the account that its package made.
/// </summary>
internal sealed class PostgresFolder : IAsyncDisposable
{
    private const string Account = "postgres";
    private readonly string _programs, _folder;

    private PostgresFolder(string programs, string folder, int port) => (_programs, _folder, Port) = (programs, folder, port);

    public int Port { get; }

    /// <summary>Where Debian puts the programs of the newest version; null where there is none.</summary>
    public static string? Installed() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>Starts one with an empty database that belongs to <paramref name="user"/>, who needs no password.</summary>
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
        // The server outlives pg_ctl and keeps its output open: only the end of the process is waited for, and what it wrote is read where
        // it is needed.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {await process.StandardError.ReadToEndAsync()}");
        return program == "mktemp" ? await process.StandardOutput.ReadToEndAsync() : "";
    }
}
