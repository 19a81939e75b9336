using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>
/// A real nginx that terminates TLS before a hub, with a configuration that is documented. It calls the hub from an address of its
/// own, 127.0.0.2, so that a client of this machine is not itself the trusted proxy.
/// </summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    public const string Address = "127.0.0.2";
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-nginx-").FullName;
    private Process? _process;

    public Nginx() => (Port, PlainPort) = (FreePort(), FreePort());

    public int Port { get; }

    /// <summary>Where it takes plain HTTP and passes it on as well.</summary>
    public int PlainPort { get; }

    public string Url => $"https://localhost:{Port}";

    /// <summary>As the README has it.</summary>
    /// <param name="hub">The hub's own address, for the proxy.</param>
    public async Task StartAsync(string hub)
    {
        var location = (await DocumentedAsync("README.md")).Replace("http://127.0.0.1:5100", hub, StringComparison.Ordinal)
            .Replace("proxy_pass", $"proxy_bind {Address};\n  proxy_pass", StringComparison.Ordinal);
        await StartWithAsync($$"""
              server {
                listen 127.0.0.1:{{Port}} ssl;
                ssl_certificate hub.crt;
                ssl_certificate_key hub.key;
                {{location}}
              }
              server {
                listen 127.0.0.1:{{PlainPort}};
                {{location}}
              }
            """);
    }

    /// <summary>Before two nodes, as docs/production.md has it.</summary>
    public async Task StartAsync(string first, string second) => await StartWithAsync((await DocumentedAsync("docs/production.md"))
        .Replace("10.0.0.11:5100", new Uri(first).Authority, StringComparison.Ordinal)
        .Replace("10.0.0.12:5100", new Uri(second).Authority, StringComparison.Ordinal)
        .Replace("listen 443 ssl", $"listen 127.0.0.1:{Port} ssl", StringComparison.Ordinal)
        .Replace("server_name hub.example", "server_name localhost", StringComparison.Ordinal)
        .Replace("proxy_pass", $"proxy_bind {Address};\n  proxy_pass", StringComparison.Ordinal));

    private static async Task<string> DocumentedAsync(string document)
    {
        var config = Block().Match(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, document))).Groups["config"].Value;
        Assert.NotEmpty(config);
        return config;
    }

    private async Task StartWithAsync(string servers)
    {
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
            await File.WriteAllTextAsync(Path.Combine(_folder, "hub.crt"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(_folder, "hub.key"), key.ExportPkcs8PrivateKeyPem());
        }
        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr warn;
            events { }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              {{servers}}
            }
            """);
        // Not in the path of an ordinary user.
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        _process = Process.Start(new ProcessStartInfo(program, ["-p", _folder, "-c", "nginx.conf", "-e", "stderr"])
        {
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("nginx did not start.");
        var errors = _process.StandardError.ReadToEndAsync();
        await WaitAsync(errors);
    }

    private async Task WaitAsync(Task<string> errors)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (_process!.HasExited) throw new InvalidOperationException("nginx ended at start: " + await errors);
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited) _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"```nginx\n(?<config>.+?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
