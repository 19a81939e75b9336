using System.Net;
using System.Security.Cryptography;
using System.Text;
using IncidentHub.Access.Identity;
using Microsoft.IdentityModel.Tokens;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>What a provider, or whoever stands between, must not get away with.</summary>
public sealed class RefusedSignInTests : IAsyncLifetime
{
    private FalseProviderWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await FalseProviderWorld.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_right_answer_signs_in()
    {
        using var browser = _world.Browser();
        Assert.Equal("/", await _world.SignInAsync(browser, nonce => Signed(nonce)));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/flags"));
        Assert.Equal([("Provider", "corp", _world.Provider.Issuer, "session-1")],
            await _world.QueryAsync<(string, string, string, string)>("SELECT Method, Provider, Issuer, ProviderSession FROM Session"));
    }

    [Theory]
    [InlineData("issuer", nameof(ProviderFailure.Issuer))]
    [InlineData("audience", nameof(ProviderFailure.Audience))]
    [InlineData("other party", nameof(ProviderFailure.Protocol))]
    [InlineData("nonce", nameof(ProviderFailure.Nonce))]
    [InlineData("no nonce", nameof(ProviderFailure.Nonce))]
    [InlineData("expired", nameof(ProviderFailure.Expired))]
    [InlineData("no expiry", nameof(ProviderFailure.Expired))]
    [InlineData("not yet valid", nameof(ProviderFailure.Expired))]
    [InlineData("unsigned", nameof(ProviderFailure.Signature))]
    [InlineData("wrong key", nameof(ProviderFailure.Signature))]
    [InlineData("unknown key", nameof(ProviderFailure.Signature))]
    [InlineData("client secret as key", nameof(ProviderFailure.Signature))]
    [InlineData("changed claims", nameof(ProviderFailure.Signature))]
    [InlineData("no subject", nameof(ProviderFailure.Protocol))]
    [InlineData("no token", nameof(ProviderFailure.Protocol))]
    public async Task A_token_is_refused_with_a_page_and_a_record_and_nobody_is_signed_in(string fault, string reason)
    {
        using var browser = _world.Browser();
        var page = await _world.SignInAsync(browser, nonce => Faulty(fault, nonce));
        await AssertRefusedAsync(browser, page, reason);
    }

    [Theory]
    [InlineData("state", nameof(ProviderFailure.State))]
    [InlineData("no state", nameof(ProviderFailure.State))]
    [InlineData("denied", nameof(ProviderFailure.Denied))]
    [InlineData("other issuer", nameof(ProviderFailure.Issuer))]
    public async Task An_answer_is_refused_with_a_page_and_a_record_and_nobody_is_signed_in(string fault, string reason)
    {
        using var browser = _world.Browser();
        var page = await _world.SignInAsync(browser, nonce => Signed(nonce), state => fault switch
        {
            "state" => "code=1&state=made-up",
            "no state" => "code=1",
            "denied" => $"error=access_denied&state={Uri.EscapeDataString(state)}",
            _ => $"code=1&iss=https%3A%2F%2Fother.example&state={Uri.EscapeDataString(state)}",
        });
        await AssertRefusedAsync(browser, page, reason);
    }

    [Fact]
    public async Task The_answer_to_the_sign_in_of_one_browser_signs_no_other_one_in()
    {
        using var victim = _world.Browser();
        using var attacker = _world.Browser();
        var query = "";
        await _world.SignInAsync(attacker, nonce => Signed(nonce), state =>
        {
            query = $"code=stolen&state={Uri.EscapeDataString(state)}";
            return "error=none";
        });
        await AssertRefusedAsync(victim, await FalseProviderWorld.ComeBackAsync(victim, query), nameof(ProviderFailure.State), records: 2);
    }

    [Fact]
    public async Task A_callback_and_a_code_are_good_for_one_sign_in()
    {
        using var browser = _world.Browser();
        var query = "";
        string Once(string state) => query = $"code=once&state={Uri.EscapeDataString(state)}";
        Assert.Equal("/", await _world.SignInAsync(browser, nonce => Signed(nonce), Once));
        Assert.Contains("refused=State", await FalseProviderWorld.ComeBackAsync(browser, query), StringComparison.Ordinal);
        Assert.Contains("refused=Protocol", await _world.SignInAsync(browser, nonce => Signed(nonce), Once), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_named_on_the_page()
    {
        using var browser = _world.Browser();
        var page = await _world.SignInAsync(browser, nonce => Signed(nonce), state =>
        {
            _world.Provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return $"code=1&state={Uri.EscapeDataString(state)}";
        });
        await AssertRefusedAsync(browser, page, nameof(ProviderFailure.Unreachable));
    }

    [Fact]
    public async Task A_sign_in_that_cannot_begin_because_the_provider_does_not_answer_leads_back_to_the_page()
    {
        await _world.Provider.DisposeAsync();
        using var browser = _world.Browser();
        var page = (await browser.StartAsync("corp")).PathAndQuery;
        await AssertRefusedAsync(browser, page, nameof(ProviderFailure.Unreachable));
    }

    [Fact]
    public async Task The_sign_in_asks_with_a_code_challenge_and_cookies_that_other_sites_do_not_send()
    {
        using var browser = _world.Browser();
        using var answer = await browser.SubmitAsync("/sign-in", "/sign-in/oidc/corp/start", new() { ["returnUrl"] = "/" });
        var asked = System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        Assert.Equal(("code", "S256", "query", "http://localhost/sign-in/oidc/corp"),
            (asked["response_type"], asked["code_challenge_method"], asked["response_mode"] ?? "query", asked["redirect_uri"]));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), c =>
        {
            Assert.Contains("samesite=lax", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase);
        });
    }

    private string Signed(string nonce) => _world.Provider.Sign(_world.Claims(nonce));

    private string Faulty(string fault, string nonce)
    {
        var (claims, now) = (_world.Claims(nonce), _world.Hub.Clock.Now);
        switch (fault)
        {
            case "issuer": claims["iss"] = "https://other.example"; break;
            case "audience": claims["aud"] = "another client"; break;
            case "other party":
                (claims["aud"], claims["azp"]) = (new[] { FalseProvider.ClientId, "another client" }, "another client");
                break;
            case "nonce": claims["nonce"] = nonce + "x"; break;
            case "no nonce": claims.Remove("nonce"); break;
            case "expired": claims["exp"] = now.AddMinutes(-3).ToUnixTimeSeconds(); break;
            case "no expiry": claims.Remove("exp"); break;
            case "not yet valid": claims["nbf"] = now.AddMinutes(3).ToUnixTimeSeconds(); break;
            case "no subject": claims.Remove("sub"); break;
            case "no token": return "";
            case "unsigned": return FalseProvider.Unsigned(claims);
            case "wrong key": return _world.Provider.Sign(claims, new RsaSecurityKey(RSA.Create(2048)) { KeyId = "good" });
            case "unknown key": return _world.Provider.Sign(claims, new RsaSecurityKey(RSA.Create(2048)) { KeyId = "bad" });
            case "client secret as key":
                return _world.Provider.Sign(claims, new SymmetricSecurityKey(Encoding.UTF8.GetBytes("secret".PadRight(64, '!'))),
                    algorithm: "HS256");
            case "changed claims":
                var parts = _world.Provider.Sign(claims).Split('.');
                claims["sub"] = "somebody else";
                return $"{parts[0]}.{FalseProvider.Unsigned(claims).Split('.')[1]}.{parts[2]}";
        }
        return _world.Provider.Sign(claims);
    }

    private async Task AssertRefusedAsync(OidcBrowser browser, string page, string reason, int records = 1)
    {
        Assert.Equal($"/sign-in?provider=corp&refused={reason}", page);
        Assert.Contains("provider-refused", await browser.Http.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/flags"));
        Assert.Empty(await _world.QueryAsync<string>("SELECT Id FROM Session"));
        Assert.Empty(await _world.QueryAsync<string>("SELECT Id FROM ExternalLogin"));
        var recorded = await _world.QueryAsync<string>("SELECT Payload FROM AuditEntry WHERE Act = 'sign-in.failed'");
        Assert.Equal(records, recorded.Count);
        Assert.Contains($"\"{reason}\"", recorded[^1], StringComparison.Ordinal);
        // Nothing that was sent is in the record.
        Assert.DoesNotContain(recorded,
            r => r.Contains("eyJ", StringComparison.Ordinal) || r.Contains("other.example", StringComparison.Ordinal));
    }
}
