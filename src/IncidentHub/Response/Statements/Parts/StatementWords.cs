using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Statements;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Response.Statements.Parts;

/// <summary>The words of statements on pages.</summary>
internal static class StatementWords
{
    public static string Of(StatementAudience audience) => audience switch
    {
        StatementAudience.Employees => "For employees",
        StatementAudience.Collection => "What was collected, for employees",
        StatementAudience.External => "For people outside",
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, "An unknown audience."),
    };

    internal static Tone ToneOf(StatementStatus status) => status switch
    {
        StatementStatus.Published => Tone.Ok,
        StatementStatus.Withdrawn => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>The status of an incident for people who do not work on it.</summary>
    public static string Plain(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "We are finding out what happened and who is affected.",
        IncidentStatus.Contained => "It no longer spreads. We are removing the cause.",
        IncidentStatus.Resolved => "The cause is removed. We are checking that nothing is left open.",
        IncidentStatus.Closed or IncidentStatus.Merged => "The work on it is finished.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of an incident."),
    };
}
