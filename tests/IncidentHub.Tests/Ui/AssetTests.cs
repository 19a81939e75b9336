using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Ui;

public class AssetTests
{
    [Fact]
    public async Task Every_style_and_script_of_a_page_can_be_sent_compressed()
    {
        await using var hub = new TestHub();
        var page = await (await hub.AsAsync("responder")).GetStringAsync("/");
        var named = Regex.Matches(page, @"(?:href|src)=""/?([^""?]+\.(?:css|js))""").Select(m => m.Groups[1].Value).ToList();
        Assert.Contains("_content/MudBlazor/MudBlazor.min.css", named);
        Assert.Contains("_content/MudBlazor/MudBlazor.min.js", named);

        // Addresses and compressed variants are listed in a manifest that the build writes beside the program.
        var manifest = Path.ChangeExtension(typeof(Program).Assembly.Location, ".staticwebassets.endpoints.json");
        using var built = JsonDocument.Parse(await File.ReadAllBytesAsync(manifest));
        var packed = built.RootElement.GetProperty("Endpoints").EnumerateArray()
            .Where(e => e.GetProperty("Selectors").EnumerateArray().Any(s => s.GetProperty("Name").GetString() == "Content-Encoding"))
            .Select(e => e.GetProperty("Route").GetString()!)
            .ToHashSet();
        Assert.DoesNotContain(named, n => !packed.Contains(n));
    }
}
