using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Node;

/// <summary>Runs scripts of <c>tests/node</c>. <c>tests/run</c> installs Node.js and the packages if they are missing.</summary>
internal static class NodeTool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static string Tests => Installed("tests/node");

    public static string Sample => Installed("src/IncidentHub.Collector/samples/Node");

    /// <summary>The output of the script, as JSON.</summary>
    public static async Task<JsonElement> RunAsync(string script, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Tests, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Start(start);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{script}: {await complained}");
        return JsonElement.Parse(await said);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js 18 or later was not found. Run tests/run, which installs it on Debian.");
        }
    }

    private static string Installed(string folder)
    {
        var full = Path.Combine(SourceTree.Root, folder);
        return Directory.Exists(Path.Combine(full, "node_modules"))
            ? full
            : throw new InvalidOperationException($"The packages of {folder} are not installed. Run tests/run, or “npm ci” in {full}.");
    }
}
