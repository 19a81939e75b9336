using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IncidentHub.Access.Identity;

/// <summary>The published documents of the providers: their addresses and keys.</summary>
internal sealed class ProviderDiscovery(IHttpClientFactory http)
{
    public const string Client = "identity-provider";

    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> _of = new();

    /// <summary>Cached, and read again when a signature names a key that is not known.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Of(ProviderSettings provider) => _of.GetOrAdd(provider.Name,
        _ => ProviderTokens.Discovery(provider, http.CreateClient(Client)));
}
