using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Obligations;

/// <summary>What an exposure says about the law that may apply. Unknown regions and numbers count as the worse case.</summary>
public sealed record ExposedData(IReadOnlyList<string> Categories, IReadOnlyList<string> Regions, long? Subjects);

/// <summary>A regime that the exposures of an incident suggest.</summary>
/// <param name="Duties">The duties that the number of people reaches.</param>
/// <param name="Because">Which region and category matched, as text for people.</param>
public sealed record ProposedRegime(Regime Regime, IReadOnlyList<Duty> Duties, string Because);

/// <summary>Proposes regimes from regions, categories and numbers. Somebody decides.</summary>
public static class ObligationProposals
{
    public static IReadOnlyList<ProposedRegime> Of(IEnumerable<Regime> inForce, IReadOnlyList<ExposedData> exposures) =>
        [.. inForce.Where(r => r.IsProposed).Select(r => Propose(r, exposures)).OfType<ProposedRegime>()];

    private static ProposedRegime? Propose(Regime regime, IReadOnlyList<ExposedData> exposures)
    {
        var matching = exposures.Where(e => Region(regime, e) is not null && Category(regime, e) is not null).ToList();
        if (matching.Count == 0) return null;
        var subjects = Sum(matching);
        var duties = regime.Duties.Where(d => d.MoreThanSubjects is not { } limit || subjects is null || subjects > limit).ToList();
        if (duties.Count == 0) return null;
        var because = matching.Select(e => $"{Region(regime, e)}, {Category(regime, e)}").Distinct().Take(3);
        return new(regime, duties, string.Join("; ", because));
    }

    // People of several exposures may be different ones: a threshold that only their sum passes is proposed, too.
    private static long? Sum(IReadOnlyList<ExposedData> exposures) =>
        exposures.Any(e => e.Subjects is null) ? null : exposures.Sum(e => e.Subjects!.Value);

    private static string? Region(Regime regime, ExposedData exposure) =>
        regime.Regions.Count == 0 ? "any region"
        : exposure.Regions.Count == 0 ? "region unknown"
        : exposure.Regions.FirstOrDefault(r => regime.Regions.Any(of => RegionMatch.Reaches(of, r))) is { } region
            ? Regions.Label(region) : null;

    private static string? Category(Regime regime, ExposedData exposure) =>
        regime.Categories.Count == 0 ? "personal data"
        : exposure.Categories.Count == 0 ? "categories unknown"
        : exposure.Categories.FirstOrDefault(regime.Categories.Contains) is { } category ? DataCategories.Label(category) : null;
}
