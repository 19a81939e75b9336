using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace IncidentHub.Platform.Http;

/// <summary>
/// The one address at which people and machines reach the hub: <c>PublicUrl</c>, and the proxies before it. It decides the scheme of
/// redirects, cookies and HSTS, and which hosts are answered; nothing of that is taken from a request (decision 123).
/// </summary>
internal sealed partial class PublicAddress
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];
    private readonly HashSet<string> _hosts;

    private PublicAddress(string text, Uri url, PathString pathBase, IReadOnlyList<IPNetwork> proxies, bool takesLoopback)
    {
        (Text, Url, PathBase, Proxies) = (text, url, pathBase, proxies);
        _hosts = new(takesLoopback || url.IsLoopback ? [url.Host, .. Loopback] : [url.Host], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>As it was configured: the issuer of permits.</summary>
    public string Text { get; }

    public Uri Url { get; }

    /// <summary>The path below which the hub is reached: empty, or <c>/hub</c>.</summary>
    public PathString PathBase { get; }

    /// <summary>Whose forwarded headers are believed.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; }

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Scheme, host and port, as browsers send it in <c>Origin</c>.</summary>
    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>A host without its port. Programs of HTTP/1.0 may send none.</summary>
    public bool Answers(HostString host) => !host.HasValue || _hosts.Contains(host.Host);

    /// <summary>
    /// Makes a cookie that only this host sets and reads, never over plain HTTP and not by scripts. The prefix <c>__Host-</c> has browsers
    /// refuse it otherwise; they demand the path of the whole host for it, also where the hub has a path of its own.
    /// </summary>
    public void Protect(CookieBuilder cookie, string name, SameSiteMode sameSite)
    {
        cookie.Name = IsHttps ? "__Host-" + name : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = sameSite;
        cookie.SecurePolicy = IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>Throws <see cref="StartFaultException"/> that says which key is wrong and how.</summary>
    /// <param name="takesLoopback">In Development: also at the names of this machine.</param>
    public static PublicAddress Read(IConfiguration configuration, bool takesLoopback)
    {
        var text = configuration["PublicUrl"] is { Length: > 0 } given ? given : "http://localhost:5100";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new StartFaultException($"PublicUrl is not an absolute http or https address: {text}");
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            throw new StartFaultException($"PublicUrl must be https: {text}. http is accepted for this machine (localhost) only.");
        return new(text, url, PathBaseOf(url, configuration["Proxies:PathBase"]), ProxiesOf(configuration.GetSection("Proxies:Trusted")),
            takesLoopback);
    }

    private static PathString PathBaseOf(Uri url, string? given)
    {
        var ofUrl = url.AbsolutePath.TrimEnd('/');
        var text = (given ?? ofUrl).TrimEnd('/');
        if (text.Length > 0 && !PathForm().IsMatch(text))
            throw new StartFaultException($"Proxies:PathBase is a path such as /hub, of letters, digits, '-', '.', '_', '~': {text}");
        if (ofUrl.Length > 0 && text != ofUrl)
            throw new StartFaultException($"Proxies:PathBase ({text}) is not the path of PublicUrl ({ofUrl}).");
        return new(text);
    }

    // A list, or one text with commas.
    private static List<IPNetwork> ProxiesOf(IConfigurationSection section)
    {
        var given = section.GetChildren().Select(c => c.Value).Append(section.Value)
            .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return [.. given.Select(text => IPAddress.TryParse(text, out var one)
            ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(text, out var network) ? network
            : throw new StartFaultException(
                $"Proxies:Trusted: {text} is neither an address nor a network such as 10.1.0.0/16."))];
    }

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+$")]
    private static partial Regex PathForm();
}

internal static class PublicAddressModule
{
    public static void AddPublicAddress(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => PublicAddress.Read(builder.Configuration, builder.Environment.IsDevelopment()));
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<AntiforgeryOptions>()
            .Configure<PublicAddress>((o, address) => address.Protect(o.Cookie, "incidenthub-form", SameSiteMode.Strict));
        builder.Services.AddOptions<CookiePolicyOptions>().Configure<PublicAddress>((o, address) =>
        {
            // Whatever cookie a package sets: at least this.
            o.Secure = address.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.HttpOnly = Microsoft.AspNetCore.CookiePolicy.HttpOnlyPolicy.Always;
        });
    }

    /// <summary>First: everything after it sees the client's address, and the hub's own scheme, host and path.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        // With empty lists the framework would believe everybody.
        if (address.Proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                // Each of a chain of proxies that are all trusted.
                ForwardLimit = null,
            };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in address.Proxies) forwarded.KnownIPNetworks.Add(network);
            app.UseForwardedHeaders(forwarded);
        }
        app.UseMiddleware<PublicAddressMiddleware>();
        app.UseCookiePolicy();
    }

    /// <summary>The session cookie of a scheme.</summary>
    public static void ProtectCookie(this IServiceCollection services, string scheme, string name) =>
        services.AddOptions<CookieAuthenticationOptions>(scheme)
            .Configure<PublicAddress>((o, address) => address.Protect(o.Cookie, name, SameSiteMode.Lax));
}
