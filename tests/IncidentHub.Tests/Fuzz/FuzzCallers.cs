using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Fuzz;

/// <summary>Who sends a request: a signed-in person, a key, a collector, or nobody.</summary>
/// <param name="Account">Whose rights it has; null for machines and for nobody.</param>
/// <param name="Secret">What it sends in <paramref name="Header"/>; no answer may contain it.</param>
internal sealed record FuzzCaller(string Name, string? Account, string? Header, string? Secret)
{
    public void Sign(HttpRequestMessage request)
    {
        if (Header is null) return;
        request.Headers.Remove(Header);
        request.Headers.TryAddWithoutValidation(Header, Header == "Authorization" ? $"Bearer {Secret}" : Secret);
    }
}

/// <summary>A text that only some accounts may read.</summary>
internal sealed record FuzzMarker(string Text, IReadOnlySet<string> Readers);

/// <summary>The callers of a hub with the demo story, what only some of them may read, and the names of what there is.</summary>
internal sealed class FuzzCallers(TestHub hub) : ICollectorHub
{
    private static readonly string[] Triage = ["responder", "responder-2", "privacy"];
    private readonly Dictionary<string, HashSet<string>> _known = [];

    public List<FuzzCaller> All { get; } = [];

    public List<FuzzMarker> Markers { get; } = [];

    public IReadOnlyDictionary<string, string[]> Known =>
        _known.ToDictionary(k => k.Key, k => k.Value.Order(StringComparer.Ordinal).ToArray());

    public string Code => "MCI";

    public HttpClient CreateClient() => hub.CreateClient();

    public JsonElement? Verify(string token, string type) => null;

    public async Task MakeAsync()
    {
        All.Add(new("nobody", null, null, null));
        All.Add(new("an unknown key", null, "Authorization", "ihk_" + new string('A', 43)));
        foreach (var account in DemoAccounts.All.Select(a => a.Account)) await SignInAsync(account);
        await KeysAsync();
        using var privacy = await hub.AsAsync("privacy");
        var secret = $"marker-{Guid.CreateVersion7():N}";
        var incident = await privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "Known to few",
            sev = 4,
            confidentiality = "Restricted",
            programs = new[] { new { program = Code } },
        });
        await privacy.MakeAsync($"/api/v1/incidents/{incident.Text("code")}/notes", new { kind = "Note", body = secret });
        Markers.Add(new(secret, new HashSet<string> { "privacy", "counsel" }));
        await LearnAsync();
    }

    private async Task SignInAsync(string account)
    {
        using var client = hub.CreateClient();
        using var answer = await client.PostAsJsonAsync("/api/v1/session", new { account });
        All.Add(new(account, account, "Cookie", Cookie(answer)));
        using var person = await hub.AsAsync(account);
        if (Triage.Contains(account)) return;
        var secret = $"marker-{Guid.CreateVersion7():N}";
        await person.MakeAsync("/api/v1/flags", new { text = $"For triage only {secret}" });
        Markers.Add(new(secret, Triage.Append(account).ToHashSet()));
    }

    /// <summary>A person whose session a request has ended; nothing where one has deactivated the account.</summary>
    public async Task SignInAgainAsync(FuzzCaller caller)
    {
        using var client = hub.CreateClient();
        using var answer = await client.PostAsJsonAsync("/api/v1/session", new { account = caller.Account });
        if (answer.IsSuccessStatusCode) All[All.FindIndex(c => c.Name == caller.Name)] = caller with { Secret = Cookie(answer) };
    }

    private static string Cookie(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private async Task KeysAsync()
    {
        foreach (var (account, scopes) in ((string, string[])[])[
            ("responder", ["read"]), ("responder", ["read", "write"]), ("owner", ["read", "write"]), ("privacy", ["write"]),
            ("administrator", ["read", "write"]), ("auditor", ["read"]), ("executive", ["read", "write"])])
        {
            using var person = await hub.AsAsync(account);
            var key = await person.MakeAsync("/api/v1/keys", new { name = "fuzz", scopes });
            All.Add(new($"{account}'s key ({string.Join(", ", scopes)})", account, "Authorization", key.Text("key")));
        }
        using var owner = await hub.AsAsync("owner");
        foreach (var scope in (string[])["enrol", "gate", "evaluate"])
        {
            var made = await owner.MakeAsync("/api/v1/keys", new { name = scope, scopes = new[] { scope }, programs = new[] { Code } });
            var key = made.Text("key");
            All.Add(new($"a key with {scope}", null, scope == "gate" ? "X-API-Key" : "Authorization", key));
            if (scope != "enrol") continue;
            var collector = new TestCollector(this);
            await collector.RegisterAsync(key);
            All.Add(new("a collector", null, "Authorization", collector.Secret));
        }
        var revoked = await owner.MakeAsync("/api/v1/keys", new { name = "revoked", scopes = new[] { "read", "write" } });
        await owner.MakeAsync($"/api/v1/keys/{revoked.Text("id")}/revoke");
        All.Add(new("a revoked key", null, "Authorization", revoked.Text("key")));
    }

    // The names that requests use, so that many reach something that exists.
    private async Task LearnAsync()
    {
        Know("account,owner,deputies,person,raisedBy,actor", [.. DemoAccounts.All.Select(a => a.Account)]);
        Know("categories,category", ["keystrokes", "clicks", "mouse-movements", "screen-snapshots", "private-communications"]);
        Know("regions,region", ["US", "DE", "EU", "GB"]);
        Know("scopes", ["enrol", "gate", "evaluate", "read", "write", "intake"]);
        Know("id", ["0199a6c2-0000-7000-8000-000000000000"]);
        Know("receipt", ["0000-0000-0000-0001"]);
        Know("key", ["program.MCI.collect", "program.NOPE.collect"]);
        using var responder = await hub.AsAsync("responder");
        using var owner = await hub.AsAsync("owner");
        await FindAsync(responder, "/api/v1/programs", "code", "code,program,programs,programCode");
        await FindAsync(responder, "/api/v1/datasets", "name", "name,dataset,datasets,upstream");
        await FindAsync(responder, "/api/v1/incidents", "code", "code,incident,incidents,into,target");
        await FindAsync(responder, "/api/v1/decisions", "code", "code,decision");
        await FindAsync(responder, "/api/v1/flags", "code", "code,flag");
        await FindAsync(responder, "/api/v1/tasks", "code", "code,task");
        await FindAsync(owner, "/api/v1/keys?program=MCI", "id", "id");
        await FindAsync(owner, "/api/v1/collectors?program=MCI", "id", "id");
        await FindAsync(responder, "/api/v1/programs/CALL-NOTES/pauses", "id", "id,pause");
    }

    private async Task FindAsync(HttpClient client, string list, string property, string names)
    {
        var (status, body) = await client.SendAsync(HttpMethod.Get, list);
        if ((int)status != 200 || !body.TryGetProperty("items", out var items)) return;
        Know(names, [.. items.EnumerateArray().Where(i => i.TryGetProperty(property, out _)).Select(i => i.Text(property)).Take(15)]);
    }

    private void Know(string names, string[] values)
    {
        foreach (var name in names.Split(','))
        {
            if (!_known.TryGetValue(name, out var all)) _known[name] = all = [];
            all.UnionWith(values);
        }
    }
}
