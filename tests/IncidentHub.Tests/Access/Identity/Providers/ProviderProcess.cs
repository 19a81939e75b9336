using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>A provider that others wrote (oidc-provider, certified by the OpenID Foundation), for a hub that starts after it.</summary>
internal sealed class ProviderProcess : IDisposable
{
    private readonly Process _process;

    private ProviderProcess(Process process, string hub, string issuer) => (_process, HubUrl, Issuer) = (process, hub, issuer);

    /// <summary>Where the hub is to listen.</summary>
    public string HubUrl { get; }

    public string Issuer { get; }

    /// <summary>Of the hub.</summary>
    public (string, string)[] Settings =>
    [
        ("ASPNETCORE_URLS", HubUrl), ("PublicUrl", HubUrl),
        ("Identity__Providers__0__Name", "corp"), ("Identity__Providers__0__Title", "Corp"),
        ("Identity__Providers__0__Authority", Issuer), ("Identity__Providers__0__ClientId", "hub-corp"),
        ("Identity__Providers__0__ClientSecret", "secret-of-the-client-corp"),
    ];

    /// <param name="algorithm">By which it signs what it says of people.</param>
    public static async Task<ProviderProcess> StartAsync(string algorithm = "RS256")
    {
        var (port, hubPort) = FreePorts();
        var (hub, issuer) = ($"http://127.0.0.1:{hubPort}", $"http://127.0.0.1:{port}");
        var process = Process.Start(new ProcessStartInfo("node",
            [Path.Combine(SourceTree.Root, "tests", "node", "provider.mjs"), $"{port}", hub, "corp", algorithm])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal(issuer, await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)));
        return new(process, hub, issuer);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5_000)) _process.Kill();
        _process.Dispose();
    }

    private static (int, int) FreePorts()
    {
        using TcpListener one = new(IPAddress.Loopback, 0), two = new(IPAddress.Loopback, 0);
        one.Start();
        two.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)two.LocalEndpoint).Port);
    }
}
