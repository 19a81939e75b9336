using System.Net.Http.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Dapper;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>A real hub and a real provider beside it (oidc-provider, certified by the OpenID Foundation).</summary>
internal sealed class ProviderWorld : IAsyncDisposable
{
    public const string Machine = "ingest", Stranger = "stranger", Audience = "urn:incidenthub";
    private readonly ProviderProcess _provider;

    private ProviderWorld(HubProcess hub, ProviderProcess provider) => (Hub, _provider) = (hub, provider);

    public HubProcess Hub { get; }

    public string Issuer => _provider.Issuer;

    /// <param name="algorithm">By which the provider signs what it says of people.</param>
    public static async Task<ProviderWorld> StartAsync(string algorithm = "RS256")
    {
        var provider = await ProviderProcess.StartAsync(algorithm);
        var hub = await HubProcess.StartAsync(settings:
        [
            .. provider.Settings,
            ("Identity__Providers__0__Machines__0__ClientId", Machine), ("Identity__Providers__0__Machines__0__Audience", Audience),
            ("Identity__Providers__0__Machines__0__Scopes__0", "gate"), ("Identity__Providers__0__Machines__0__Programs__0", "MCI"),
        ]);
        return new(hub, provider);
    }

    public OidcBrowser Browser() => OidcBrowser.Real(Hub.Url);

    public async Task<HttpClient> AsAsync(string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(Hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Sets what the provider says of an account.</summary>
    public async Task SetAsync(string account, object claims)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync($"{Issuer}/people", new { account, claims })).EnsureSuccessStatusCode();
    }

    /// <summary>An access token of a machine client.</summary>
    public async Task<string> TokenAsync(string client)
    {
        using var http = new HttpClient();
        var answer = await http.PostAsync($"{Issuer}/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = $"secret-of-the-machine-{client}",
        }));
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).Text("access_token");
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string query)
    {
        await using var database = new SqliteConnection($"Data Source={Hub.DatabaseFile};Mode=ReadOnly");
        return (await database.QueryAsync<T>(query)).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _provider.Dispose();
    }
}
