using System.Net;
using System.Net.Http.Json;
using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace IncidentHub.Tests.Platform.Http;

public sealed class PublicAddressTests
{
    private const string Hub = "https://hub.example:8443";

    [Theory]
    [InlineData("hub.example", null, null, "PublicUrl")]
    [InlineData("ftp://hub.example", null, null, "PublicUrl")]
    [InlineData("https://hub.example/?a=b", null, null, "PublicUrl")]
    [InlineData("https://someone@hub.example", null, null, "PublicUrl")]
    [InlineData("http://hub.example", null, null, "PublicUrl must be https")]
    [InlineData("http://10.0.0.1:5100", null, null, "PublicUrl must be https")]
    [InlineData(Hub, "hub", null, "Proxies:PathBase")]
    [InlineData(Hub, "/hub/../x?", null, "Proxies:PathBase")]
    [InlineData(Hub + "/hub", "/other", null, "Proxies:PathBase")]
    [InlineData(Hub, null, "proxy.example", "Proxies:Trusted")]
    [InlineData(Hub, null, "10.1.2.3/33", "Proxies:Trusted")]
    public void A_wrong_address_is_refused_at_start_by_its_key(string url, string? pathBase, string? trusted, string says) =>
        Assert.StartsWith(
            says, Assert.Throws<StartFaultException>(() => Read(url, pathBase, trusted)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:5100", null, "")]
    [InlineData("http://127.0.0.1:5100/", null, "")]
    [InlineData("http://[::1]:5100", null, "")]
    [InlineData(Hub, "/hub/", "/hub")]
    [InlineData(Hub + "/hub", null, "/hub")]
    [InlineData(Hub + "/tools/hub/", "/tools/hub", "/tools/hub")]
    [InlineData(Hub, "/", "")]
    public void The_path_base_is_that_of_the_public_address(string url, string? given, string is_) =>
        Assert.Equal(is_, Read(url, given, null).PathBase.Value);

    [Fact]
    public void Trusted_proxies_are_addresses_and_networks()
    {
        var address = Read(Hub, null, "127.0.0.1, 10.1.0.0/16,fd00::/8 , ::1");
        Assert.Equal(["127.0.0.1/32", "10.1.0.0/16", "fd00::/8", "::1/128"], address.Proxies.Select(p => p.ToString()));
    }

    [Fact]
    public async Task Cookies_redirects_and_locations_are_those_of_the_public_address()
    {
        await using var hub = Start(Hub + "/hub");
        using var nobody = hub.CreateClient();
        using var lost = await nobody.GetAsync("/programs?state=live");
        Assert.Equal("/hub/sign-in?returnUrl=%2Fprograms%3Fstate%3Dlive", lost.Headers.Location?.OriginalString);
        using var signedIn = await nobody.PostAsJsonAsync("/hub/api/v1/session", new { account = "employee" });
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-incidenthub=", cookie, StringComparison.Ordinal);
        foreach (var part in (string[])["path=/;", "secure", "samesite=lax", "httponly"]) Assert.Contains(part, cookie + ";");
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        using var denied = await nobody.GetAsync("/jobs");
        Assert.Equal("/hub/denied", denied.Headers.Location?.OriginalString);
        using var filed = await nobody.PostAsJsonAsync("/api/v1/flags", new { text = "Something is open." });
        Assert.StartsWith("/hub/api/v1/flags/F-", filed.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(filed.Headers.Location)).StatusCode);
        Assert.Contains("<base href=\"/hub/\"", await nobody.GetStringAsync("/hub/flags/new"), StringComparison.Ordinal);
        foreach (var one in (await nobody.GetAsync("/sign-in")).Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            Assert.StartsWith("__Host-", one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotent_replay_has_the_same_location()
    {
        await using var hub = Start(Hub + "/hub");
        using var employee = await hub.AsAsync("employee");
        var locations = new List<string?>();
        for (var n = 0; n < 2; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flags");
            request.Content = JsonContent.Create(new { text = "Something is open." });
            request.Headers.Add("Idempotency-Key", "one");
            using var answer = await employee.SendAsync(request);
            locations.Add(answer.Headers.Location?.OriginalString);
        }
        Assert.Equal(["/hub/api/v1/flags/F-1", "/hub/api/v1/flags/F-1"], locations);
    }

    [Theory]
    [InlineData("/api/v1/programs", false)]
    [InlineData("/sign-in", false)]
    [InlineData("/hub.css", false)]
    [InlineData("/healthz", true)]
    [InlineData("/readyz", true)]
    public async Task Another_host_is_refused_except_to_probes(string path, bool answered)
    {
        await using var hub = Start(Hub);
        using var client = hub.CreateClient();
        foreach (var host in (string[])["evil.example", "hub.example.evil.example", "10.0.0.7:8443"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host;
            request.Headers.Add("X-Forwarded-Host", "hub.example");
            using var answer = await client.SendAsync(request);
            Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync() + answer.Headers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_client_of_a_trusted_proxy_is_counted_and_nobody_elses_word_is_taken()
    {
        await using var hub = new TestHub
        {
            Settings = new Dictionary<string, string> { ["Proxies:Trusted"] = "10.0.0.1,10.0.1.0/24", ["Flags:ReceiptsPerAddress"] = "1" },
        };
        // Behind the proxy, each client has an allowance of its own; what it sends itself stands before what the proxy adds.
        Assert.Equal(404, await TryReceiptAsync(hub, "10.0.0.1", "192.0.2.1"));
        Assert.Equal(404, await TryReceiptAsync(hub, "10.0.0.1", "198.51.100.9, 192.0.2.2"));
        Assert.Equal(404, await TryReceiptAsync(hub, "10.0.0.1", "192.0.2.3, 10.0.1.7"));
        Assert.Equal(429, await TryReceiptAsync(hub, "10.0.0.1", "198.51.100.10, 192.0.2.2"));
        Assert.Equal(429, await TryReceiptAsync(hub, "10.0.1.8", "192.0.2.3"));
        // Somebody who is no proxy has one, whatever is sent.
        Assert.Equal(404, await TryReceiptAsync(hub, "192.0.2.66", "203.0.113.1"));
        Assert.Equal(429, await TryReceiptAsync(hub, "192.0.2.66", "203.0.113.2"));
        Assert.Equal(429, await TryReceiptAsync(hub, "::ffff:192.0.2.66", "203.0.113.3"));
        Assert.Equal(429, await TryReceiptAsync(hub, "192.0.2.66", "10.0.0.1"));
    }

    [Fact]
    public async Task Forwarded_headers_are_ignored_where_no_proxy_is_trusted()
    {
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Flags:ReceiptsPerAddress"] = "1" } };
        Assert.Equal(404, await TryReceiptAsync(hub, "127.0.0.1", "203.0.113.1"));
        Assert.Equal(429, await TryReceiptAsync(hub, "127.0.0.1", "203.0.113.2"));
    }

    [Fact]
    public async Task What_came_to_the_proxy_in_clear_is_led_to_https_where_a_person_asks()
    {
        await using var hub = Start(Hub + "/hub", ("Proxies:Trusted", "10.0.0.1"));
        var page = await hub.Server.SendAsync(Clear(HttpMethods.Get, "/hub/programs", "?state=live"));
        Assert.Equal((307, Hub + "/hub/programs?state=live"), (page.Response.StatusCode, page.Response.Headers.Location.ToString()));
        foreach (var (method, path) in ((string, string)[])[("GET", "/hub/api/v1/programs"), ("POST", "/hub/sign-in")])
            Assert.Equal(400, (await hub.Server.SendAsync(Clear(method, path, ""))).Response.StatusCode);
        Assert.Equal(200, (await hub.Server.SendAsync(Clear(HttpMethods.Get, "/healthz", ""))).Response.StatusCode);
    }

    private static Action<HttpContext> Clear(string method, string path, string query) => http =>
    {
        http.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.1");
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (method, path, new QueryString(query));
        http.Request.Host = new HostString("hub.example");
        http.Request.Headers["X-Forwarded-For"] = "192.0.2.1";
        http.Request.Headers["X-Forwarded-Proto"] = "http";
    };

    private static async Task<int> TryReceiptAsync(TestHub hub, string peer, string forwarded)
    {
        using var client = new HttpClient(hub.Server.CreateHandler(http => http.Connection.RemoteIpAddress = IPAddress.Parse(peer)));
        client.BaseAddress = new Uri("http://localhost");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        using var answer = await client.PostAsJsonAsync("/api/v1/flags/by-receipt", new { receipt = "0000-0000-0000-0001" });
        return (int)answer.StatusCode;
    }

    private static TestHub Start(string url, params (string Key, string Value)[] settings)
    {
        var hub = new TestHub
        {
            Settings = settings.Append(("PublicUrl", url)).ToDictionary(s => s.Item1, s => s.Item2),
        };
        hub.ClientOptions.BaseAddress = new Uri("https://hub.example");
        return hub;
    }

    private static PublicAddress Read(string url, string? pathBase, string? trusted) => PublicAddress.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PublicUrl"] = url,
            ["Proxies:PathBase"] = pathBase,
            ["Proxies:Trusted"] = trusted,
        }).Build(), takesLoopback: false);
}
