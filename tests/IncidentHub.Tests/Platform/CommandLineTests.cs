using IncidentHub.Platform;

namespace IncidentHub.Tests.Platform;

public class CommandLineTests
{
    [Theory]
    [InlineData("bakcup hub.backup", 2, "There is no command “bakcup”.")]
    [InlineData("Restore hub.backup", 2, "There is no command “Restore”.")]
    [InlineData("help", 0, "Without a command the hub starts")]
    [InlineData("--help", 0, "Without a command the hub starts")]
    public async Task A_mistyped_command_and_a_call_for_help_are_answered_with_the_commands(string line, int code, string says)
    {
        var args = line.Split(' ');
        var said = new StringWriter();
        Assert.True(CommandLine.AsksForUsage(args));
        Assert.Equal(code, await CommandLine.PrintUsageAsync(args, ["backup FILE", "restore FILE"], said));
        Assert.StartsWith(says, said.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  restore FILE", said.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--urls http://localhost:5200")]
    [InlineData("--Database:Provider=Sqlite")]
    [InlineData("/Jobs:Run false")]
    [InlineData("Jobs:Run=false")]
    public void Settings_start_the_hub(string line) => Assert.False(CommandLine.AsksForUsage(line.Split(' ')));
}
