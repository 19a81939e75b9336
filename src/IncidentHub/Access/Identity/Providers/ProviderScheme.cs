using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace IncidentHub.Access.Identity;

/// <summary>
/// The framework's sign-in with OpenID Connect, for one provider: the code flow with PKCE, state and nonce. It ends in
/// <see cref="ProviderSignIn"/>; no token is kept.
/// </summary>
internal static class ProviderScheme
{
    /// <summary>The state of a sign-in: the page that was wanted before it.</summary>
    public const string ReturnTo = "returnUrl";

    /// <summary>The state of a sign-in: the person who links the account at the provider with their own.</summary>
    public const string LinkTo = "link";

    private const string Sid = "sid", IssuedBy = "iss";

    public static void Configure(OpenIdConnectOptions o, ProviderSettings provider, bool isHttps, TimeProvider clock)
    {
        o.Authority = provider.Authority;
        o.ClientId = provider.ClientId;
        o.ClientSecret = provider.ClientSecret;
        o.RequireHttpsMetadata = provider.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        o.CallbackPath = provider.CallbackPath;
        // Ended by the endpoints of ProviderLogout.
        o.RemoteSignOutPath = o.SignedOutCallbackPath = PathString.Empty;
        o.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        o.ResponseType = OpenIdConnectResponseType.Code;
        // A redirect carries same-site cookies, a form that another site posts does not.
        o.ResponseMode = OpenIdConnectResponseMode.Query;
        o.UsePkce = true;
        o.SaveTokens = false;
        o.MapInboundClaims = false;
        o.GetClaimsFromUserInfoEndpoint = true;
        o.UseTokenLifetime = false;
        o.BackchannelTimeout = TimeSpan.FromSeconds(10);
        o.TokenValidationParameters = ProviderTokens.Parameters(provider, clock);
        o.Scope.Clear();
        foreach (var scope in provider.AskedScopes) o.Scope.Add(scope);
        foreach (var cookie in (CookieBuilder[])[o.NonceCookie, o.CorrelationCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }
        o.Events = new OpenIdConnectEvents
        {
            OnMessageReceived = c =>
            {
                // Where the answer names its issuer (RFC 9207), an answer of another provider is not carried to this one.
                if (c.ProtocolMessage.Iss is { Length: > 0 } issuer && !ProviderTokens.IsIssuer(provider, issuer))
                    c.Fail(new SecurityTokenInvalidIssuerException("The answer is of another issuer."));
                return Task.CompletedTask;
            },
            OnTokenValidated = c =>
            {
                // The framework checks the nonce after this; nothing is done before the ticket is complete.
                var token = new JsonWebToken(c.TokenEndpointResponse!.IdToken);
                // The framework takes a token without a signature where it came from the provider itself. Nothing is gained by that.
                if (token.EncodedSignature.Length == 0)
                {
                    c.Fail(new SecurityTokenInvalidSignatureException("The token is not signed."));
                    return Task.CompletedTask;
                }
                c.Properties!.Items[IssuedBy] = token.Issuer;
                if (token.TryGetPayloadValue<string>(Sid, out var sid)) c.Properties.Items[Sid] = sid;
                Received(c.HttpContext).Add(JsonElement.Parse(Base64Url.DecodeFromChars(token.EncodedPayload)));
                return Task.CompletedTask;
            },
            OnUserInformationReceived = c =>
            {
                Received(c.HttpContext).Insert(0, c.User.RootElement.Clone());
                return Task.CompletedTask;
            },
            OnTicketReceived = CompleteAsync(provider),
            OnRemoteFailure = async c =>
            {
                c.HandleResponse();
                var reason = ProviderFailures.ReasonOf(c.Failure);
                await c.HttpContext.RequestServices.GetRequiredService<ProviderFailures>()
                    .RefuseAsync(c.HttpContext, provider, reason, c.Failure, linking: c.Properties?.Items.ContainsKey(LinkTo) == true);
            },
        };
    }

    private static Func<TicketReceivedContext, Task> CompleteAsync(ProviderSettings provider) => async c =>
    {
        c.HandleResponse();
        var items = c.Properties!.Items;
        var received = new ProviderTicket(items[IssuedBy]!, c.Principal!.FindFirst("sub")!.Value,
            items.TryGetValue(Sid, out var sid) ? sid : null, new ReceivedClaims(Received(c.HttpContext)),
            items.TryGetValue(LinkTo, out var link) && Guid.TryParse(link, out var id) ? id : null,
            items.TryGetValue(ReturnTo, out var page) ? page : null);
        await c.HttpContext.RequestServices.GetRequiredService<ProviderSignIn>().CompleteAsync(c.HttpContext, provider, received);
    };

    // Within the one request that the provider sends the person back with.
    private static List<JsonElement> Received(HttpContext http)
    {
        if (http.Items[typeof(ReceivedClaims)] is List<JsonElement> list) return list;
        http.Items[typeof(ReceivedClaims)] = list = [];
        return list;
    }
}

/// <summary>What a provider said in a complete sign-in.</summary>
/// <param name="LinkTo">The person who began it to link the account with their own.</param>
internal sealed record ProviderTicket(
    string Issuer, string Subject, string? Session, ReceivedClaims Claims, Guid? LinkTo, string? ReturnUrl);
