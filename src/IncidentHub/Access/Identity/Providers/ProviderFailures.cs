using System.Threading.RateLimiting;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace IncidentHub.Access.Identity;

/// <summary>Why a sign-in with a provider was refused.</summary>
internal enum ProviderFailure
{
    /// <summary>The person or the provider said no.</summary>
    Denied,

    /// <summary>The answer belongs to no sign-in that this browser began, or to one that was completed.</summary>
    State,
    Nonce, Issuer, Audience, Expired, Signature,

    /// <summary>Anything else that the protocol forbids, such as a code that was used.</summary>
    Protocol,

    /// <summary>The provider did not answer.</summary>
    Unreachable,

    /// <summary>The account at the hub is deactivated.</summary>
    Deactivated,

    /// <summary>The account at the provider is linked with another person.</summary>
    Linked,
}

/// <summary>
/// Records refused sign-ins, and leads to the page that says so. Neither holds anything that the provider sent: reason and provider only.
/// </summary>
internal sealed partial class ProviderFailures(Db db, ILogger<ProviderFailures> log) : IDisposable
{
    private const int MostPerAddress = 30;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Anybody can send an answer that belongs to nothing: of one address, only so many are recorded.
    private readonly PartitionedRateLimiter<string> _recorded = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = MostPerAddress,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window / MostPerAddress,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    public static ProviderFailure ReasonOf(Exception? failure) => failure switch
    {
        SecurityTokenInvalidIssuerException => ProviderFailure.Issuer,
        SecurityTokenInvalidAudienceException => ProviderFailure.Audience,
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException
            or SecurityTokenInvalidLifetimeException => ProviderFailure.Expired,
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenSignatureKeyNotFoundException
            or SecurityTokenInvalidSigningKeyException => ProviderFailure.Signature,
        OpenIdConnectProtocolInvalidNonceException => ProviderFailure.Nonce,
        OpenIdConnectProtocolException e when e.Message.Contains("access_denied", StringComparison.Ordinal) => ProviderFailure.Denied,
        OpenIdConnectProtocolException or SecurityTokenException => ProviderFailure.Protocol,
        HttpRequestException or TaskCanceledException or IOException => ProviderFailure.Unreachable,
        { InnerException: HttpRequestException or TaskCanceledException or IOException } => ProviderFailure.Unreachable,
        { Message: "Access was denied by the resource owner or by the remote server." } => ProviderFailure.Denied,
        InvalidOperationException => ProviderFailure.Unreachable,
        // The state is missing, unreadable or of another browser. The framework has one exception for that and for other faults.
        AuthenticationFailureException e when e.Message.Contains("orrelation", StringComparison.Ordinal)
            || e.Message.Contains("tate", StringComparison.Ordinal) => ProviderFailure.State,
        _ => ProviderFailure.Protocol,
    };

    /// <param name="linking">Whether a signed-in person began it to link the account: their own page says why not.</param>
    public async Task RefuseAsync(HttpContext http, ProviderSettings provider, ProviderFailure reason, Exception? why = null,
        Person? person = null, bool linking = false)
    {
        LogRefused(provider.Name, reason, why?.GetType().Name);
        using var lease = _recorded.AttemptAcquire(ClientAddress.Of(http));
        if (lease.IsAcquired)
        {
            await db.WriteAsync<Done>(async tx =>
            {
                await tx.RecordAsync(Actor.System, new JournalEntry
                {
                    Action = "sign-in.failed",
                    Subject = person is null ? "unknown account" : $"person {person.Account}",
                    Detail = new { method = SignInMethod.Provider, provider = provider.Name, reason },
                    Topics = person is null ? [] : [SessionChanges.Topic(person.Id), "people"],
                });
                return default(Done);
            });
        }
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"{http.Request.PathBase}/{(linking ? "account" : "sign-in")}?provider={provider.Name}&refused={reason}");
    }

    public void Dispose() => _recorded.Dispose();

    [LoggerMessage(LogLevel.Warning, "A sign-in with {Provider} was refused: {Reason} ({Exception})")]
    private partial void LogRefused(string provider, ProviderFailure reason, string? exception);
}
