namespace IncidentHub.Access.Identity;

/// <summary>The identity providers of the configuration section <c>Identity</c>.</summary>
internal sealed class ProvidersSettings
{
    public List<ProviderSettings> Providers { get; set; } = [];

    /// <summary>As in <see cref="IdentitySettings"/>: without local accounts a provider is needed.</summary>
    public bool LocalAccounts { get; set; } = true;

    public ProviderSettings? Find(string name) => Providers.Find(p => p.Name == name);
}

/// <summary>A provider of OpenID Connect, in <c>Identity:Providers:n</c>.</summary>
internal sealed class ProviderSettings
{
    /// <summary>Part of the addresses that are registered at the provider; never changes.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the button on the sign-in page says.</summary>
    public string? Title { get; set; }

    /// <summary>The issuer: its discovery document is below it.</summary>
    public string Authority { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string? ClientSecret { get; set; }

    /// <summary>Beside <c>openid</c>.</summary>
    public string[]? Scopes { get; set; }

    /// <summary>The claim from which the name of a new account is made.</summary>
    public string AccountClaim { get; set; } = "preferred_username";

    /// <summary>The claim from which the display name of a new account is taken.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>Machine clients of the same provider.</summary>
    public List<MachineSettings> Machines { get; set; } = [];

    public string Label => string.IsNullOrWhiteSpace(Title) ? Name : Title;

    public IReadOnlyList<string> AskedScopes => ["openid", .. (Scopes ?? ["profile", "email"]).Where(s => s != "openid")];

    public string Scheme => SchemePrefix + Name;

    public string MachineScheme => "machine:" + Name;

    /// <summary>The address that the provider sends people back to.</summary>
    public string CallbackPath => $"/sign-in/oidc/{Name}";

    internal const string SchemePrefix = "oidc:";
}

/// <summary>A machine client, in <c>Identity:Providers:n:Machines:m</c>, with what a key of the hub would have.</summary>
internal sealed class MachineSettings
{
    public string ClientId { get; set; } = "";

    /// <summary>The <c>aud</c> that its access tokens have.</summary>
    public string Audience { get; set; } = "";

    public string[] Scopes { get; set; } = [];

    /// <summary>Codes; empty for all programs.</summary>
    public string[] Programs { get; set; } = [];

    public string? Region { get; set; }

    public string[] Categories { get; set; } = [];
}
