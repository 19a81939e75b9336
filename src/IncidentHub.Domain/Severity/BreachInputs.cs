using System.Globalization;

namespace IncidentHub.Domain.Severity;

/// <summary>Inputs of the breach score that do not follow from the exposures.</summary>
/// <param name="Identifiability">Null: not assessed; the worst case is used.</param>
/// <param name="Confidentiality">Null: derived from the exposures.</param>
/// <param name="Malicious">Whether it was intentional.</param>
/// <param name="ContextAdjustment">Whole steps that the context adds to or subtracts from the class of the data; the sum stays within
/// 1–4.</param>
public sealed record BreachInputs(
    Identifiability? Identifiability = null, Loss? Confidentiality = null, Loss Integrity = Loss.None, Loss Availability = Loss.None,
        bool Malicious = false, int ContextAdjustment = 0)
{
    /// <summary>From the lowest class of data to the highest.</summary>
    public const int MostSteps = 3;

    /// <summary>No assessment.</summary>
    public static readonly BreachInputs NotAssessed = new();

    /// <summary>
    /// «Identifiability limited · confidentiality from the exposures · integrity none · availability none · not malicious · context +1».
    /// </summary>
    public string Label => string.Join(" · ", "identifiability " + (Identifiability is { } id ? Words(id) : "not assessed"),
        "confidentiality " + (Confidentiality is { } loss ? Words(loss) : "from the exposures"), $"integrity {Words(Integrity)}",
            $"availability {Words(Availability)}",
        Malicious ? "malicious" : "not malicious", ContextAdjustment == 0 ? "context unchanged" : string.Create(
            CultureInfo.InvariantCulture, $"context {ContextAdjustment:+0;-0}"));

    private static string Words(Enum value) => value.ToString().ToLowerInvariant();
}
