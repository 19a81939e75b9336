using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Ui;

public class ThemeTests
{
    [Fact]
    public async Task The_theme_is_a_stylesheet_that_is_cached_permanently_under_an_address_with_a_digest_of_its_content()
    {
        await using var hub = new TestHub();
        var nobody = await hub.AsAsync(null);
        var page = await nobody.GetStringAsync("/sign-in");
        var href = Regex.Match(page, @"href=""(theme\.css\?v=[0-9a-f]{10})""").Groups[1].Value;

        using var request = new HttpRequestMessage(HttpMethod.Get, href);
        request.Headers.Add("Accept-Encoding", "br");
        var packed = await nobody.SendAsync(request);
        Assert.Contains("br", packed.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", packed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(packed.Content.Headers.ContentLength < 5_000);

        var plain = await nobody.GetAsync("/theme.css?v=another");
        Assert.True(plain.Headers.CacheControl!.NoCache);
        var css = await plain.Content.ReadAsStringAsync();
        foreach (var part in new[] { "--mud-palette-primary: rgba(67,83,201,1)", "--mud-palette-primary: rgba(152,164,255,1)", "--sev-5:", ":root[data-theme=dark]", "(prefers-color-scheme: dark)" })
        {
            Assert.Contains(part, css, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_without_a_live_connection_has_no_inline_script_or_style_and_does_not_load_the_connections_script()
    {
        await using var hub = new TestHub();
        var page = await (await hub.AsAsync("employee")).GetStringAsync("/flags/new");
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", page);
        Assert.DoesNotContain("blazor.web", page, StringComparison.Ordinal);
    }
}
