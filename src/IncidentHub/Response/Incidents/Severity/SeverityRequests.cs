using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

internal sealed record SevBody([Required] int? Sev, [Required] string? Reason, int? ExpectedVersion);

/// <param name="Identifiability">If omitted: not assessed, the worst case counts.</param>
/// <param name="Confidentiality">If omitted: derived from the exposures.</param>
/// <param name="ContextAdjustment">An integer from -3 to 3 that the context adds to the class of the data.</param>
internal sealed record AssessmentBody(
    Identifiability? Identifiability, Loss? Confidentiality, Loss? Integrity, Loss? Availability, bool? Malicious, int? ContextAdjustment,
        [Required] string? Reason, int? ExpectedVersion)
{
    public BreachInputs ToInputs() =>
        new(Identifiability, Confidentiality, Integrity ?? Loss.None, Availability ?? Loss.None, Malicious ?? false,
        ContextAdjustment ?? 0);
}
