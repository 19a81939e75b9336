using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: what is missing is refused by the rules, at its field, not by the reader of JSON.

internal sealed record SevBody(int? Sev, string? Reason, int? ExpectedVersion);

/// <param name="Identifiability">Left out: not assessed, the worst is taken.</param>
/// <param name="Confidentiality">Left out: read from the exposures.</param>
/// <param name="ContextAdjustment">Whole steps from -3 to 3 that the context adds to the class of the data.</param>
internal sealed record AssessmentBody(
    Identifiability? Identifiability, Loss? Confidentiality, Loss? Integrity, Loss? Availability, bool? Malicious, int? ContextAdjustment,
        string? Reason, int? ExpectedVersion)
{
    public BreachInputs ToInputs() =>
        new(Identifiability, Confidentiality, Integrity ?? Loss.None, Availability ?? Loss.None, Malicious ?? false,
        ContextAdjustment ?? 0);
}
