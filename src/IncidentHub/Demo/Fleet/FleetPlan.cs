namespace IncidentHub.Demo.Fleet;

/// <summary>The behaviour of a sample collector when its program is paused.</summary>
internal enum SampleBehaviour
{
    /// <summary>Acknowledges as soon as it receives the pause.</summary>
    Prompt,

    /// <summary>Stops at once and acknowledges late.</summary>
    Slow,

    /// <summary>Stops responding: only the expiry of its permit proves that it stopped. Restarts afterwards.</summary>
    Hangs,
}

/// <summary>
/// The input of the sample collectors' process: one line of JSON on its standard input, which no other process can read, because it has
/// enrolment keys.
/// </summary>
/// <param name="AcknowledgeAfter">The delay of slow acknowledgements.</param>
/// <param name="HangFor">
/// How long hanging collectors do not respond: until after the expiry of their permits has proven the stop.
/// </param>
internal sealed record FleetPlan(
    Uri Hub, string Program, TimeSpan AcknowledgeAfter, TimeSpan HangFor, IReadOnlyList<FleetMember> Members);

/// <param name="Folder">The folder of its key pair, id and secret.</param>
/// <param name="EnrolmentKey">Null if the collector is enrolled already.</param>
internal sealed record FleetMember(
    string Name, string Host, string Version, string Folder, SampleBehaviour Behaviour, string? EnrolmentKey);
