using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>The hub behind a real nginx, which terminates TLS and gives it a path of its own.</summary>
public sealed class ProxyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Behind_a_proxy_with_TLS_and_a_path_everything_works_and_nothing_leads_out()
    {
        await using var nginx = new Nginx();
        await using var hub = await StartHubAsync(nginx);
        var root = nginx.Url + "/hub/";
        using var nobody = Client(root);

        // Redirects stay on https and below the path, also for what came in clear.
        using var lost = await nobody.GetAsync("programs?state=live");
        Assert.Equal((HttpStatusCode.Redirect, "/hub/sign-in?returnUrl=%2Fprograms%3Fstate%3Dlive"),
            (lost.StatusCode, lost.Headers.Location?.OriginalString));
        using var clear = await nobody.GetAsync($"http://localhost:{nginx.PlainPort}/hub/programs?state=live");
        Assert.Equal((HttpStatusCode.TemporaryRedirect, root + "programs?state=live"),
            (clear.StatusCode, clear.Headers.Location?.OriginalString));
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "sign-in");
        foreign.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await nobody.SendAsync(foreign)).StatusCode);

        // A person signs in by the form, and pages are live: over the WebSocket, below the path.
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var context = await chromium.PersonAsync(root);
        var page = await context.NewPageAsync();
        var (sockets, wrong, errors) = (new List<string>(), new List<string>(), new List<string>());
        page.WebSocket += (_, socket) => sockets.Add(socket.Url);
        page.Response += (_, r) =>
        {
            if (!r.Url.StartsWith(root, StringComparison.Ordinal) || r.Status >= 400) wrong.Add($"{r.Status} {r.Url}");
        };
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        await page.GotoAsync(root + "programs?state=paused");
        await page.Locator("button[name=account][value=owner]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(root + "programs?state=paused");
        await page.Locator("h1").First.WaitForAsync();
        var cookie = (await context.CookiesAsync()).Single(c => c.Name.EndsWith("incidenthub", StringComparison.Ordinal));
        Assert.Equal(("__Host-incidenthub", "/", true, true), (cookie.Name, cookie.Path, cookie.Secure, cookie.HttpOnly));

        await page.GotoAsync(root);
        await page.Locator("h1").First.WaitForAsync();
        await page.EvaluateAsync("() => { window.before = true; }");
        using var responder = await AsAsync(root, "responder");
        await responder.MakeAsync("api/v1/incidents",
            new { title = "Declared behind the proxy", sev = 4, programs = new[] { new { program = "MCI" } } });
        await Assertions.Expect(page.GetByText("Declared behind the proxy").First).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.before === true"));
        Assert.Contains(sockets, s => s.StartsWith($"wss://localhost:{nginx.Port}/hub/_blazor", StringComparison.Ordinal));

        // Every page of the navigation, and every link on them, is below the path.
        var links = new HashSet<string>();
        foreach (var path in (string[])["", "incidents", "incidents/INC-241", "programs", "programs/MCI", "datasets/call-transcripts",
            "flags", "flags/new", "decisions", "decisions/D-11", "tasks", "dashboard", "keys", "nope"])
        {
            await page.GotoAsync(root + path);
            await page.Locator("h1").First.WaitForAsync();
            await Assertions.Expect(page.Locator("main .skeleton:not([data-sample] .skeleton)")).ToHaveCountAsync(0);
            foreach (var one in await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('a[href], form[action]')].map(e => e.href || e.action)")) links.Add(one);
        }
        Assert.DoesNotContain(links, l => !l.StartsWith(root, StringComparison.Ordinal));
        Assert.InRange(links.Count, 40, 5000);
        Assert.Equal([$"404 {root}nope"], wrong);
        Assert.All(errors, e => Assert.Contains("404", e, StringComparison.Ordinal));

        // Signing out ends below the path, too.
        await page.GotoAsync(root + "flags/new");
        await page.Locator("button[popovertarget=account-menu]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(root)}sign-in"));
    }

    [Fact]
    public async Task Collectors_and_clients_of_the_API_work_behind_a_proxy()
    {
        await using var nginx = new Nginx();
        await using var hub = await StartHubAsync(nginx);
        var root = nginx.Url + "/hub/";
        using var owner = await AsAsync(root, "owner");
        using var made = await owner.PostAsJsonAsync("api/v1/flags", new { text = "Filed behind the proxy" });
        Assert.StartsWith("/hub/api/v1/flags/F-", made.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(made.Headers.Location)).StatusCode);

        // A file comes through that is larger than what nginx takes by itself.
        using var large = new MultipartFormDataContent
        {
            { new StringContent("Here."), "message" },
            { new ByteArrayContent([.. Enumerable.Repeat((byte)'a', 1_500_000)]), "file", "a.txt" },
        };
        using var attached = await owner.PostAsync($"{made.Headers.Location}/files", large);
        Assert.Equal(HttpStatusCode.OK, attached.StatusCode);

        // The event stream comes through at once: the first event is answered, and so is a pause.
        using var machine = Client(root);
        var collector = await HandCollector.StartAsync(() => Client(root), owner, "MCI");
        using var events = await collector.EventsAsync();
        Assert.NotNull(await ReadEventAsync(events).WaitAsync(Patience));
        var next = ReadEventAsync(events);
        await owner.MakeAsync("api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone" });
        Assert.NotNull(await next.WaitAsync(Patience));

        // Two clients have an allowance each, and what one forges is not taken, neither through the proxy nor beside it.
        using var other = Client(root, "127.0.0.9");
        using var direct = Client(hub.Url + "/", "127.0.0.10");
        foreach (var client in (HttpClient[])[machine, other, direct])
        {
            var answers = new List<HttpStatusCode>();
            for (var n = 0; n < 3; n++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/flags/by-receipt");
                request.Headers.Add("X-Forwarded-For", $"203.0.113.{n}");
                request.Content = JsonContent.Create(new { receipt = "0000-0000-0000-0001" });
                answers.Add((await client.SendAsync(request)).StatusCode);
            }
            Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], answers);
        }
    }

    [Fact]
    public async Task Of_two_nodes_behind_a_proxy_each_browser_keeps_to_one_and_moves_when_it_goes_away()
    {
        await using var nginx = new Nginx();
        (string, string)[] settings = [("PublicUrl", nginx.Url), ("Proxies__Trusted", Nginx.Address)];
        // Each on a file of its own: whoever came to the other node would not be signed in there.
        await using var first = await HubProcess.StartAsync(settings: settings);
        await using var second = await HubProcess.StartAsync(settings: settings);
        await nginx.StartAsync(first.Url, second.Url);
        var root = nginx.Url + "/";

        var byNode = new Dictionary<string, HttpClient>();
        for (var n = 0; n < 40 && byNode.Count < 2; n++)
        {
            var client = await AsAsync(root, "owner");
            var node = await NodeAsync(client);
            for (var again = 0; again < 10; again++)
            {
                Assert.Equal(node, await NodeAsync(client));
                await client.ReadAsync("api/v1/programs");
            }
            byNode.TryAdd(node, client);
        }
        Assert.Equal(2, byNode.Count);

        // A page connects to the node that rendered it: it becomes live, and hears of a change.
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        for (var n = 0; n < 3; n++)
        {
            await using var context = await chromium.PersonAsync(root);
            var page = await context.NewPageAsync();
            await page.GotoAsync(root + "programs");
            await page.Locator("button[name=account][value=owner]").ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("programs$"));
            await page.Locator("h1").First.WaitForAsync();
            var made = await page.EvaluateAsync<int>("""
                async code => (await fetch("/api/v1/programs", { method: "POST", headers: { "Content-Type": "application/json" },
                  body: JSON.stringify({ code, name: "Launched behind the proxy", purpose: "Teach.", owner: "owner", unit: "Research",
                    regions: ["US"], categories: ["clicks"], lawfulBasis: "Consent" }) })).status
                """, $"NODE-{n}");
            Assert.Equal(201, made);
            await Assertions.Expect(page.GetByText($"NODE-{n}").First).ToBeVisibleAsync();
        }

        // A node goes away: its clients are answered by the other one, which signs with its own keys.
        await second.StopAsync();
        foreach (var client in byNode.Values)
        {
            using var answer = await client.GetAsync(".well-known/jwks.json");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Single((await Task.WhenAll(byNode.Values.Select(NodeAsync))).Distinct());
        foreach (var client in byNode.Values) client.Dispose();
    }

    // Each node has signing keys of its own here.
    private static async Task<string> NodeAsync(HttpClient client) => (await client.ReadAsync(".well-known/jwks.json")).ToString();

    private static async Task<HubProcess> StartHubAsync(Nginx nginx)
    {
        var hub = await HubProcess.StartAsync(demo: true, ("PublicUrl", nginx.Url), ("Proxies__PathBase", "/hub"),
            ("Proxies__Trusted", Nginx.Address), ("Flags__ReceiptsPerAddress", "2"),
            // Set by some hosting platforms, and ignored.
            ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"));
        await nginx.StartAsync(hub.Url);
        return hub;
    }

    private static async Task<HttpClient> AsAsync(string root, string account)
    {
        var client = Client(root);
        (await client.PostAsJsonAsync("api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    /// <param name="from">The client's own address.</param>
    private static HttpClient Client(string root, string from = "127.0.0.1") => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri(root),
    };

    private static async Task<string?> ReadEventAsync(StreamReader events)
    {
        while (await events.ReadLineAsync() is { } line) if (line.StartsWith("data:", StringComparison.Ordinal)) return line;
        return null;
    }
}
