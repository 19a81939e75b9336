using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>
/// The breach score of an incident's exposures, with the worst case for unknown inputs. Advice: people choose the level, with a reason.
/// </summary>
public static class SeverityAdvice
{
    /// <summary>The last assessment.</summary>
    public static BreachInputs Inputs(IncidentState state) => state.Assessments.Count > 0
        ? state.Assessments[^1].Inputs : BreachInputs.NotAssessed;

    public static BreachScore? Of(IncidentState state) => Of(state.Exposures, Inputs(state));

    /// <summary>The score of the current exposures with the last assessment, or null where there is none.</summary>
    public static BreachScore? Of(IReadOnlyCollection<Exposure> exposures, BreachInputs? assessed = null)
    {
        var inputs = assessed ?? BreachInputs.NotAssessed;
        var standing = exposures.Where(e => e.IsActive).ToList();
        if (standing.Count == 0) return null;
        var outside = standing.Exists(e => e.Actual?.Scope == AudienceScope.Public);
        return BreachScore.Of(new(
            [.. standing.SelectMany(e => e.Categories).Select(DataClasses.Of)],
            // Data recorded on personal devices identifies people.
            inputs.Identifiability ?? Identifiability.Maximum,
            inputs.Confidentiality ?? (outside || standing.Exists(e => e.RecipientsKnown == Known.No) ? Loss.Full : Loss.Partial),
            inputs.Integrity, inputs.Availability, inputs.Malicious, inputs.ContextAdjustment,
            OutsideCompany: outside,
            Subjects: standing.Max(e => e.Subjects),
            Unintelligible: standing.TrueForAll(e => e.Encrypted == Known.Yes)));
    }

    /// <summary>«3.25 = DPC 3 × EI 1 + CB 0.25: high, suggests SEV 2 Major; more than 100 people».</summary>
    public static string Describe(BreachScore score)
    {
        var level = score.Level == BreachLevel.VeryHigh ? "very high" : score.Level.ToString().ToLowerInvariant();
        return $"{score.Sum}: {level}, suggests "
            + score.Suggests.Label()
            + (score.ManyPeople ? "; more than 100 people" : "")
            + (score.Unintelligible ? "; all of it encrypted" : "");
    }
}
