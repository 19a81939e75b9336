using System.Web;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>A hub whose provider is false.</summary>
internal sealed class FalseProviderWorld : IAsyncDisposable
{
    private FalseProviderWorld(FalseProvider provider, TestHub hub) => (Provider, Hub) = (provider, hub);

    public FalseProvider Provider { get; }

    public TestHub Hub { get; }

    public static async Task<FalseProviderWorld> StartAsync()
    {
        var provider = await FalseProvider.StartAsync();
        var hub = new TestHub { Settings = provider.Settings() };
        // Cookies are kept by this machine's clock.
        hub.Clock.Advance(TimeProvider.System.GetUtcNow() - hub.Clock.Now);
        return new(provider, hub);
    }

    public OidcBrowser Browser() => new(Hub.CreateClient(), new Uri("http://localhost"));

    /// <summary>Begins a sign-in, has the provider give a token, and comes back.</summary>
    /// <param name="token">Made from the nonce of the sign-in.</param>
    /// <param name="answer">The query with which the browser comes back, made from the state; null for the right one.</param>
    public async Task<string> SignInAsync(OidcBrowser browser, Func<string, string> token, Func<string, string>? answer = null)
    {
        var asked = HttpUtility.ParseQueryString((await browser.StartAsync("corp")).Query);
        Provider.IdToken = token(asked["nonce"]!);
        var query = answer?.Invoke(asked["state"]!) ?? $"code={Guid.CreateVersion7()}&state={Uri.EscapeDataString(asked["state"]!)}";
        return await ComeBackAsync(browser, query);
    }

    public static async Task<string> ComeBackAsync(OidcBrowser browser, string query)
    {
        using var back = await browser.Http.GetAsync($"/sign-in/oidc/corp?{query}");
        Assert.True(back.StatusCode == System.Net.HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        return back.Headers.Location!.ToString();
    }

    public Dictionary<string, object> Claims(string nonce) => Provider.Claims(Hub.Clock.Now, nonce);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string query) => Hub.Db.ReadAsync<IReadOnlyList<T>>(
        async sql => (await ((Sql)sql).Connection.QueryAsync<T>(query)).AsList());

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
