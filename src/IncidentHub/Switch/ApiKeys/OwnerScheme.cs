using System.Text.Encodings.Web;
using IncidentHub.Domain.Access;
using IncidentHub.Access.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>In the API for people, a key with <c>read</c> or <c>write</c> acts as its owner, with the owner's current roles.</summary>
internal sealed class OwnerScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
        ApiKeyAuthentication keys, People people)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";
    private Scopes _lacks;

    /// <summary>Whether this scheme applies instead of the cookie scheme.</summary>
    public static bool IsFor(HttpContext http) =>
        (http.Request.Path.StartsWithSegments("/api/v1") || http.Request.Path.StartsWithSegments("/openapi"))
            && ApiKeyAuthentication.SecretOf(http.Request) is not null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await keys.FindAsync(Request, Context.RequestAborted) is not { } key) return AuthenticateResult.NoResult();
        var needed = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) ? Scopes.Read : Scopes.Write;
        if (!key.Has(needed))
        {
            _lacks = needed;
            return AuthenticateResult.NoResult();
        }
        if (await people.FindAsync(key.OwnerId, Context.RequestAborted) is not { IsActive: true } owner)
            return AuthenticateResult.NoResult();
        return AuthenticateResult.Success(new AuthenticationTicket(owner.ToPrincipal(key.Name, Name), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (_lacks == Scopes.None ? ApiKeyFilter.Unknown() : ApiKeyFilter.Lacks(_lacks)).ExecuteAsync(Context);
}
