using System.Globalization;

namespace IncidentHub.Domain.Programs;

/// <summary>Compares two versions of a program, for the timeline, the audit log and concurrency conflicts.</summary>
public static class ProgramDiff
{
    /// <summary>The fields that differ, by their names in the API.</summary>
    public static IReadOnlyList<FieldChange> Between(ProgramDetails a, ProgramDetails b)
    {
        (string Field, string? Before, string? After)[] all =
        [
            ("name", a.Name, b.Name),
            ("purpose", a.Purpose, b.Purpose),
            ("owner", a.OwnerId.ToString(), b.OwnerId.ToString()),
            ("deputies", Join(a.DeputyIds.Order()), Join(b.DeputyIds.Order())),
            ("unit", a.Unit, b.Unit),
            ("parentInitiative", a.ParentInitiative, b.ParentInitiative),
            ("population", a.Population, b.Population),
            ("people", Number(a.People), Number(b.People)),
            ("regions", Join(a.Regions.Order()), Join(b.Regions.Order())),
            ("participation", a.Participation.ToString(), b.Participation.ToString()),
            ("categories", Join(a.Categories.Order()), Join(b.Categories.Order())),
            ("surfaces", Join(a.Surfaces.Order()), Join(b.Surfaces.Order())),
            ("launchDate", Date(a.LaunchDate), Date(b.LaunchDate)),
            ("lawfulBasis", a.LawfulBasis, b.LawfulBasis),
            ("impactAssessment", a.ImpactAssessment, b.ImpactAssessment),
            ("notice", a.Notice, b.Notice),
            ("worksAgreement", a.WorksAgreement, b.WorksAgreement),
            ("ttlSeconds", Seconds(a.Switch.Ttl), Seconds(b.Switch.Ttl)),
            ("gracePeriodSeconds", Seconds(a.Switch.GracePeriod), Seconds(b.Switch.GracePeriod)),
            ("renewalSeconds", Seconds(a.Switch.Renewal), Seconds(b.Switch.Renewal)),
        ];
        return [.. all.Where(f => !string.Equals(f.Before, f.After, StringComparison.Ordinal))
            .Select(f => new FieldChange(f.Field, f.Before, f.After))];
    }

    private static string? Join<T>(IEnumerable<T> items)
    {
        var text = string.Join(", ", items);
        return text.Length == 0 ? null : text;
    }

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Date(DateOnly? value) => value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan value) => value.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
