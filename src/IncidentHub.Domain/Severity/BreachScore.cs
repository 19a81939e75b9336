using System.Globalization;

namespace IncidentHub.Domain.Severity;

/// <summary>
/// What the ENISA method («Recommendations for a methodology of the assessment of severity of personal data breaches», 2013) names the data
/// processing context.
/// </summary>
public enum DataClass { Simple = 1, Behavioural = 2, Financial = 3, Sensitive = 4 }

/// <summary>How easily the people are identified from the data.</summary>
public enum Identifiability { Negligible, Limited, Significant, Maximum }

/// <summary>The degree to which confidentiality, integrity or availability was lost.</summary>
public enum Loss
{
    None,

    /// <summary>To known recipients; altered or unavailable, but recoverable.</summary>
    Partial,

    /// <summary>To unknown recipients; altered or unavailable without recovery.</summary>
    Full,
}

/// <summary>As a level: below 2 low, to 3 medium, to 4 high, from 4 very high.</summary>
public enum BreachLevel { Low, Medium, High, VeryHigh }

/// <summary>The inputs of the score.</summary>
/// <param name="Classes">Of the exposed data; the highest wins. Empty: simple.</param>
/// <param name="ContextAdjustment">Whole steps that the context adds to or subtracts from the class; the sum stays within 1–4.</param>
public sealed record BreachFacts(
    IReadOnlyCollection<DataClass> Classes, Identifiability Identifiability, Loss Confidentiality,
    Loss Integrity = Loss.None, Loss Availability = Loss.None, bool Malicious = false, int ContextAdjustment = 0,
    bool OutsideCompany = false, long? Subjects = null, bool Unintelligible = false);

/// <summary>
/// The ENISA breach score SE = DPC × EI + CB, with its parts, so that the sum can be shown. It is advice, never the SEV itself.
/// </summary>
public sealed record BreachScore(int Dpc, decimal Ei, decimal Cb, bool OutsideCompany, bool ManyPeople, bool Unintelligible)
{
    /// <summary>What malicious intent adds.</summary>
    public const decimal Malice = 0.5m;

    private const int ManyPeopleFrom = 101;

    public decimal Se => Dpc * Ei + Cb;

    public BreachLevel Level => Se switch
    {
        < 2 => BreachLevel.Low,
        < 3 => BreachLevel.Medium,
        < 4 => BreachLevel.High,
        _ => BreachLevel.VeryHigh,
    };

    public Sev Suggests => Level switch
    {
        BreachLevel.Low => Sev.Minor,
        BreachLevel.Medium => Sev.Moderate,
        BreachLevel.High => Sev.Major,
        BreachLevel.VeryHigh => OutsideCompany ? Sev.Catastrophic : Sev.Critical,
        _ => throw new ArgumentOutOfRangeException(nameof(Level), Level, "Unknown level."),
    };

    /// <summary>«3.25 = DPC 3 × EI 1 + CB 0.25».</summary>
    public string Sum => string.Create(CultureInfo.InvariantCulture, $"{Se:0.##} = DPC {Dpc} × EI {Ei:0.##} + CB {Cb:0.##}");

    public static BreachScore Of(BreachFacts facts)
    {
        var dpc = Math.Clamp((facts.Classes.Count == 0 ? 1 : (int)facts.Classes.Max()) + facts.ContextAdjustment, 1, 4);
        var ei = facts.Identifiability switch
        {
            Identifiability.Negligible => 0.25m,
            Identifiability.Limited => 0.5m,
            Identifiability.Significant => 0.75m,
            Identifiability.Maximum => 1m,
            _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.Identifiability, "Unknown identifiability."),
        };
        var cb = Weight(facts.Confidentiality) + Weight(facts.Integrity) + Weight(facts.Availability) + (facts.Malicious ? Malice : 0);
        return new(dpc, ei, cb, facts.OutsideCompany, facts.Subjects >= ManyPeopleFrom, facts.Unintelligible);
    }

    /// <summary>What the loss adds to CB.</summary>
    public static decimal Weight(Loss loss) => loss switch
    {
        Loss.None => 0,
        Loss.Partial => 0.25m,
        Loss.Full => 0.5m,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Unknown loss."),
    };
}
