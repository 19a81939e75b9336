using System.Globalization;
using IncidentHub.Domain.Programs;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Catalog.Programs.Parts;

/// <summary>Display texts of programs.</summary>
internal static class ProgramWords
{
    public static string Of(Participation participation) => participation switch
    {
        Participation.Mandatory => "Mandatory",
        Participation.OptOut => "Opt-out",
        Participation.OptIn => "Opt-in",
    };

    public static string List(IEnumerable<string> categories) => Sentence(categories.Select(DataCategories.Label));

    /// <summary>«Keystrokes, mouse movements, clicks».</summary>
    public static string Sentence(IEnumerable<string> words) =>
        string.Join(", ", words.Select((w, i) => i == 0 ? w : char.ToLowerInvariant(w[0]) + w[1..]));

    public static string Regions(IReadOnlyList<string> regions) => regions.Count switch
    {
        0 => "no region recorded",
        <= 3 => string.Join(", ", regions.Select(Domain.Programs.Regions.Label)),
        _ => $"{regions.Count} regions",
    };

    public static string People(int? people) =>
        people is { } n ? $"{n.ToString("N0", CultureInfo.InvariantCulture)} people" : "number of people not known";

    public static Tone ToneOf(EffectiveSafeguardStatus standing) => standing switch
    {
        EffectiveSafeguardStatus.Unverified => Tone.Neutral,
        EffectiveSafeguardStatus.Verified => Tone.Ok,
        EffectiveSafeguardStatus.Expired => Tone.Warn,
        EffectiveSafeguardStatus.Broken => Tone.Bad,
    };

    /// <summary>«Verified», «Unverified», «Expired», «Broken».</summary>
    public static string Of(SafeguardState safeguard, EffectiveSafeguardStatus standing) => standing switch
    {
        EffectiveSafeguardStatus.Unverified => "Unverified",
        EffectiveSafeguardStatus.Verified => "Verified",
        EffectiveSafeguardStatus.Expired => "Expired",
        EffectiveSafeguardStatus.Broken => safeguard.BrokenByIncidentId is null ? "Broken" : "Broken by an incident",
    };

    /// <summary>«90 days».</summary>
    public static string Period(SafeguardState safeguard) => Period((int)safeguard.Period.TotalDays);

    public static string Period(int days) => days == 365 ? "a year" : $"{days} days";

    /// <summary>«April 2026».</summary>
    public static string? Month(DateOnly? date) => date?.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public static string? Day(DateOnly? date) => date?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
