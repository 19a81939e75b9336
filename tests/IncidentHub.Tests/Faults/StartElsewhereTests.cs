using System.Net.Http.Json;
using System.Text.RegularExpressions;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>Real hub processes that are started from a foreign working directory, on a host with German settings.</summary>
[Collection(nameof(RealProcesses))]
public sealed partial class StartElsewhereTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Styles_and_scripts_have_content_and_only_its_user_reads_the_database(string environment)
    {
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
        try
        {
            await using var hub = await HubProcess.StartAsync(
                settings: [("ASPNETCORE_ENVIRONMENT", environment), ("Keys__MasterKeyFile", key)]);
            using var client = new HttpClient { BaseAddress = new Uri(hub.Url) };
            var page = await client.GetStringAsync("/sign-in");
            // A page without a live connection does not load Blazor's script.
            List<string> files = [.. Asset().Matches(page).Select(m => m.Groups["file"].Value).Distinct(), "/_framework/blazor.web.js"];
            Assert.Contains(files, f => f.Contains("hub", StringComparison.Ordinal));
            foreach (var file in files)
            {
                using var answer = await client.GetAsync(file);
                Assert.True(answer.IsSuccessStatusCode, $"{file}: {answer.StatusCode}");
                Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 0, $"{file} is empty.");
            }
            var folder = Path.GetDirectoryName(hub.DatabaseFile)!;
            foreach (var file in Directory.EnumerateFiles(folder, "*.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            {
                if (OperatingSystem.IsWindows()) break;
                var rights = File.GetUnixFileMode(file);
                Assert.True(rights == (UnixFileMode.UserRead | UnixFileMode.UserWrite), $"{file}: {rights}");
            }
            Assert.True(File.Exists(Path.Combine(folder, "jobs.db")));
        }
        finally
        {
            File.Delete(key);
        }
    }

    [Fact]
    public async Task Numbers_have_the_same_format_whatever_the_settings_of_the_host()
    {
        await using var hub = await HubProcess.StartAsync(settings: [("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8")]);
        using var client = new HttpClient { BaseAddress = new Uri(hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        var (_, problem) = await client.PostAsync(
            "/api/v1/programs", new { code = "DE", name = "Germany", purpose = new string('x', 12_345), owner = "owner" });
        Assert.Contains("This text has 12,345", problem.GetProperty("errors").GetProperty("purpose").ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("""<(?:link[^>]* rel="stylesheet"[^>]* href|link[^>]* href|script[^>]* src)="(?<file>[^"]+\.(?:css|js|svg))""")]
    private static partial Regex Asset();
}
