namespace IncidentHub.Demo.Fleet;

/// <summary>How a sample collector behaves once its program is paused.</summary>
internal enum SampleBehaviour
{
    /// <summary>Acknowledges as soon as it hears of the pause.</summary>
    Prompt,

    /// <summary>Stops at once, and acknowledges late.</summary>
    Slow,

    /// <summary>Stops answering: only its permit's end proves that it stopped. Starts again afterwards.</summary>
    Hangs,
}

/// <summary>
/// What the hub tells the process of its sample collectors: one line of JSON on its standard input, where nobody else reads the
/// enrolment keys.
/// </summary>
/// <param name="AcknowledgeAfter">How late the slow ones acknowledge.</param>
/// <param name="HangFor">
/// How long the hanging ones do not answer: past the moment at which their permits' end has proven the stop.
/// </param>
internal sealed record FleetPlan(
    Uri Hub, string Program, TimeSpan AcknowledgeAfter, TimeSpan HangFor, IReadOnlyList<FleetMember> Members);

/// <param name="Folder">Where its key pair, id and secret are kept.</param>
/// <param name="EnrolmentKey">Null where the hub knows it already.</param>
internal sealed record FleetMember(
    string Name, string Host, string Version, string Folder, SampleBehaviour Behaviour, string? EnrolmentKey);
