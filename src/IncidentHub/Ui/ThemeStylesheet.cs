using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace IncidentHub.Ui;

/// <summary>
/// The theme as one stylesheet, generated once at start from the output of MudThemeProvider. In a layout the provider would render only
/// after the connection is established, and as a style element; as a stylesheet the first paint has its colours, also on pages without a
/// connection.
/// </summary>
internal sealed partial class ThemeStylesheet(IServiceScopeFactory scopes, ILoggerFactory logs) : IHostedService
{
    private const string Path = "/theme.css";
    private byte[] _plain = [];
    // Compressed when first asked for: the smallest size takes a tenth of the time in which a hub starts.
    private Lazy<byte[]> _gzip = new([]), _brotli = new([]);
    private string _version = "";

    /// <summary>The address contains a digest of the content, so that it may be cached permanently.</summary>
    public string Href => $"{Path[1..]}?v={_version}";

    public string Text => Encoding.UTF8.GetString(_plain);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var css = Compose(await RenderAsync(dark: false), await RenderAsync(dark: true));
        _plain = Encoding.UTF8.GetBytes(css);
        _gzip = new(() => Compress(to => new GZipStream(to, CompressionLevel.SmallestSize)));
        _brotli = new(() => Compress(to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        _version = Convert.ToHexStringLower(SHA256.HashData(_plain))[..10];
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Map(IEndpointRouteBuilder app) => app.MapGet(Path, (HttpContext http) =>
    {
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, content) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", _brotli.Value)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", _gzip.Value) : ("", _plain);
        if (encoding.Length > 0) http.Response.Headers.ContentEncoding = encoding;
        http.Response.Headers.Vary = "Accept-Encoding";
        http.Response.Headers.CacheControl = http.Request.Query["v"] == _version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(content, "text/css; charset=utf-8");
    }).AllowAnonymous().ExcludeFromDescription();

    // Light is the default. Dark overrides only what differs, by the system's setting or where the page requests it, and never in print.
    private static string Compose(string light, string dark)
    {
        var known = Lines(light).ToHashSet();
        var differs = "color-scheme:dark;\n"
            + string.Join('\n', Lines(RootRule().Match(dark).Groups[1].Value).Where(l => !known.Contains(l)));
        var sev = string.Concat(HubTheme.Sev.Select((s, n) => $"--sev-{n}:light-dark({s.Light},{s.Dark});\n"));
        return $$"""
            {{string.Join('\n', Lines(light))}}
            :root { color-scheme: light; {{sev}} }
            @media screen { :root[data-theme=dark] { {{differs}} } }
            @media screen and (prefers-color-scheme: dark) { :root:not([data-theme=light]) { {{differs}} } }

            """;
    }

    private async Task<string> RenderAsync(bool dark)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = HubTheme.Hub,
            [nameof(MudThemeProvider.IsDarkMode)] = dark,
            [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
            [nameof(MudThemeProvider.DefaultScrollbar)] = true,
        });
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString());
        return string.Concat(StyleElement().Matches(html).Select(m => m.Groups[1].Value));
    }

    private static IEnumerable<string> Lines(string css) => css.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0);

    private byte[] Compress(Func<Stream, Stream> with)
    {
        using var to = new MemoryStream();
        using (var stream = with(to)) stream.Write(_plain);
        return to.ToArray();
    }

    [GeneratedRegex("<style[^>]*>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleElement();

    [GeneratedRegex(@"^\s*:root\s*\{(.*?)^\s*\}", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex RootRule();
}
