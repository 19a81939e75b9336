using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IncidentHub.Access.Identity;

/// <summary>Sign-outs at a provider end the sessions here, and a sign-out here leads to the provider's.</summary>
internal sealed partial class ProviderSignOut(Db db, ProviderDiscovery discovery, IOptions<ProvidersSettings> providers,
    ILogger<ProviderSignOut> log)
{
    /// <summary>
    /// Ends the sessions that began with the provider's session; without one, all that the subject began with the provider.
    /// </summary>
    /// <returns>False: the logout token was received before.</returns>
    public async Task<bool> EndAsync(ProviderLogout logout) => (await db.WriteAsync<bool>(async tx =>
    {
        if (await tx.ExecuteAsync("LogoutToken_Insert", new { Hash = logout.TokenHash, tx.Now }) == 0) return false;
        await EndAsync(tx, logout.Session is { } session
            ? await OfProviderSessionAsync(tx, logout.Issuer, session)
            : await tx.QueryAsync<OpenSession>("Session_OfSubject", new { logout.Issuer, logout.Subject }));
        return true;
    })).Value;

    /// <summary>The same by the page of the provider that loads an address of the hub.</summary>
    public Task EndAsync(string issuer, string session) => db.WriteAsync<Done>(async tx =>
    {
        await EndAsync(tx, await OfProviderSessionAsync(tx, issuer, session));
        return default(Done);
    });

    /// <summary>The provider with which the session began; null where it did not begin with one.</summary>
    public async Task<ProviderSettings?> ProviderOfAsync(Guid sessionId, CancellationToken ct) =>
        await db.ReadAsync(sql => sql.ScalarAsync<string?>("Session_Provider", new { Id = sessionId }), ct) is { } name
            ? providers.Value.Find(name) : null;

    /// <summary>Where the browser ends its session at the provider; null where the provider has no such page, or does not answer.</summary>
    /// <param name="back">The address that the provider leads back to; registered there.</param>
    public async Task<string?> EndSessionAddressAsync(ProviderSettings provider, string back, CancellationToken ct)
    {
        try
        {
            var found = await discovery.Of(provider).GetConfigurationAsync(ct);
            return string.IsNullOrEmpty(found.EndSessionEndpoint) ? null : new OpenIdConnectMessage
            {
                IssuerAddress = found.EndSessionEndpoint,
                ClientId = provider.ClientId,
                PostLogoutRedirectUri = back,
            }.CreateLogoutRequestUrl();
        }
        catch (InvalidOperationException e)
        {
            LogNoAnswer(e, provider.Name);
            return null;
        }
    }

    private static Task<IReadOnlyList<OpenSession>> OfProviderSessionAsync(UnitOfWork tx, string issuer, string session) =>
        tx.QueryAsync<OpenSession>("Session_OfProviderSession", new { Issuer = issuer, ProviderSession = session });

    private static async Task EndAsync(UnitOfWork tx, IReadOnlyList<OpenSession> sessions)
    {
        foreach (var session in sessions)
        {
            var person = (await People.FindAsync(tx, session.PersonId))!;
            await SessionChanges.EndAsync(tx, session.Id, person, SessionEnd.EndedByProvider, person.ToActor());
        }
    }

    [LoggerMessage(LogLevel.Warning, "The identity provider {Provider} does not answer; its own session is not ended")]
    private partial void LogNoAnswer(Exception e, string provider);

    private sealed record OpenSession
    {
        public required Guid Id { get; init; }
        public required Guid PersonId { get; init; }
    }
}

/// <summary>Deletes the digests of logout tokens that are too old to be accepted again.</summary>
internal sealed class LogoutTokenExpiry(Db db) : DurableJob
{
    private const int AtOnce = 2_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public override async Task RunAsync(CancellationToken ct)
    {
        while (await ExpireAsync(ct) > 0) ct.ThrowIfCancellationRequested();
    }

    private async Task<int> ExpireAsync(CancellationToken ct) => (await db.WriteAsync<int>(
        async tx => await tx.ExecuteAsync("LogoutToken_Expire", new { Before = tx.Now - Kept, Limit = AtOnce }), ct: ct)).Value;
}
