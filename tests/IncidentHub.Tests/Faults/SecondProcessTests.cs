namespace IncidentHub.Tests.Faults;

/// <summary>Two hub processes and one SQLite file.</summary>
[Collection(nameof(RealProcesses))]
public sealed class SecondProcessTests(SharedHub shared)
{
    [Fact]
    public async Task A_second_hub_on_the_same_file_ends_with_a_reason_after_its_limit_and_the_first_continues()
    {
        await using var program = await shared.ProgramAsync();
        var (second, listening) = program.Hub.StartBeside(("Database__LockTimeout", "00:00:01"));
        await using var _ = second;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => listening);
        var reason = $"Another IncidentHub process uses {program.Hub.DatabaseFile}: ";
        var sentence = second.Log.Single(l => l.Contains(reason, StringComparison.Ordinal));
        Assert.EndsWith("(waited 1 s, Database:LockTimeout).", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(". ", sentence, StringComparison.Ordinal);
        Assert.Equal(1, await second.ExitedAsync());
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
        Assert.NotNull((await (await program.CollectorAsync()).AskAsync()).Token);
    }
}
