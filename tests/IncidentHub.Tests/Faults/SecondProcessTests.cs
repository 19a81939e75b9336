using IncidentHub.Browser.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>Two hub processes and one SQLite file.</summary>
[Collection(nameof(RealProcesses))]
public sealed class SecondProcessTests(SharedHub shared)
{
    [Fact]
    public async Task A_second_hub_on_the_same_file_refuses_to_start_with_a_reason_and_the_first_continues()
    {
        await using var program = await shared.ProgramAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            var (file, key) = (program.Hub.DatabaseFile, Path.Combine(Path.GetDirectoryName(program.Hub.DatabaseFile)!, "master.key"));
            await using var second = await HubProcess.StartAsync(
                settings: [("ConnectionStrings__IncidentHub", $"Data Source={file}"), ("Keys__MasterKeyFile", key)]);
        });
        Assert.Contains($"Another IncidentHub process uses {program.Hub.DatabaseFile}.", refused.Message, StringComparison.Ordinal);
        Assert.NotNull((await (await program.CollectorAsync()).AskAsync()).Token);
    }
}
