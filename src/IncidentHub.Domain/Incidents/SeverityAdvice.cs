using System.Globalization;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
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

    /// <summary>
    /// The terms of the sum with what each follows from, in the order of the sum: DPC, EI, then what CB consists of. Empty without an
    /// exposure.
    /// </summary>
    public static IReadOnlyList<AdviceFactor> Factors(IReadOnlyCollection<Exposure> exposures, BreachInputs? assessed = null)
    {
        var inputs = assessed ?? BreachInputs.NotAssessed;
        if (Of(exposures, inputs) is not { } score) return [];
        var standing = exposures.Where(e => e.IsActive).ToList();
        return
        [
            new("DPC", score.Dpc, Class(standing, inputs.ContextAdjustment)),
            new("EI", score.Ei, inputs.Identifiability is { } id
                ? $"Ease of identification assessed as {Lower(id)}." : "Ease of identification is not assessed: the worst case counts."),
            new("Confidentiality", BreachScore.Weight(Confidentiality(standing, inputs)), inputs.Confidentiality is { } loss
                ? $"Loss assessed as {Lower(loss)}." : Recipients(standing)),
            new("Integrity", BreachScore.Weight(inputs.Integrity), $"Loss: {Lower(inputs.Integrity)}."),
            new("Availability", BreachScore.Weight(inputs.Availability), $"Loss: {Lower(inputs.Availability)}."),
            inputs.Malicious
                ? new("Malicious intent", BreachScore.Malice, "Assessed as intentional.") : new("Malicious intent", 0, "None known."),
        ];
    }

    private static string Class(List<Exposure> standing, int adjustment)
    {
        var highest = standing.SelectMany(e => e.Categories.Select(c => (e.DatasetName, Category: c, Class: DataClasses.Of(c))))
            .OrderByDescending(c => c.Class).ThenBy(c => c.DatasetName, StringComparer.Ordinal).FirstOrDefault();
        var why = highest.Category is null ? "No data category is recorded: simple data is assumed."
            : $"{DataCategories.Label(highest.Category)} in {highest.DatasetName} counts as class {(int)highest.Class}; the highest wins.";
        return adjustment == 0 ? why : string.Create(CultureInfo.InvariantCulture, $"{why} The context changes it by {adjustment:+0;-0}.");
    }

    private static string Recipients(List<Exposure> standing) =>
        standing.Find(e => e.Actual?.Scope == AudienceScope.Public) is { } outside
            ? $"{outside.DatasetName} could be read outside the company."
        : standing.Find(e => e.RecipientsKnown == Known.No) is { } unknown ? $"The recipients of {unknown.DatasetName} are not known."
        : "No recipients outside the company are known.";

    private static Loss Confidentiality(List<Exposure> standing, BreachInputs inputs) => inputs.Confidentiality
        ?? (standing.Exists(e => e.Actual?.Scope == AudienceScope.Public || e.RecipientsKnown == Known.No) ? Loss.Full : Loss.Partial);

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();

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
            Confidentiality(standing, inputs),
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
