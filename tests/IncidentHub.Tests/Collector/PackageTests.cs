using System.Diagnostics;
using System.IO.Compression;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

/// <summary>The library as a consumer uses it: a package in a separate project.</summary>
[Collection(nameof(RealProcesses))]
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_packs_with_readme_and_symbols_and_a_recorder_builds_and_runs_on_the_package_alone()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;
        await DotnetAsync(SourceTree.Root, "pack", "src/IncidentHub.Collector/IncidentHub.Collector.csproj", "-o", feed, "-v", "q",
            "--artifacts-path", Path.Combine(_folder, "built"));
        var package = Assert.Single(Directory.GetFiles(feed, "*.nupkg"));
        Assert.Single(Directory.GetFiles(feed, "*.snupkg"));
        using (var zip = ZipFile.OpenRead(package))
        {
            var names = zip.Entries.Select(e => e.FullName).ToList();
            Assert.Contains("README.md", names);
            Assert.Contains("lib/net10.0/IncidentHub.Collector.dll", names);
            Assert.Contains("lib/net10.0/IncidentHub.Collector.xml", names);
        }

        // Outside the repository, so that its settings do not apply.
        var recorder = Directory.CreateDirectory(Path.Combine(_folder, "recorder")).FullName;
        var version = Path.GetFileNameWithoutExtension(package)["IncidentHub.Collector.".Length..];
        await File.WriteAllTextAsync(Path.Combine(recorder, "Recorder.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages")}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="IncidentHub.Collector" Version="{version}" /></ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(recorder, "Program.cs"), """
            using IncidentHub.Collector;
            using Microsoft.Extensions.DependencyInjection;

            var options = new CollectorOptions { Hub = new Uri("http://127.0.0.1:9/"), Programs = ["MCI"], StateFolder = "state", InstanceName = "ws-1", HostPseudonym = "h" };
            var services = new ServiceCollection();
            services.AddIncidentHubCollector(options);
            await using var client = new CollectorClient(options);
            client.Stopped += notice => Console.WriteLine(notice.Buffer);
            await client.StartAsync();
            var act = client.Gate("MCI").Begin("clicks");
            Console.WriteLine($"{services.Count} services, open: {client.Gate("MCI").MayCollect("clicks")}, {act.Allowed}, {act.Keep()}, {client.Gate("MCI").Status.Reason}");
            """);
        Assert.Contains("3 services, open: False, False, False, Starting", await DotnetAsync(recorder, "run", "-v", "q"),
            StringComparison.Ordinal);
    }

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await error}");
        return await output;
    }
}
