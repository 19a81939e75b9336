namespace IncidentHub.Platform;

/// <summary>What the program is started with: settings, or a command.</summary>
internal static class CommandLine
{
    /// <summary>Whether it asks for help, or has a word in place of a command, such as a mistyped one. Neither starts a hub.</summary>
    public static bool AsksForUsage(string[] args) =>
        args is ["--help" or "-h" or "-?", ..]
        || (args is [{ Length: > 0 } word, ..] && word[0] is not ('-' or '/') && !word.Contains('='));

    /// <param name="usages">The commands, with what they take.</param>
    /// <returns>The exit code: 0 where help was asked for; 2: could not run.</returns>
    public static async Task<int> PrintUsageAsync(string[] args, IEnumerable<string> usages, TextWriter say)
    {
        var asked = args[0][0] == '-' || args[0] == "help";
        if (!asked) await say.WriteLineAsync($"There is no command “{args[0]}”.");
        await say.WriteLineAsync("Without a command the hub starts; settings are given as --Database:Provider=Sqlite. The commands:");
        foreach (var usage in usages) await say.WriteLineAsync("  " + usage);
        return asked ? 0 : 2;
    }
}
