using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

/// <summary>What the pages of packages need beyond the policy of the hub's own pages (decision 124).</summary>
internal sealed class PackagePages
{
    /// <summary>By path: the digests of the style elements that a package's script inserts.</summary>
    public Dictionary<string, string> Styles { get; } = [];

    /// <summary>Other origins to which a form of a page may lead, such as an identity provider.</summary>
    public SortedSet<string> FormTargets { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// The security headers of every response: pages, API, files, redirects and errors. They are added when the response starts, so that an
/// error handler, which clears what was set before, does not remove them. What an endpoint sets itself stays.
/// </summary>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next, PublicAddress address, IOptions<PackagePages> packages)
{
    // Nothing that is not a page may load, run or be framed.
    private const string NoPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    // Of what browsers offer, pages use copying to the clipboard, passkeys and printing.
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
            + "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), usb=(), "
            + "xr-spatial-tracking=(), clipboard-read=(), clipboard-write=(self), publickey-credentials-create=(self), "
            + "publickey-credentials-get=(self)";
    // Two years, as browsers ask for their lists.
    private const string Hsts = "max-age=63072000; includeSubDomains";
    private readonly string _pages = PagesPolicy(address, packages.Value, "");
    private readonly (PathString Path, string Policy)[] _packages =
        [.. packages.Value.Styles.Select(s => (new PathString(s.Key), PagesPolicy(address, packages.Value, $" '{s.Value}'")))];

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(AddAsync, http);
        return next(http);
    }

    /// <summary>
    /// No inline script and no eval. Attributes of style are allowed, because the drawing of charts and of MudBlazor's popovers sets them;
    /// elements of style are not. The base element, which pages need below a path base, may name this origin only.
    /// </summary>
    private static string PagesPolicy(PublicAddress address, PackagePages packages, string style)
    {
        // Browsers of before 2022 do not count a WebSocket as 'self'.
        var socket = address.IsHttps ? $" wss://{address.Url.Authority}" : "";
        return $"default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self'{style}; style-src-attr 'unsafe-inline'; "
            + $"img-src 'self' data:; font-src 'self'; connect-src 'self'{socket}; "
            + $"form-action {string.Join(' ', packages.FormTargets.Prepend("'self'"))}; base-uri 'self'; "
            + "frame-ancestors 'none'; object-src 'none'";
    }

    private Task AddAsync(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, IsPage(http.Response) ? PolicyOf(http.Request) : NoPage);
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        // For browsers that do not know frame-ancestors.
        headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", Permissions);
        if (address.IsHttps) headers.TryAdd(HeaderNames.StrictTransportSecurity, Hsts);
        // Files, and reads that have an entity tag, say themselves how they are cached; nothing else is.
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    // A package may have moved a part of the path to the path base.
    private string PolicyOf(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path);
        foreach (var package in _packages) if (path.StartsWithSegments(address.PathBase + package.Path)) return package.Policy;
        return _pages;
    }

    private static bool IsPage(HttpResponse response) =>
        response.ContentType is { } type && type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
}
