namespace IncidentHub.Collector.Agent;

/// <summary>Options of the sample agent, from <c>--name value</c> or the environment variable beside it.</summary>
internal sealed record AgentOptions(
    Uri Hub,
        IReadOnlyList<string> Programs, string? Key, string State, string Out, string Name, string Host, IReadOnlyList<string> Categories,
        double EventsPerSecond, int BatchSize)
{
    public const string Usage = """
        A sample recorder: makes synthetic mouse and key events while it may, and stops when it may not.

          --hub URL            INCIDENTHUB_URL          the hub (http://localhost:5100)
          --program CODES      INCIDENTHUB_PROGRAM      program codes, separated by commas (MCI)
          --key KEY            INCIDENTHUB_KEY          key with the scope enrol; needed the first time only
          --state FOLDER       INCIDENTHUB_STATE        key pair, id and secret: the same folder is the same collector (data/agent-state)
          --out FOLDER         INCIDENTHUB_OUT          where batches are written (data/agent-batches)
          --name NAME          INCIDENTHUB_NAME         how operators see it (sample-agent)
          --host PSEUDONYM     INCIDENTHUB_HOST         stands for the machine without naming it (host-1)
          --categories LIST    INCIDENTHUB_CATEGORIES   what it records (keystrokes,mouse-movements,clicks)
          --rate N             INCIDENTHUB_RATE         events a second (20)
          --batch N            INCIDENTHUB_BATCH        events a file (40)
        """;

    /// <summary>Throws <see cref="FormatException"/> with a description.</summary>
    public static AgentOptions Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
                throw new FormatException($"“{args[i]}” is not an option with a value.");
            given[args[i][2..]] = args[i + 1];
        }
        string? Find(string option, string variable) => given.Remove(option, out var value)
            ? value : Environment.GetEnvironmentVariable(variable);
        string Text(string option, string variable, string byDefault) => Find(option, variable) ?? byDefault;
        double Number(string option, string variable, double byDefault, double max) => Find(option, variable) is not { } text ? byDefault
            : double.TryParse(text, out var number) && number > 0 && number <= max
                ? number : throw new FormatException($"--{option} is a number above 0, at most {max}.");

        var options = new AgentOptions(
            Uri.TryCreate(Text("hub", "INCIDENTHUB_URL", "http://localhost:5100/"), UriKind.Absolute, out var hub)
                ? hub : throw new FormatException("--hub is an absolute URL."),
            List(Text("program", "INCIDENTHUB_PROGRAM", "MCI")), Find("key", "INCIDENTHUB_KEY"),
                Text("state", "INCIDENTHUB_STATE", "data/agent-state"), Text("out", "INCIDENTHUB_OUT", "data/agent-batches"),
            Text("name", "INCIDENTHUB_NAME", "sample-agent"), Text("host", "INCIDENTHUB_HOST", "host-1"),
                List(Text("categories", "INCIDENTHUB_CATEGORIES", "keystrokes,mouse-movements,clicks")),
            Number("rate", "INCIDENTHUB_RATE", 20, 1000), (int)Number("batch", "INCIDENTHUB_BATCH", 40, 10_000));
        return given.Count == 0 ? options : throw new FormatException($"There is no option --{given.Keys.First()}.");
    }

    private static IReadOnlyList<string> List(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
