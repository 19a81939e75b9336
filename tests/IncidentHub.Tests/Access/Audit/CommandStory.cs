using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Access.Identity;
using IncidentHub.Decisions;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Keys;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Protocol;
using IncidentHub.Tests.Access.Identity;
using IncidentHub.Tests.Access.Identity.Providers;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>A command of the API, sent once in a story of all commands.</summary>
/// <param name="Route">As mapped by the hub: <c>POST /api/v1/flags/{code}/dismiss</c>.</param>
/// <param name="Act">The act in the audit log; null where no record is expected.</param>
/// <param name="By">An account, a machine («@gate»), or «nobody».</param>
internal sealed partial record CommandStep(string Route, string? Act, string By)
{
    /// <summary>The values of the route's placeholders, in order.</summary>
    public Func<CommandStory, object[]> At { get; init; } = _ => [];

    public Func<CommandStory, object?> Body { get; init; } = _ => null;

    /// <summary>Runs before the step, to establish its precondition.</summary>
    public Func<CommandStory, Task>? Before { get; init; }

    /// <summary>Keeps values of the response for later steps.</summary>
    public Func<CommandStory, JsonElement, Task>? After { get; init; }

    /// <summary>Sends the command where that requires more than a body.</summary>
    public Func<CommandStory, Task>? Send { get; init; }

    /// <summary>The actor in the log where it is not the sender.</summary>
    public Guid? Actor { get; init; }

    /// <summary>Bodies that are refused, with the status.</summary>
    public (int Status, object Body)[] Refused { get; init; } = [];

    /// <summary>Whether everybody who is signed in may send it.</summary>
    public bool ForEveryone { get; init; }

    public HttpMethod Method => new(Route.Split(' ')[0]);

    public string Path(params object[] values)
    {
        var next = 0;
        return Placeholder().Replace(Route.Split(' ')[1], _ => Uri.EscapeDataString(values[next++].ToString()!));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}

/// <summary>The audit record of one act.</summary>
internal sealed record AuditRecord
{
    public required long Sequence { get; init; }
    public required Guid ActorId { get; init; }
    public required string ActorKind { get; init; }
    public required string Act { get; init; }
    public required string Subject { get; init; }
    public required string? PayloadDigest { get; init; }
    public required string? Hash { get; init; }
}

/// <summary>A hub that receives every command of the API, and the values that the steps share.</summary>
internal sealed class CommandStory : ICollectorHub, IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _clients = [];
    private readonly Dictionary<string, Guid> _actors = [];
    private readonly Dictionary<string, object> _kept = [];
    private readonly DateTimeOffset _began;

    private CommandStory(bool recordsWrites, FalseProvider provider)
    {
        Provider = provider;
        Hub = new() { RecordsWrites = recordsWrites, Settings = provider.Settings() };
        _began = Hub.Clock.Now;
    }

    public TestHub Hub { get; }

    /// <summary>The identity provider of the company.</summary>
    public FalseProvider Provider { get; }

    /// <summary>The passkey of the sample account <c>owner</c>.</summary>
    public TestPasskey Passkey => field ??= new(Hub);

    public string Code => "MCI";

    public DateTimeOffset Now => Hub.Clock.Now;

    public TestCollector Collector { get; private set; } = null!;

    /// <summary>A value that an earlier step kept under this name.</summary>
    public object this[string name]
    {
        get => _kept[name];
        set => _kept[name] = value;
    }

    public static async Task<CommandStory> StartAsync(bool recordsWrites = false)
    {
        var story = new CommandStory(recordsWrites, await FalseProvider.StartAsync());
        foreach (var person in DemoAccounts.All)
            (story._clients[person.Account], story._actors[person.Account]) = (await story.Hub.AsAsync(person.Account), person.Id);
        (story._clients["nobody"], story._actors["nobody"]) = (await story.Hub.AsAsync(null), Guid.Empty);
        story.Collector = new TestCollector(story);
        return story;
    }

    public HttpClient As(string by) => _clients[by];

    public Guid IdOf(string by) => _actors[by];

    /// <summary>A machine that authenticates with this secret.</summary>
    public void Machine(string name, string secret, Guid id)
    {
        var client = Hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (_clients[name], _actors[name]) = (client, id);
    }

    public async Task MachineAsync(string name, string scope)
    {
        var key = await As("owner").MakeAsync("/api/v1/keys", new { name, scopes = new[] { scope }, programs = new[] { Code } });
        Machine(name, key.Text("key"), key.GetProperty("id").GetGuid());
    }

    /// <summary>The same for a key that is limited to no program.</summary>
    public async Task WideMachineAsync(string name, string scope)
    {
        var key = await As("administrator").MakeAsync("/api/v1/keys", new { name, scopes = new[] { scope } });
        Machine(name, key.Text("key"), key.GetProperty("id").GetGuid());
    }

    /// <summary>Runs the precondition of a step.</summary>
    public Task<JsonElement> MakeAsync(string by, string path, object? body = null) => As(by).MakeAsync(path, body);

    /// <summary>Advances the clock to that many seconds after the beginning, and runs what is due then.</summary>
    public async Task AtAsync(double seconds)
    {
        Hub.Clock.Advance(_began.AddSeconds(seconds) - Hub.Clock.Now);
        foreach (var tick in new ITick[] { Tick<PauseTick>(), Tick<StageTick>(), Tick<DrillTick>(), Tick<DecisionTick>() })
            await tick.RunAsync(CancellationToken.None);
        await Hub.CountedAsync();
    }

    /// <summary>Sends the step's command.</summary>
    public async Task SendAsync(CommandStep step)
    {
        if (step.Send is not null)
        {
            await step.Send(this);
            return;
        }
        var (status, body) = await As(step.By).SendAsync(step.Method, step.Path(step.At(this)), step.Body(this));
        // The response for a quarantined batch.
        Assert.True((int)status is >= 200 and < 400 || (step.Act == "gate.held" && status == HttpStatusCode.Locked),
            $"{step.Route}: {status} {body}");
        if (step.After is not null) await step.After(this, body);
    }

    /// <summary>The records after that one, oldest first.</summary>
    public Task<List<AuditRecord>> AuditAfterAsync(long sequence) => ReadAsync(async c => (await c.QueryAsync<AuditRecord>(
        """
        SELECT Sequence, ActorId, ActorKind, Act, Subject, PayloadDigest, Hash FROM AuditEntry
        WHERE Sequence > @sequence
        ORDER BY Sequence
        """,
        new { sequence })).AsList());

    public Task<long> AuditCountAsync() => ReadAsync(c => c.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(Sequence), 0) FROM AuditEntry"));

    /// <summary>A digest of each table's rows.</summary>
    public Task<Dictionary<string, string>> DigestsAsync() => ReadAsync(async c =>
    {
        var tables = await c.QueryAsync<string>(Hub.Db.Engine == Engine.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = 'dbo'");
        var digests = new Dictionary<string, string>();
        // A lease names the process that runs a tick.
        foreach (var table in tables.Where(t => t != "JobLease").ToList())
        {
            var rows = (await c.QueryAsync($"SELECT * FROM [{table}]")).Select(Line).Order(StringComparer.Ordinal).ToList();
            digests[table] = $"{rows.Count} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
        }
        return digests;
    });

    /// <summary>Every command that the hub maps. Pages, and their live connection, are not commands.</summary>
    public IReadOnlySet<string> Commands() => Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            && e.RoutePattern.RawText?.StartsWith("/_blazor", StringComparison.Ordinal) == false)
        .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Where(m => m is not ("GET" or "HEAD" or "OPTIONS"))
            .Select(m => $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}"))
        .ToHashSet();

    /// <summary>The one open pause of the program, as shown by the API.</summary>
    public async Task<Guid> PauseOfAsync(string program) => (await As("responder").ReadAsync($"/api/v1/programs/{program}/pauses"))
        .GetProperty("items")[0].GetProperty("id").GetGuid();

    public HttpClient CreateClient() => Hub.CreateClient();

    public JsonElement? Verify(string token, string type) =>
        new HubTokens(Hub.Services.GetRequiredService<SigningKeys>(), "").Verify(token, type);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Provider.DisposeAsync();
    }

    // The last use of a key or a session is updated by requests.
    private static string Line(dynamic row) => string.Join('|', ((IDictionary<string, object?>)row)
        .Where(v => v.Key is not ("LastUsedAt" or "LastSeenAt"))
        .Select(v => v.Value is byte[] bytes ? Convert.ToHexString(bytes) : $"{v.Value}"));

    private T Tick<T>() where T : ITick => (T)ActivatorUtilities.GetServiceOrCreateInstance(Hub.Services, typeof(T));

    private Task<T> ReadAsync<T>(Func<System.Data.Common.DbConnection, Task<T>> read) =>
        Hub.Db.ReadAsync(sql => read(((Sql)sql).Connection));
}
