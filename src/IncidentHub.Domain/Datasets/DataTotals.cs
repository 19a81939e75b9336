namespace IncidentHub.Domain.Datasets;

/// <summary>What one dataset holds, or what of it was exposed. Null is unknown; no region is unknown, too.</summary>
public sealed record CountedData(Guid DatasetId, long? Records, long? Subjects, IReadOnlyList<string> Regions);

/// <summary>
/// What several datasets hold together. Each dataset counts once, however often it is named. Records are a sum over the datasets: a copy
/// is a record of its own. People are not: one person can be in several datasets, so there are a lower and an upper bound.
/// </summary>
/// <param name="Datasets">How many different datasets.</param>
/// <param name="Records">The sum of the known numbers of records.</param>
/// <param name="RecordsUnknown">Of how many datasets the number of records is unknown: with any, the sum is a lower bound.</param>
/// <param name="SubjectsAtLeast">The people of the dataset that has the most.</param>
/// <param name="SubjectsAtMost">The sum over the datasets; null where the number of one is unknown: there is no upper bound.</param>
/// <param name="SubjectsUnknown">Of how many datasets the number of people is unknown.</param>
/// <param name="Regions">Every region of the people, once, in order.</param>
/// <param name="RegionsUnknown">Of how many datasets no region is known.</param>
public sealed record DataTotals(
    int Datasets, long Records, int RecordsUnknown, long SubjectsAtLeast, long? SubjectsAtMost, int SubjectsUnknown,
    IReadOnlyList<string> Regions, int RegionsUnknown)
{
    public static DataTotals Of(IEnumerable<CountedData> data)
    {
        // Several statements about one dataset: the largest known number counts, and the regions of all.
        var each = data.GroupBy(d => d.DatasetId)
            .Select(g => (
                Records: g.Max(d => d.Records), Subjects: g.Max(d => d.Subjects), Regions: g.SelectMany(d => d.Regions).ToHashSet()))
            .ToList();
        var unknown = each.Count(d => d.Subjects is null);
        return new(
            each.Count, each.Sum(d => d.Records ?? 0), each.Count(d => d.Records is null),
            each.Max(d => d.Subjects) ?? 0, unknown > 0 ? null : each.Sum(d => d.Subjects!.Value), unknown,
            [.. each.SelectMany(d => d.Regions).Distinct().Order(StringComparer.Ordinal)], each.Count(d => d.Regions.Count == 0));
    }
}
