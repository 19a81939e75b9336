using System.Net;

namespace IncidentHub.Tests.Access.Identity.Providers;

public sealed class LogoutTokenTests : IAsyncLifetime
{
    private FalseProviderWorld _world = null!;
    private OidcBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await FalseProviderWorld.StartAsync();
        _browser = _world.Browser();
        await _world.SignInAsync(_browser, nonce => _world.Provider.Sign(_world.Claims(nonce)));
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData("sid")]
    [InlineData("sub")]
    public async Task A_logout_token_ends_the_sessions_of_its_sid_or_its_subject(string by)
    {
        var token = Token(c => c.Remove(by == "sid" ? "sub" : "sid"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await _browser.StatusAsync("/api/v1/flags"));
        // The same token again, after another sign-in.
        await _world.SignInAsync(_browser, nonce => _world.Provider.Sign(_world.Claims(nonce)));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(token));
        Assert.Equal(HttpStatusCode.OK, await _browser.StatusAsync("/api/v1/flags"));
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("nonce")]
    [InlineData("no event")]
    [InlineData("event is no object")]
    [InlineData("neither sid nor sub")]
    [InlineData("no jti")]
    [InlineData("no iat")]
    [InlineData("old")]
    [InlineData("expired")]
    [InlineData("unsigned")]
    [InlineData("type")]
    [InlineData("no token")]
    public async Task A_token_that_is_no_logout_token_ends_nothing(string fault)
    {
        var now = _world.Hub.Clock.Now;
        var token = fault switch
        {
            "issuer" => Token(c => c["iss"] = "https://other.example"),
            "audience" => Token(c => c["aud"] = "another client"),
            "nonce" => Token(c => c["nonce"] = "n"),
            "no event" => Token(c => c.Remove("events")),
            "event is no object" => Token(c => c["events"] = new Dictionary<string, object> { [FalseProvider.LogoutEvent] = "yes" }),
            "neither sid nor sub" => Token(c => { c.Remove("sid"); c.Remove("sub"); }),
            "no jti" => Token(c => c.Remove("jti")),
            "no iat" => Token(c => c.Remove("iat")),
            "old" => Token(c => c["iat"] = now.AddMinutes(-11).ToUnixTimeSeconds()),
            "expired" => Token(c => c["exp"] = now.AddMinutes(-3).ToUnixTimeSeconds()),
            "unsigned" => FalseProvider.Unsigned(Claims()),
            "type" => _world.Provider.Sign(Claims(), type: "at+jwt"),
            _ => "",
        };
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(token));
        Assert.Equal(HttpStatusCode.OK, await _browser.StatusAsync("/api/v1/flags"));
    }

    [Theory]
    [InlineData("iss=https%3A%2F%2Fother.example&sid=session-1", HttpStatusCode.BadRequest)]
    [InlineData("sid=session-1", HttpStatusCode.BadRequest)]
    [InlineData("iss={issuer}", HttpStatusCode.BadRequest)]
    [InlineData("iss={issuer}&sid=session-2", HttpStatusCode.OK)]
    public async Task The_front_channel_ends_nothing_but_the_session_that_it_names(string query, HttpStatusCode status)
    {
        query = query.Replace("{issuer}", Uri.EscapeDataString(_world.Provider.Issuer), StringComparison.Ordinal);
        Assert.Equal(status, await _browser.StatusAsync($"/sign-in/oidc/corp/front-channel-logout?{query}"));
        Assert.Equal(HttpStatusCode.OK, await _browser.StatusAsync("/api/v1/flags"));
    }

    private async Task<HttpStatusCode> PostAsync(string token)
    {
        using var provider = _world.Hub.CreateClient();
        using var answer = await provider.PostAsync("/sign-in/oidc/corp/back-channel-logout",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = token }));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return answer.StatusCode;
    }

    private string Token(Action<Dictionary<string, object>> change)
    {
        var claims = Claims();
        change(claims);
        return _world.Provider.Sign(claims, type: "logout+jwt");
    }

    private Dictionary<string, object> Claims() => _world.Provider.LogoutClaims(_world.Hub.Clock.Now);
}
